"""What other programs are told to fetch a model: a tag of Ollama's library, or a repository with files for them."""

from typing import NamedTuple

from catalog.models import Repository
from catalog.published_files import place_of
from catalog.snapshot import PublishedFile, PublishedModel, PublishedQuant, PublishedRepository, Snapshot
from fit.units import GB
from fitpages.matching.files import files_by_level
from fitpages.per_snapshot import per_snapshot

# Who converts every model for MLX, and what MLX's own four bits a weight are called: with scale and offset 4.5 at most.
MLX_PUBLISHER, MLX_LABELS = "mlx-community", ("4bit", "mlx-4bit", "4bit-dwq", "mxfp4", "mxfp4-q4")
# Publishers cut larger files into parts: for years no store of files on Hugging Face took them whole.
LARGEST_WHOLE_BYTES = 50 * GB


@per_snapshot
def ollama_tag(snapshot: Snapshot, model: PublishedModel) -> str:
    """The tag with the shortest name, for it stands for the default level: "qwen3:8b"; "" where none is known.

    A name without a size is left out: large models of such names are offered in the cloud only.
    """
    tags = [tag.name for tag in _of_kind(snapshot, model, Repository.Kind.OLLAMA) if ":" in tag.name]
    return min(tags, key=lambda name: (len(name), name), default="")


@per_snapshot
def ollama_tag_at(snapshot: Snapshot, model: PublishedModel, label: str) -> str:
    """A tag of which the catalog or its own name says that its file is at this level; "" where none is known."""
    tags = [tag for tag in _of_kind(snapshot, model, Repository.Kind.OLLAMA) if ":" in tag.name]
    at_level = (tag.name for tag in tags if _has(tag, label) or tag.name.lower().endswith(f"-{label.lower()}"))
    return min(at_level, key=lambda name: (len(name), name), default="")


@per_snapshot
def mlx_repository(snapshot: Snapshot, model: PublishedModel) -> str:
    """The repository at MLX's own four bits that most people would load; "" where none is known."""
    repositories = [
        place for place in _of_kind(snapshot, model, Repository.Kind.MLX) if any(_has(place, at) for at in MLX_LABELS)
    ]
    first = min(repositories, key=lambda place: (*_unlike_the_usual(place), place.name), default=None)
    return first.name if first else ""


class GgufPlace(NamedTuple):
    """Where a file at a level can be had. `is_counted`: it is the file that llama.cpp's command names.

    `file_name` is "" where nobody noted it; `in_parts`: it is known or likely to be cut into several.
    """

    repository: str
    label: str
    file_name: str
    in_parts: bool
    is_counted: bool


@per_snapshot
def gguf_place(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> GgufPlace | None:
    """The file that llama.cpp's command names at this level, or a repository where the level was seen."""
    file = files_by_level(snapshot, model).get(quant.slug)
    if file:
        return GgufPlace(file.repository, file.label, file.file_name, _is_in_parts(file), is_counted=True)
    label = quant.spec.mix
    first = next((place for place in _gguf_places(snapshot, model) if _has(place, label)), None)
    if first is None:
        return None
    in_parts = _expected_bytes(model, label) > LARGEST_WHOLE_BYTES
    return GgufPlace(first.name, label, file_name="", in_parts=in_parts, is_counted=False)


@per_snapshot
def gguf_repositories(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> tuple[str, ...]:
    """Repositories with files for llama.cpp, those first where the level was seen; of the others nobody noted which
    levels they have."""
    places = _gguf_places(snapshot, model)
    return tuple(place.name for place in sorted(places, key=lambda place: not _has(place, quant.spec.mix)))


@per_snapshot
def _gguf_places(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedRepository, ...]:
    """In the order in which a command names their publishers."""
    maker = model.hugging_face_id.partition("/")[0]
    places = _of_kind(snapshot, model, Repository.Kind.GGUF)
    return tuple(sorted(places, key=lambda place: (place_of(place.publisher, maker), place.name)))


def _is_in_parts(file: PublishedFile) -> bool:
    """Of several parts the catalog names the first: model-00001-of-00003.gguf."""
    return "-of-" in file.file_name if file.file_name else file.size_bytes > LARGEST_WHOLE_BYTES


def _expected_bytes(model: PublishedModel, mix: str) -> int:
    """Bytes of a file as its tensors make it; where they are not known a byte a weight, more than most levels take."""
    accounting = model.spec.memory.at(mix) if model.spec.memory else None
    return accounting.weights.file_bytes if accounting else model.spec.parameters


def _has(place: PublishedRepository, label: str) -> bool:
    return label.lower() in (seen.lower() for seen in place.labels)


def _unlike_the_usual(repository: PublishedRepository) -> tuple[bool, int]:
    """By publisher, then by how usual its label is."""
    places = [MLX_LABELS.index(label.lower()) for label in repository.labels if label.lower() in MLX_LABELS]
    return repository.publisher != MLX_PUBLISHER, min(places)


def _of_kind(snapshot: Snapshot, model: PublishedModel, kind: str) -> list[PublishedRepository]:
    return [place for place in snapshot.repositories_of.get(model.slug, ()) if place.kind_of_files == kind]
