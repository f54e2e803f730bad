"""What other programs are told to fetch a model: a tag of Ollama's library, a repository with files for MLX."""

from catalog.models import Repository
from catalog.snapshot import PublishedModel, PublishedRepository, Snapshot
from fitpages.per_snapshot import per_snapshot

# Who converts every model for MLX, and the level that most people load.
MLX_PUBLISHER, MLX_LABEL = "mlx-community", "4bit"


@per_snapshot
def ollama_tag(snapshot: Snapshot, model: PublishedModel) -> str:
    """The tag with the shortest name, for it stands for the default level: "qwen3:8b"; "" where none is known."""
    tags = _of_kind(snapshot, model, Repository.Kind.OLLAMA)
    return min((tag.name for tag in tags), key=lambda name: (len(name), name), default="")


@per_snapshot
def mlx_repository(snapshot: Snapshot, model: PublishedModel) -> str:
    """The repository that most people would load: of the usual publisher, at four bits; "" where none is known."""
    repositories = _of_kind(snapshot, model, Repository.Kind.MLX)
    first = min(repositories, key=lambda place: (*_unlike_the_usual(place), place.name), default=None)
    return first.name if first else ""


def _unlike_the_usual(repository: PublishedRepository) -> tuple[bool, bool]:
    return repository.publisher != MLX_PUBLISHER, MLX_LABEL not in repository.labels


def _of_kind(snapshot: Snapshot, model: PublishedModel, kind: str) -> list[PublishedRepository]:
    return [place for place in snapshot.repositories_of.get(model.slug, ()) if place.kind_of_files == kind]
