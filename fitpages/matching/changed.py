"""What of the catalog changed lately, by what it is the data of: which changes, and when the last was."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from catalog.recent_changes import PublicChange
from catalog.slugs import as_slug
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import find_pair
from fitpages.per_snapshot import per_snapshot

# What people take, say and pay, and what editors would run: no figure of a pair follows from it.
MARKETS = frozenset({"popularity", "boardscore", "price", "pick"})
LONG_AGO = datetime.datetime.fromtimestamp(0, datetime.UTC)


class Subject(NamedTuple):
    """Slugs of what a record is data of: a model, a card, or both, of which something was measured.

    What is data of neither is either of everything, as quantizations are, or of nothing that has a page.
    """

    model: str = ""
    gpu: str = ""


EVERYTHING = Subject()


def find(snapshot: Snapshot, name: str) -> Subject | None:
    """The pair, model or card of a name in an address, by its present or a former slug; None where there is none."""
    if pair := find_pair(snapshot, name):
        return Subject(pair.model.slug, pair.gpu.slug)
    slug = as_slug(name)
    model, gpu = _now(slug, snapshot.former_model_slugs), _now(slug, snapshot.former_gpu_slugs)
    if model in snapshot.models:
        return Subject(model=model)
    return Subject(gpu=gpu) if gpu in snapshot.gpus else None


def is_of(snapshot: Snapshot, change: PublicChange, asked: Subject) -> bool:
    """Whether a change is one of what pages of what was asked for say: of a pair what its figures follow from alone."""
    subject = subject_of(snapshot, change)
    if subject is None or subject == EVERYTHING:
        return subject is not None
    if asked.model and asked.gpu:
        return change.kind not in MARKETS and subject in (asked, Subject(model=asked.model), Subject(gpu=asked.gpu))
    return subject.model == asked.model if asked.model else subject.gpu == asked.gpu != ""


def subject_of(snapshot: Snapshot, change: PublicChange) -> Subject | None:
    """What a changed record is data of, under today's slugs; None where that has no page."""
    if change.kind == "quant":
        return EVERYTHING
    own = {"gpu": Subject(gpu=change.slug), "languagemodel": Subject(model=change.slug)}
    model, gpu = own.get(change.kind, Subject(change.model, change.gpu))
    subject = Subject(_now(model, snapshot.former_model_slugs), _now(gpu, snapshot.former_gpu_slugs))
    return subject if subject != EVERYTHING else None


def _now(slug: str, former: Mapping[str, str]) -> str:
    return former.get(slug, slug)


def last_changed(snapshot: Snapshot, asked: Subject) -> datetime.datetime:
    """When the data that the figures of a page are computed from last changed, as far as the snapshot has it."""
    of = _latest(snapshot)
    own = of[asked] if asked.model and asked.gpu else _latest_measured(snapshot)[asked]
    return max(of[EVERYTHING], of[Subject(model=asked.model)], of[Subject(gpu=asked.gpu)], own)


@per_snapshot
def _latest(snapshot: Snapshot) -> Mapping[Subject, datetime.datetime]:
    """When the data of each subject last changed."""
    latest: dict[Subject, datetime.datetime] = defaultdict(lambda: LONG_AGO)
    for subject, at in _times(snapshot):
        latest[subject] = max(at, latest[subject])
    return latest


@per_snapshot
def _latest_measured(snapshot: Snapshot) -> Mapping[Subject, datetime.datetime]:
    """When the last of the measurements of each model, and of each card, changed."""
    latest: dict[Subject, datetime.datetime] = defaultdict(lambda: LONG_AGO)
    for measured, at in list(_latest(snapshot).items()):
        if measured.model and measured.gpu:
            for subject in (Subject(model=measured.model), Subject(gpu=measured.gpu)):
                latest[subject] = max(at, latest[subject])
    return latest


def _times(snapshot: Snapshot) -> Iterator[tuple[Subject, datetime.datetime]]:
    """Records as they are, and the changes of those that are no longer there."""
    yield EVERYTHING, snapshot.quants_changed_at
    for model in snapshot.models.values():
        yield Subject(model=model.slug), model.updated_at
        for file in snapshot.files_of.get(model.slug, ()):
            yield Subject(model=model.slug), file.updated_at
        for repository in snapshot.repositories_of.get(model.slug, ()):
            yield Subject(model=model.slug), repository.updated_at
    for gpu in snapshot.gpus.values():
        yield Subject(gpu=gpu.slug), gpu.updated_at
    for measurement in snapshot.shown_benchmarks:
        if measurement.model or measurement.gpu:
            yield Subject(measurement.model, measurement.gpu), measurement.updated_at
    for entry in snapshot.changes.entries:
        for change in (entry,) if isinstance(entry, PublicChange) else entry.changes:
            subject = subject_of(snapshot, change) if change.kind not in MARKETS else None
            if subject:
                yield subject, change.at
