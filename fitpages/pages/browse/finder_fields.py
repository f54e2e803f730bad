"""What a reader types into the finder: a model and a machine by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from catalog.slugs import as_slug
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.search import search

Record = TypeVar("Record", PublishedModel, PublishedGpu)


@dataclass(frozen=True, kw_only=True)
class NameField(Generic[Record]):
    """A field for a name, with what stands in it; `names` are offered while one types.

    `record` is what is called so, None where nothing is asked for or nothing is.
    """

    name: str
    label: str
    value: str
    names: tuple[str, ...]
    record: Record | None
    error: str = ""


def model_field(
    query: Mapping[str, str], snapshot: Snapshot, offered: Sequence[PublishedModel]
) -> NameField[PublishedModel]:
    """The model that is asked for, by its slug or as the search understands it."""
    wanted = _wanted(query, "model")
    model = _called(wanted, snapshot.models, snapshot.former_model_slugs)
    if wanted and model is None:
        results = search(snapshot, wanted)
        model = next(iter(results.models), None) if not results.unknown else None
    return _field("model", "Model", wanted, model, offered)


def gpu_field(query: Mapping[str, str], snapshot: Snapshot, offered: Sequence[PublishedGpu]) -> NameField[PublishedGpu]:
    """The machine that is asked for, by its slug or as the search understands it."""
    wanted = _wanted(query, "gpu")
    gpu = _called(wanted, snapshot.gpus, snapshot.former_gpu_slugs)
    if wanted and gpu is None:
        results = search(snapshot, wanted)
        gpu = next(iter(results.gpus), None) if not results.unknown else None
    return _field("gpu", "Machine", wanted, gpu, offered)


def _wanted(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").replace("\x00", "").strip()[:100]


def _called(wanted: str, records: Mapping[str, Record], former: Mapping[str, str]) -> Record | None:
    slug = as_slug(wanted)
    return records.get(slug) or records.get(former.get(slug, ""))


def _field(name: str, label: str, wanted: str, record: Record | None, offered: Sequence[Record]) -> NameField[Record]:
    error = f"No {label.lower()} is called “{wanted[:40]}”. Try fewer words." if wanted and record is None else ""
    return NameField(
        name=name,
        label=label,
        value=record.name if record else wanted,
        names=tuple(item.name for item in offered),
        record=record,
        error=error,
    )
