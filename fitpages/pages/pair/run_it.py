""" "Run it": the commands of each program that the catalog knows a name for, and the file that they load."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit.memory import Accounting
from fit.verdict import Verdict
from fitpages.matching.answers import candidates
from fitpages.matching.files import files_by_level
from fitpages.matching.repositories import gguf_place, gguf_repositories
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.command_parts import command_parts
from fitpages.pages.pair.programs import programs
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


class ProgramShown(NamedTuple):
    """A program's tab: its command in parts that are not broken, and a note."""

    key: str
    name: str
    command: tuple[str, ...]
    note: str


class FileRow(NamedTuple):
    """Something about the file, which leads to `address` where that is not ""."""

    name: str
    text: str
    address: str = ""


class Run(NamedTuple):
    """The section; `file` is what stands beside the commands."""

    heading: str
    programs: tuple[ProgramShown, ...]
    file: tuple[FileRow, ...]


def hub(repository: str) -> str:
    """Where a repository can be read."""
    return f"https://huggingface.co/{repository}"


def run(assessed: AssessedPair) -> Run | None:
    """None where there is no command: the answer is no, or nothing is counted."""
    first = llama_cpp(assessed)
    if first is None:
        return None
    kept = assessed.verdict.offload is None
    parts = _parts(assessed.snapshot, first.command) if kept else command_parts(first.command)
    return Run(
        heading="Run it" if assessed.verdict.says_yes else "If you want to try",
        programs=(ProgramShown(first.key, first.name, parts, first.note), *_others(assessed, assessed.verdict)),
        file=(*_of_level(assessed.snapshot, assessed.model, assessed.quant), *_file(assessed)),
    )


def _others(assessed: AssessedPair, verdict: Verdict) -> tuple[ProgramShown, ...]:
    level, all_on_card = verdict.quant.slug, verdict.offload is None
    where = (verdict.context, all_on_card, verdict.cache_type)
    told = programs(assessed.snapshot, assessed.model, assessed.gpu, level, *where)
    return tuple(ProgramShown(of.key, of.name, _parts(assessed.snapshot, of.command), of.note) for of in told)


@per_snapshot
def _parts(_: Snapshot, command: str) -> tuple[str, ...]:
    """Of a command that is the same on most machines: a few for each model."""
    return command_parts(command)


def _file(assessed: AssessedPair) -> Iterator[FileRow]:
    """How much of its weights lies where."""
    accounting, verdict = assessed.accounting, assessed.verdict
    assert accounting
    if verdict.offload:
        yield FileRow("On the card", figures.counted(verdict.offload.card_bytes))
        yield FileRow("In RAM", figures.counted(verdict.offload.ram_bytes))
    else:
        yield FileRow("Weights", f"{figures.counted(accounting.weights_bytes)} in memory")
    if assessed.model.tower_parameters:
        yield FileRow("Pictures", "not counted: a projector is a file of its own")


@per_snapshot
def _of_level(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> tuple[FileRow, ...]:
    """What is downloaded."""
    accounting = candidates(snapshot, model).need(quant.spec).accounting
    assert accounting
    return (*_download(snapshot, model, quant, accounting), FileRow("Level", quant.name))


def _download(
    snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant, accounting: Accounting
) -> Iterator[FileRow]:
    """The size of the file that was counted, else as computed; where the level is, else where other levels are."""
    file, place = files_by_level(snapshot, model).get(quant.slug), gguf_place(snapshot, model, quant)
    size = figures.memory(file.size_bytes) if file else f"about {figures.memory(accounting.weights.file_bytes)}"
    if place:
        yield FileRow("Download", f"{size}, {place.repository}", hub(place.repository))
        return
    yield FileRow("Download", size)
    others = gguf_repositories(snapshot, model, quant)
    if others:
        yield FileRow("Other levels", others[0], hub(others[0]))
