"""The levels and files that the page of a pair does not show in its table: a list that readers open.

The list is the same for the cards of one model, and rendered once; which of it fits is a sentence of the page.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from catalog.snapshot import PublishedFile, PublishedModel, Snapshot
from fit.memory import REFERENCE_CONTEXT
from fit.needs import bytes_apart
from fit.specs import QuantSpec
from fitpages.matching.files import counted_files, rows_of_their_own
from fitpages.matching.fits import bytes_of_others
from fitpages.matching.levels import levels
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


class FoldedRow(NamedTuple):
    """One level, as counted at the reference context: `need` in GiB."""

    name: str
    need: str
    quality: str


@dataclass(frozen=True, kw_only=True, eq=False)
class FoldedTable:
    """The rows, best quality first; `context` is what was counted with."""

    context: str
    rows: tuple[FoldedRow, ...]


@dataclass(frozen=True, kw_only=True)
class FoldedLevels:
    """What the list is called, which of it fits in a sentence, and its table."""

    summary: str
    fitting: str
    table: FoldedTable


class _Level(NamedTuple):
    """A level, or a file whose label is none, with what is said of it and its bytes at the reference context."""

    name: str
    quality: str
    size: int


class _Counted(NamedTuple):
    """The levels as a table; and of all the name and the bytes, the least first."""

    table: FoldedTable
    names: tuple[str, ...]
    ascending: tuple[int, ...]


def folded_levels(snapshot: Snapshot, assessed: AssessedPair) -> FoldedLevels | None:
    """Every level that can be counted and does not stand in the table; None where there is none."""
    counted = _counted(snapshot, assessed.model, _in_table(snapshot, assessed))
    if not counted.names:
        return None
    return FoldedLevels(
        summary=f"{len(counted.names)} other levels" if len(counted.names) > 1 else "Another level",
        fitting=_fitting(counted, assessed),
        table=counted.table,
    )


def _fitting(counted: _Counted, assessed: AssessedPair) -> str:
    """How many of them fit, with the largest that does: "12 of them fit an RTX 4090, up to Q5_K_S."."""
    all_of_them = len(counted.names)
    fitting = bisect_right(counted.ascending, assessed.verdict.available_bytes)
    if all_of_them == 1:
        return f"It {'fits' if fitting else 'does not fit'} {assessed.card}."
    if fitting in (0, all_of_them):
        return f"All of them fit {assessed.card}." if fitting else f"None of them fits {assessed.card}."
    verb = "fits" if fitting == 1 else "fit"
    return f"{fitting} of them {verb} {assessed.card}, the largest {counted.names[fitting - 1]}."


def _in_table(snapshot: Snapshot, assessed: AssessedPair) -> tuple[str, ...]:
    """The slugs of the levels that stand in the table of this page and not in that of every page."""
    usual = levels(snapshot, assessed.model).always
    return tuple(row.quant.slug for row in assessed.rows if row.quant not in usual)


@per_snapshot
def _counted(snapshot: Snapshot, model: PublishedModel, in_table: tuple[str, ...]) -> _Counted:
    sizes = [(quant, size) for quant, size in _sizes(snapshot, model) if quant.slug not in in_table]
    counted = [_level(snapshot, model, quant, size) for quant, size in sizes]
    ascending = sorted(counted, key=lambda level: level.size)
    context = min(REFERENCE_CONTEXT, model.spec.native_context or REFERENCE_CONTEXT)
    rows = tuple(FoldedRow(level.name, figures.counted(level.size), level.quality) for level in counted)
    return _Counted(
        FoldedTable(context=figures.tokens(context), rows=rows),
        tuple(level.name for level in ascending),
        tuple(level.size for level in ascending),
    )


@per_snapshot
def _sizes(snapshot: Snapshot, model: PublishedModel) -> tuple[tuple[QuantSpec, int], ...]:
    """Bytes at each level and file that can be counted and is not in the table of every page, best quality first."""
    own = rows_of_their_own(snapshot, model)
    quants = [row.stands_for for row in own.values()]
    sizes = {label: row.file.tensor_bytes for label, row in own.items()}
    counted = zip(quants, bytes_apart(model.spec, quants, sizes), strict=True)
    of_files = [(quant, size) for quant, size in counted if size is not None]
    return tuple(
        sorted(
            [*bytes_of_others(snapshot, model).items(), *of_files],
            key=lambda item: (_place(snapshot, item[0]), item[0].slug in own, -item[1]),
        )
    )


def _place(snapshot: Snapshot, quant: QuantSpec) -> int:
    """Best quality first: the place of the level, or of the one of its mix; last where there is none."""
    return _places(snapshot).get(quant.slug, _places(snapshot).get(quant.mix, len(snapshot.all_quants)))


@per_snapshot
def _places(snapshot: Snapshot) -> dict[str, int]:
    """The place of each quantization by its slug and by its mix."""
    numbered = list(enumerate(snapshot.all_quants))
    return {**{quant.spec.mix: place for place, quant in numbered}, **{quant.slug: place for place, quant in numbered}}


def _level(snapshot: Snapshot, model: PublishedModel, quant: QuantSpec, size: int) -> _Level:
    own = rows_of_their_own(snapshot, model).get(quant.slug)
    if own:
        near = f"Near {quant.mix}, with types of its publisher's own. " if quant.mix != quant.slug else ""
        return _Level(quant.slug, f"{near}{_file(own.file)}", size)
    record, file = snapshot.quant_of[quant.slug], counted_files(snapshot, model).get(quant.slug)
    needed = " It is made with an importance matrix." if record.needs_imatrix else ""
    return _Level(record.name, f"{record.quality}{needed}{f' {_file(file)}' if file else ''}", size)


def _file(file: PublishedFile) -> str:
    """What the row is counted from."""
    return f"File of {file.publisher or file.repository}, {figures.memory(file.size_bytes)}."
