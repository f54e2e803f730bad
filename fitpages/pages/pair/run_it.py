""" "Run it": the commands of each program that the catalog knows a name for, and the file that they load."""

from collections.abc import Iterator
from typing import NamedTuple

from fit.memory import Accounting
from fit.verdict import Verdict
from fitpages.matching.repositories import gguf_repositories
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.command_parts import command_parts
from fitpages.pages.pair.programs import Program, programs
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
    others = _others(assessed, assessed.verdict)
    return Run(
        heading="Run it" if assessed.verdict.says_yes else "If you want to try",
        programs=tuple(_shown(program) for program in (first, *others)),
        file=tuple(_file(assessed)),
    )


def _others(assessed: AssessedPair, verdict: Verdict) -> tuple[Program, ...]:
    level, all_on_card = verdict.quant.slug, verdict.offload is None
    where = (verdict.context, all_on_card, verdict.cache_type)
    return programs(assessed.snapshot, assessed.model, assessed.gpu, level, *where)


def _shown(program: Program) -> ProgramShown:
    return ProgramShown(program.key, program.name, command_parts(program.command), program.note)


def _file(assessed: AssessedPair) -> Iterator[FileRow]:
    """What is downloaded, and how much of its weights lies where."""
    accounting, verdict = assessed.accounting, assessed.verdict
    assert accounting
    yield _download(assessed, accounting)
    yield FileRow("Level", assessed.quant.name)
    if verdict.offload:
        yield FileRow("On the card", figures.counted(verdict.offload.card_bytes))
        yield FileRow("In RAM", figures.counted(verdict.offload.ram_bytes))
    else:
        yield FileRow("Weights", f"{figures.counted(accounting.weights_bytes)} in memory")
    if assessed.model.tower_parameters:
        yield FileRow("Pictures", "not counted: a projector is a file of its own")


def _download(assessed: AssessedPair, accounting: Accounting) -> FileRow:
    """The size of the file that was counted, else as computed; where to find one."""
    file = assessed.files.get(assessed.quant.slug)
    if file:
        return FileRow("Download", f"{figures.memory(file.size_bytes)}, {file.repository}", hub(file.repository))
    size = f"about {figures.memory(accounting.weights.file_bytes)}"
    places = gguf_repositories(assessed.snapshot, assessed.model, assessed.quant)
    return FileRow("Download", f"{size}, {places[0]}", hub(places[0])) if places else FileRow("Download", size)
