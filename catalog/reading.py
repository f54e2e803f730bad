"""Rows become a picture: everything that is published, read from the database, as `fit` and the pages take it."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from catalog import changes_read, published, published_files, published_markets, published_measurements
from catalog.drafts import NO_DRAFTS, Drafts
from catalog.models import (
    Artifact,
    Benchmark,
    BoardScore,
    CatalogRecord,
    CatalogRevision,
    Gpu,
    LanguageModel,
    Pick,
    Popularity,
    Price,
    Quant,
    Repository,
    RetiredSlug,
)
from catalog.models.querysets import CatalogQuerySet, by_slug
from catalog.models.revision import Revision
from catalog.picture import EMPTY_SNAPSHOT, Gone, Snapshot
from catalog.published import PublishedGpu, PublishedModel
from catalog.published_files import PublishedFile, PublishedRepository
from catalog.published_measurements import PublishedBenchmark
from fit.cards import preference
from fit.specs import Shown

Row = TypeVar("Row", bound=CatalogRecord)
Published = TypeVar("Published")


# What the desk notes of a row and no page says; the second is as long as the row.
OF_THE_DESK = ("saved_anyway", "loaded_record")


class RowsOf(Protocol):
    """The published rows of a table, in any order; of the columns named, or of all where none is."""

    def __call__(self, table: type[Row], *columns: str) -> Iterable[Row]: ...


def build(last: Snapshot = EMPTY_SNAPSHOT, drafts: Drafts = NO_DRAFTS) -> Snapshot:
    """Read everything that is published, again if it changed while reading; what is as in `last` is taken from it.

    `drafts` are read as if they were published: for the desk alone (catalog.preview).
    """
    while True:
        revision = CatalogRevision.current()
        snapshot = of_rows(revision, last, partial(published_rows, drafts=drafts))
        # What somebody at the desk tries out is no change.
        if not drafts:
            snapshot = replace(snapshot, changes=changes_read.read(last.changes))
        if CatalogRevision.current_token() == revision.token:
            return snapshot


def published_rows(table: type[Row], *columns: str, drafts: Drafts = NO_DRAFTS) -> Iterable[Row]:
    """What is published of a table, and of its drafts those asked for."""
    rows: CatalogQuerySet[Row] = CatalogQuerySet(table).published_and(drafts[table])
    return rows.only(*columns) if columns else rows.defer(*OF_THE_DESK)


def of_rows(revision: Revision, last: Snapshot, rows_of: RowsOf, stay: Container[type[CatalogRecord]] = ()) -> Snapshot:
    """The picture of the rows of each table, all of them published; addresses that lead elsewhere are those of now.

    `stay` are tables of which the last picture has everything, for neither their rows nor what these name is another:
    GPUs, models, and what names them. The rows of a dozen quantizations are always read.
    """
    quant_rows = sorted(rows_of(Quant), key=lambda row: row.order)
    gpu_rows = by_slug(rows_of(Gpu, *_asked(Gpu, stay)))
    model_rows = by_slug(rows_of(LanguageModel, *_asked(LanguageModel, stay)))
    publish_model = partial(published.model, architectures=_architectures(last))
    gpus = _staying(PublishedGpu, last) if Gpu in stay else _published(gpu_rows, published.gpu, last)
    models = _staying(PublishedModel, last) if LanguageModel in stay else _published(model_rows, publish_model, last)
    quants = _published(quant_rows, published.quant, last)
    shown_always = [row for row in quant_rows if row.shown == Quant.WhenShown.ALWAYS]
    common_gpus = [gpu for gpu in gpus.values() if gpu.common]
    retired = _retired()
    return Snapshot(
        revision=revision,
        gpus=MappingProxyType({gpu.slug: gpu for gpu in gpus.values()}),
        models=MappingProxyType({model.slug: model for model in models.values()}),
        quants=tuple(quant for quant in quants.values() if quant.spec.shown is Shown.ALWAYS),
        all_quants=tuple(quants.values()),
        files_of=last.files_of if Artifact in stay else _files(rows_of(Artifact), model_rows, quant_rows),
        repositories_of=last.repositories_of if Repository in stay else _repositories(rows_of(Repository), model_rows),
        popularity_of=_kept_or(last, stay, Popularity, rows_of, _slugs(model_rows)),
        scores_of=_kept_or(last, stay, BoardScore, rows_of, _slugs(model_rows)),
        prices_of=_kept_or(last, stay, Price, rows_of, _slugs(gpu_rows)),
        picks=_kept_or(last, stay, Pick, rows_of, _slugs(model_rows)),
        default_slug=_default_slug(shown_always),
        quants_changed_at=max((row.updated_at for row in quant_rows), default=revision.changed_at),
        common_gpus=tuple(sorted(common_gpus, key=lambda gpu: preference(gpu.spec))),
        models_by_size=tuple(sorted(models.values(), key=lambda model: (model.spec.parameters, model.slug))),
        benchmarks=last.benchmarks
        if Benchmark in stay
        else _benchmarks(rows_of(Benchmark), gpu_rows, model_rows, quant_rows),
        former_gpu_slugs=_former(retired[Gpu.kind()]),
        former_model_slugs=_former(retired[LanguageModel.kind()]),
        gone_gpus=_gone(retired[Gpu.kind()]),
        gone_models=_gone(retired[LanguageModel.kind()]),
        by_fingerprint=MappingProxyType({**gpus, **models, **quants}),
        changes=last.changes,
    )


def _published(rows: Iterable[Row], publish: Callable[[Row], Published], last: Snapshot) -> Mapping[str, Published]:
    """The published record of each row, that of the last snapshot where the row holds the same; by fingerprint."""
    records = {}
    for row in rows:
        fingerprint = _fingerprint(row)
        records[fingerprint] = last.by_fingerprint.get(fingerprint) or publish(row)
    return records


# What the picture has of each table, and how it is read.
MARKETS: Mapping[type[CatalogRecord], tuple[str, Callable[..., Any]]] = {
    Popularity: ("popularity_of", published_markets.popularity_by_model),
    BoardScore: ("scores_of", published_markets.scores_by_model),
    Price: ("prices_of", published_markets.prices_by_gpu),
    Pick: ("picks", published_markets.picks),
}


def _kept_or(
    last: Snapshot,
    stay: Container[type[CatalogRecord]],
    table: type[CatalogRecord],
    rows_of: RowsOf,
    slugs: Mapping[int | None, str],
) -> Any:
    """What is read of a table of popularity, scores, prices or picks; that of the last picture where it stays."""
    name, read = MARKETS[table]
    return getattr(last, name) if table in stay else read(rows_of(table), slugs)


def _staying(kind: type[Published], last: Snapshot) -> Mapping[str, Published]:
    """The records of a kind in the last snapshot, by fingerprint."""
    return {fingerprint: record for fingerprint, record in last.by_fingerprint.items() if isinstance(record, kind)}


def _asked(table: type[CatalogRecord], stay: Container[type[CatalogRecord]]) -> tuple[str, ...]:
    """The columns of a table that are read: of one that stays the names that others know its rows by."""
    return ("slug",) if table in stay else ()


def _architectures(last: Snapshot) -> published.Architectures:
    """Those of the last snapshot, by digest."""
    return {model.architecture_digest: model.spec.architecture for model in last.models.values()}


def _fingerprint(row: CatalogRecord) -> str:
    """Of every value in a row that a page may say.

    The values themselves are thousands of objects, which would crowd the processor's cache.

    Kept beside what pages read, they made a page 5% slower.
    """
    columns = (column.attname for column in row._meta.concrete_fields if column.attname not in OF_THE_DESK)
    values = [getattr(row, column) for column in columns]
    return hashlib.sha256(f"{row.kind()} {values}".encode()).hexdigest()


def _default_slug(rows: list[Quant]) -> str:
    """Of the quantization marked as default; without one, of the smallest that may be recommended."""
    candidates = [row for row in rows if row.is_default] or [row for row in rows if row.worth_recommending] or rows
    return candidates[-1].slug if candidates else ""


def _files(
    rows: Iterable[Artifact], models: list[LanguageModel], quants: list[Quant]
) -> Mapping[str, tuple[PublishedFile, ...]]:
    return published_files.files_by_model(rows, _slugs(models), _slugs(quants))


def _repositories(
    rows: Iterable[Repository], models: list[LanguageModel]
) -> Mapping[str, tuple[PublishedRepository, ...]]:
    return published_files.repositories_by_model(rows, _slugs(models))


def _benchmarks(
    rows: Iterable[Benchmark], gpus: list[Gpu], models: list[LanguageModel], quants: list[Quant]
) -> tuple[PublishedBenchmark, ...]:
    """Published measurements; what they name is looked up among the rows that are published."""
    gpu_slugs, model_slugs, quant_slugs = (_slugs(rows) for rows in (gpus, models, quants))
    return tuple(
        published_measurements.benchmark(
            row, gpu=gpu_slugs[row.gpu_id], model=model_slugs[row.model_id], quant=quant_slugs[row.quant_id]
        )
        for row in by_slug(rows)
    )


def _slugs(rows: Iterable[CatalogRecord]) -> Mapping[int | None, str]:
    """The slug of each row by its key; "" for any other, and for none."""
    return defaultdict(str, {row.pk: row.slug for row in rows})


def _retired() -> Mapping[str, list[RetiredSlug]]:
    """The old addresses that were public, by the kind of their records."""
    by_kind: defaultdict[str, list[RetiredSlug]] = defaultdict(list)
    for row in RetiredSlug.objects.filter(kind__in=[Gpu.kind(), LanguageModel.kind()], was_public=True):
        by_kind[row.kind].append(row)
    return by_kind


def _former(retired: list[RetiredSlug]) -> Mapping[str, str]:
    return MappingProxyType({row.slug: row.successor for row in retired if row.successor})


def _gone(retired: list[RetiredSlug]) -> Mapping[str, Gone]:
    return MappingProxyType({row.slug: Gone(row.name, row.family) for row in retired if not row.successor})
