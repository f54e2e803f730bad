"""The published files of a model, as its hub lists them."""

from typing import NamedTuple

from catalog.published_files import PublishedFile
from catalog.snapshot import PublishedModel, Snapshot
from fitpages.text import figures


class FileLine(NamedTuple):
    """One file: its label, who published it and where, its size, and when that was seen, as far as known."""

    label: str
    publisher: str
    address: str
    size: str
    seen: str


def file_lines(snapshot: Snapshot, model: PublishedModel) -> tuple[FileLine, ...]:
    """The files of the model, those for llama.cpp first, the largest of each kind first."""
    files = snapshot.files_of.get(model.slug, ())
    return tuple(_line(file) for file in sorted(files, key=lambda file: (not file.is_for_llama_cpp, -file.size_bytes)))


def _line(file: PublishedFile) -> FileLine:
    kind = "" if file.is_for_llama_cpp else f", {file.kind_name}"
    return FileLine(
        label=f"{file.label}{kind}",
        publisher=file.publisher or file.repository,
        address=f"https://huggingface.co/{file.repository}",
        size=figures.memory(file.size_bytes),
        seen=file.seen_in or figures.NOT_SHOWN,
    )
