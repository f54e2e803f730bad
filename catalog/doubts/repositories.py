"""A repository of files: its name against its model, its publisher and what is in it."""

import re
from collections.abc import Iterator

from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt
from catalog.doubts.near_names import bare, misspelt
from catalog.doubts.others import Others, but
from catalog.models import LanguageModel, Repository
from fit.file_labels import base_mix

# The first number in the name of a model that is no size: 3.6 of Qwen3.6 35B-A3B.
VERSION = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.BMx])")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[bm](?![a-z])", re.IGNORECASE)


def doubts(row: Repository, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a repository."""
    yield from _publisher(row)
    yield from _sizes(row)
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.model.release_date, "its model")
    yield from misspelt("publisher", row.publisher, others.names("repositories", "publisher", row))
    yield from _labels(row, others)


def _publisher(row: Repository) -> Iterator[Doubt]:
    owner = row.name.partition("/")[0]
    if row.kind_of_files != Repository.Kind.OLLAMA and row.publisher and owner != row.publisher:
        yield Doubt(
            "publisher_of_repository",
            "publisher",
            f"The publisher is {row.publisher}, but the repository is {row.name}. Compare the two.",
        )


def _sizes(row: Repository) -> Iterator[Doubt]:
    """A repository names its model, with size and version; a tag of Ollama leaves them out."""
    if row.kind_of_files != Repository.Kind.OLLAMA and names_another(row.name, row.model):
        yield Doubt(
            "model_in_name",
            "name",
            f"The repository {row.name} does not name the size or version of its model, {row.model.name}. Compare the "
            "two.",
        )


def names_another(text: str, model: LanguageModel) -> bool:
    """Whether the names of files are those of a model of another size, or of another version."""
    return names_another_size(text, model) or names_another_version(text, model)


def names_another_version(text: str, model: LanguageModel) -> bool:
    """Whether names give numbers, and none of them is the version of the model."""
    version, numbers = VERSION.search(model.name), NUMBER.findall(text.replace("_", "-"))
    return bool(version and numbers and version[0] not in numbers)


def names_another_size(text: str, model: LanguageModel) -> bool:
    """Whether a name gives sizes (8B), and none of them is one in the names of the model, which give some too."""
    named, of_model = _sizes_in(text), _sizes_in(f"{model.name} {model.full_name} {model.hugging_face_id}")
    return bool(named and of_model and not named & of_model)


def _sizes_in(text: str) -> set[float]:
    return {float(size) for size in SIZE.findall(text.replace("_", "-"))}


def _labels(row: Repository, others: Others) -> Iterator[Doubt]:
    """A label is a mix, stands in the name of the repository, or was seen elsewhere."""
    seen = {label for other in but(others.repositories, row) for label in other.label_list}
    new = [label for label in row.label_list if not (label in seen or base_mix(label) or bare(label) in bare(row.name))]
    if seen and new:
        yield Doubt(
            "labels",
            "labels",
            f"{' and '.join(new)} is no mix of llama.cpp, no part of the name, and in no other repository. Compare it "
            "with the name of the file there.",
        )
