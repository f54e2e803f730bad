"""Which published file each level of a model is counted from, and which files are rows of their own."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from catalog.published_files import by_level, of_their_own
from catalog.snapshot import PublishedFile, PublishedModel, Snapshot
from fit.file_labels import base_mix
from fit.file_size import replaces_computed
from fit.specs import QuantSpec, Shown
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


@per_snapshot
def files_by_level(snapshot: Snapshot, model: PublishedModel) -> Mapping[str, PublishedFile]:
    """The file that a command names at each level, by the level's slug."""
    files = (file for file in snapshot.files_of.get(model.slug, ()) if file.level in snapshot.quant_of)
    return by_level(files, _maker(model))


@per_snapshot
def counted_files(snapshot: Snapshot, model: PublishedModel) -> Mapping[str, PublishedFile]:
    """Of `files_by_level`, those whose size takes the place of the computed one."""
    files = files_by_level(snapshot, model)
    rounded = [slug for slug, file in files.items() if file.rounding_bytes is not None]
    computed = _computed_bytes(snapshot, model, rounded)
    return {
        slug: file
        for slug, file in files.items()
        if slug not in computed or replaces_computed(file.tensor_bytes, file.rounding_bytes, computed[slug])
    }


@per_snapshot
def file_sizes(snapshot: Snapshot, model: PublishedModel) -> Mapping[str, int]:
    """Bytes to count each level from, by its slug, where a published file says them."""
    return {slug: file.tensor_bytes for slug, file in counted_files(snapshot, model).items()}


@per_snapshot
def unlike_their_mix(snapshot: Snapshot, model: PublishedModel) -> tuple[tuple[str, str], ...]:
    """Levels whose file reads otherwise than what the tensors make, each with the size that is read."""
    sizes = file_sizes(snapshot, model)
    computed = _computed_bytes(snapshot, model, list(sizes))
    read = ((slug, figures.memory(size), figures.memory(computed.get(slug, 0))) for slug, size in sizes.items())
    return tuple(sorted((slug, size) for slug, size, plain in read if size != plain))


class SizedFile(NamedTuple):
    """A file at a level, and what the tensors of its model make there."""

    file: PublishedFile
    model: PublishedModel
    computed_bytes: int

    @property
    def off(self) -> float:
        """How much larger the file is, as a share of what is computed; below zero where it is smaller."""
        return self.file.tensor_bytes / self.computed_bytes - 1


@per_snapshot
def files_off(snapshot: Snapshot, share: float) -> tuple[SizedFile, ...]:
    """The files for llama.cpp that are off by more than a share of their computed size, those furthest off first."""
    sized = (file for model in snapshot.models.values() for file in _sized(snapshot, model))
    return tuple(sorted((file for file in sized if abs(file.off) > share), key=lambda file: -abs(file.off)))


def _sized(snapshot: Snapshot, model: PublishedModel) -> Iterator[SizedFile]:
    """Every file of a model at a level whose mix is known."""
    files = [file for file in snapshot.files_of.get(model.slug, ()) if file.level in snapshot.quant_of]
    at_levels = [file for file in files if file.is_for_llama_cpp]
    computed = _computed_bytes(snapshot, model, sorted({file.level for file in at_levels}))
    return (SizedFile(file, model, computed[file.level]) for file in at_levels if file.level in computed)


class OwnRow(NamedTuple):
    """A file whose label is no level here, and a level of the nearest mix that stands for it."""

    file: PublishedFile
    stands_for: QuantSpec


@per_snapshot
def rows_of_their_own(snapshot: Snapshot, model: PublishedModel) -> Mapping[str, OwnRow]:
    """The files whose labels are no level here and come near a mix, by label, which is the slug of their level."""
    files = of_their_own(snapshot.files_of.get(model.slug, ()), _maker(model))
    mixes = {label: base_mix(label) for label in files}
    return {
        label: OwnRow(files[label], QuantSpec(slug=label, mix=mix, shown=Shown.FOLDED))
        for label, mix in mixes.items()
        if mix
    }


def _maker(model: PublishedModel) -> str:
    """The name under which the model's maker publishes; "" where it is not known."""
    return model.hugging_face_id.partition("/")[0] if "/" in model.hugging_face_id else ""


def _computed_bytes(snapshot: Snapshot, model: PublishedModel, levels: list[str]) -> dict[str, int]:
    """Bytes of the file that the tensors make at each level, where they are known."""
    memory = model.spec.memory
    sizes = {slug: memory.file_bytes(snapshot.quant_of[slug].spec.mix) for slug in levels} if memory else {}
    return {slug: size for slug, size in sizes.items() if size is not None}
