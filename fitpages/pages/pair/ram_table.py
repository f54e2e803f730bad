""" "How fast is your RAM?": what to expect with a part of the model there, by the kind of RAM."""

from typing import NamedTuple

from fit import speed
from fit.ram import GB_S, NAMES, RamKind
from fit.verdict import USUAL_RAM, Kind
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures
from fitpages.text.spans import span

KINDS = (RamKind.DDR4_2, RamKind.DDR5_2, RamKind.DDR5_8)


class RamRow(NamedTuple):
    """A kind of RAM: its GB/s on paper, tokens per second and their range; `marked` is what the answer takes."""

    name: str
    gb_s: str
    expect: str
    span: str
    marked: bool


class RamTable(NamedTuple):
    """The table, and what it is counted with."""

    note: str
    rows: tuple[RamRow, ...]


def ram_table(assessed: AssessedPair) -> RamTable | None:
    """None where the answer has nothing in RAM."""
    if assessed.verdict.kind is not Kind.WITH_RAM:
        return None
    what = "the experts" if assessed.verdict.flags.cpu_moe_layers else "the layers"
    context = figures.tokens(assessed.verdict.context)
    note = f"Every token waits for {what} in RAM, so its speed decides. Tokens per second with {context} of context."
    return RamTable(note, tuple(_row(assessed, kind) for kind in KINDS))


def _row(assessed: AssessedPair, kind: RamKind) -> RamRow:
    verdict, accounting = assessed.verdict, assessed.accounting
    assert accounting
    estimate = speed.decode_offloaded(
        accounting, assessed.gpu.spec, verdict.flags, verdict.context, ram_gb_s=GB_S[kind]
    )
    return RamRow(
        name=NAMES[kind],
        gb_s=f"{GB_S[kind]:.0f}",
        expect=figures.expected(estimate.tokens_s),
        span=span(estimate.low, estimate.high),
        marked=kind is USUAL_RAM,
    )
