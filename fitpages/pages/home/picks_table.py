"""Good choices by memory and use: of each class of machines its example, with what would be run there."""

from typing import NamedTuple

from catalog.models import Pick
from catalog.snapshot import PublishedGpu, Snapshot
from fitpages import addresses
from fitpages.matching.beside import takes_ram
from fitpages.matching.machine_kinds import is_plain, plain_computers
from fitpages.matching.picks import MachinePick, class_ram, memory_class, picks
from fitpages.pages.common import answer_words
from fitpages.site import Link
from fitpages.text import figures

# What the columns are called, on a phone in a word, what they are for, and whether a part is in RAM.
COLUMNS = (
    ("All-round", "All-round", Pick.Use.ALL_ROUND, False),
    ("Code", "Code", Pick.Use.CODE, False),
    ("Long documents", "Long", Pick.Use.LONG, False),
    ("With a part in RAM", "With RAM", Pick.Use.ALL_ROUND, True),
)
# Of the computers without a GPU, the one that stands for them: its RAM in GiB and its kind.
PLAIN_GIB, PLAIN_KIND = 32, "DDR5"
ONE_POOL = "one pool of memory"


class PickCell(NamedTuple):
    """A pick under a column, by its level, longest context and speed; `link` is None where there is nothing to say."""

    column: str
    link: Link | None
    figures: str


class PicksRow(NamedTuple):
    """A class of machines: its memory, its example, and a cell for each column."""

    memory: str
    machine: Link
    cells: tuple[PickCell, ...]


class PicksTable(NamedTuple):
    """`picked_on` is the day of the latest pick that editors made; "" where none did."""

    columns: tuple[str, ...]
    rows: tuple[PicksRow, ...]
    picked_on: str


def picks_table(snapshot: Snapshot) -> PicksTable | None:
    """The smallest first, computers without a GPU before all; None where nothing runs anywhere."""
    machines = [*_plain(snapshot), *_examples(snapshot)]
    chosen = [(gpu, of_class(snapshot, gpu)) for gpu in machines]
    rows = tuple(_row(gpu, of_gpu) for gpu, of_gpu in chosen if of_gpu)
    days = [pick.picked_on for _, of_gpu in chosen for pick in of_gpu if pick.picked_on]
    if not rows:
        return None
    return PicksTable(tuple(name for name, *_ in COLUMNS), rows, figures.day(max(days)) if days else "")


def _examples(snapshot: Snapshot) -> list[PublishedGpu]:
    """Cards, then machines with one pool of memory, each the smallest first."""
    examples = (gpu for gpu in snapshot.gpus.values() if gpu.class_example)
    return sorted(examples, key=lambda gpu: (gpu.spec.unified_memory, gpu.spec.nameplate_gb, gpu.slug))


def _plain(snapshot: Snapshot) -> list[PublishedGpu]:
    computers = plain_computers(snapshot)
    return [gpu for gpu in computers if gpu.spec.nameplate_gb == PLAIN_GIB and gpu.memory_type == PLAIN_KIND]


def of_class(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[MachinePick, ...]:
    """The picks with the RAM that the picks of its class are held against."""
    return picks(snapshot, gpu, class_ram(memory_class(gpu)) if takes_ram(gpu) else None)


def _row(gpu: PublishedGpu, of_gpu: tuple[MachinePick, ...]) -> PicksRow:
    name = f"No GPU, {gpu.memory_type}" if is_plain(gpu) else gpu.name
    by_column = {(pick.use, pick.with_ram): pick for pick in reversed(of_gpu)}
    no_pick = "" if takes_ram(gpu) else ONE_POOL
    cells = tuple(
        _cell(column, by_column.get((use, with_ram)), no_pick if with_ram else "")
        for _, column, use, with_ram in COLUMNS
    )
    return PicksRow(figures.gigabytes(gpu.spec.nameplate_gb), Link(name, addresses.gpu(gpu.slug)), cells)


def _cell(column: str, pick: MachinePick | None, no_pick: str) -> PickCell:
    if pick is None:
        return PickCell(column, None, no_pick)
    speed = figures.expected(pick.run.tokens_s)
    where = f"{figures.counted_in_prose(pick.run.ram_bytes)} in RAM" if pick.with_ram else figures.tokens(pick.longest)
    line = f"{answer_words.level(pick.answer)} · {where} · {speed}"
    return PickCell(column, Link(pick.model.name, pick.answer.address), line)
