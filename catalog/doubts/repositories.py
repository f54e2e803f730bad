"""A repository of files: its name against its model, its publisher and what is in it."""

import re
from collections.abc import Iterator

from catalog.doubts.dates import seen_before, seen_too_late
from catalog.doubts.doubt import Doubt
from catalog.doubts.near_names import bare, misspelt
from catalog.doubts.others import Others, but
from catalog.models import Repository
from fit.file_labels import base_mix

SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[bm](?![a-z])", re.IGNORECASE)


def doubts(row: Repository, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a repository."""
    yield from _publisher(row)
    yield from _sizes(row)
    yield from seen_too_late("seen_in", row.seen_in)
    yield from seen_before("seen_in", row.seen_in, row.model.release_date, "its model")
    publishers = [other.publisher for other in but(others.repositories, row)]
    yield from misspelt("publisher", row.publisher, publishers)
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
    """A size in the name of a repository is one in the name of its model, where both give any."""
    named, of_model = _sizes_in(row.name), _sizes_in(f"{row.model.name} {row.model.full_name} {row.model.hugging_face_id}")
    if named and of_model and not named & of_model:
        yield Doubt(
            "size_in_name",
            "name",
            f"The repository {row.name} names a size that its model, {row.model.name}, does not. Compare the two.",
        )


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
