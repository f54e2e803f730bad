"""What the public sees of published files of a model, and which of several decides a level."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from catalog.models import Artifact, Repository
from catalog.models.querysets import by_slug
from catalog.published import Published, PublishedRecord, copy_of

# What follows a label in a list.
KIND_NAMES: dict[str, str] = {
    Artifact.Kind.GGUF: "GGUF",
    Artifact.Kind.PROJECTOR: "projector",
    Artifact.Kind.MLX: "MLX",
}
# Whose file a command names first: llama.cpp's own, the maker's, and two who publish every model.
MAKER = ""
PUBLISHERS = ("ggml-org", MAKER, "bartowski", "unsloth")


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedFile(PublishedRecord):
    """A published file of a model. `level` is the slug of a published quantization, or "" for a row of its own.

    `rounding_bytes` is the step that the size was rounded to, None where it is exact.
    """

    slug: str
    kind_of_file: str
    kind_name: str
    label: str
    level: str
    repository: str
    file_name: str
    publisher: str
    size_bytes: int
    rounding_bytes: int | None
    token_list_bytes: int | None
    draft_bytes: int | None
    seen_in: str
    preferred: bool
    updated_at: datetime.datetime

    @property
    def tensor_bytes(self) -> int:
        """Bytes of what the model's own file has: without the header and what else is known to be in it."""
        return self.size_bytes - (self.token_list_bytes or 0) - (self.draft_bytes or 0)

    @property
    def is_for_llama_cpp(self) -> bool:
        """Whether llama.cpp loads it as a model."""
        return self.kind_of_file == Artifact.Kind.GGUF


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedRepository(PublishedRecord):
    """Where files of a model can be had; `name` is what a command takes, `labels` are levels that were seen there."""

    name: str
    kind_of_files: str
    publisher: str
    labels: tuple[str, ...]
    seen_in: str
    updated_at: datetime.datetime


def files_by_model(
    files: Iterable[Artifact], models: Mapping[int | None, str], levels: Mapping[int | None, str]
) -> Mapping[str, tuple[PublishedFile, ...]]:
    """Published files by the slug of their model, in order of their slugs.

    `files` are published rows; `models` and `levels` have the slugs of such by their keys, "" for any other. A file
    whose level is not published is left out.
    """
    rows = [row for row in by_slug(files) if levels[row.quant_id] or not row.quant_id]
    return _by_model(models, ((row, published_file(row, levels[row.quant_id])) for row in rows))


def published_file(row: Artifact, level: str) -> PublishedFile:
    """What the public sees of a row; `level` is the slug of its published quantization, or ""."""
    return copy_of(PublishedFile, row, level=level, kind_name=KIND_NAMES[row.kind_of_file])


def repositories_by_model(
    repositories: Iterable[Repository], models: Mapping[int | None, str]
) -> Mapping[str, tuple[PublishedRepository, ...]]:
    """Published repositories by the slug of their model, in order of their slugs; `models` as for files."""
    rows = by_slug(repositories)
    return _by_model(models, ((row, copy_of(PublishedRepository, row, labels=row.label_list)) for row in rows))


def _by_model(
    models: Mapping[int | None, str], records: Iterable[tuple[Artifact | Repository, Published]]
) -> Mapping[str, tuple[Published, ...]]:
    by_slug: dict[str, list[Published]] = {}
    for row, record in records:
        if models[row.model_id]:
            by_slug.setdefault(models[row.model_id], []).append(record)
    return MappingProxyType({slug: tuple(of_model) for slug, of_model in by_slug.items()})


def by_level(files: Iterable[PublishedFile], maker: str) -> Mapping[str, PublishedFile]:
    """Of the files that llama.cpp loads and that belong to a level, the one that decides it; by the level's slug.

    `maker` is the name under which the model's maker publishes, "" where it is not known.
    """
    return _first_of_each((file.level, file) for file in in_order(files, maker) if file.level)


def of_their_own(files: Iterable[PublishedFile], maker: str) -> Mapping[str, PublishedFile]:
    """Of the files that llama.cpp loads and that belong to no level, the first choice under each label."""
    return _first_of_each((file.label, file) for file in in_order(files, maker) if not file.level)


def in_order(files: Iterable[PublishedFile], maker: str) -> list[PublishedFile]:
    """The files that llama.cpp loads, first choice first: as editors say, by publisher, exact sizes, latest seen."""
    loaded = [file for file in files if file.is_for_llama_cpp]
    latest_first = sorted(sorted(loaded, key=lambda file: file.slug), key=lambda file: file.seen_in, reverse=True)
    return sorted(
        latest_first,
        key=lambda file: (not file.preferred, place_of(file.publisher, maker), file.rounding_bytes is not None),
    )


def place_of(publisher: str, maker: str) -> int:
    """The place of a publisher in the order; all others share the last."""
    if publisher and publisher == maker and publisher not in PUBLISHERS:
        return PUBLISHERS.index(MAKER)
    return PUBLISHERS.index(publisher) if publisher and publisher in PUBLISHERS else len(PUBLISHERS)


def _first_of_each(files: Iterable[tuple[str, PublishedFile]]) -> Mapping[str, PublishedFile]:
    first: dict[str, PublishedFile] = {}
    for key, file in files:
        first.setdefault(key, file)
    return first
