""" "Every level": what is counted of each, how fast it is, its quality, and what the rule of thumb says of it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from catalog.snapshot import PublishedGpu, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.candidates import Candidates
from fit.gpu_memory import nameplate_gib
from fit.level_rows import Counted, LevelRow
from fit.specs import GpuSpec
from fit.verdict import Verdict
from fit.worked_out import once
from fitpages.pages.common.answer_words import in_ram
from fitpages.text import figures
from fitpages.text.spans import span

NOT_MADE = "Not counted: nobody makes files of this model at this level."
NOT_COUNTED = "Not counted: the tensors of this model are not known here."


class AssessedLevels(Protocol):
    """What the table is made from: a pair, the answer to it, and every level that stands in the table."""

    @property
    def snapshot(self) -> Snapshot: ...

    @property
    def gpu(self) -> PublishedGpu: ...

    @property
    def candidates(self) -> Candidates: ...

    @property
    def verdict(self) -> Verdict: ...

    @property
    def quant(self) -> PublishedQuant: ...

    @property
    def rows(self) -> Sequence[LevelRow]: ...


class LevelShown(NamedTuple):
    """A row. `counted` are the columns of memory, empty where nothing is counted, which `not_counted` says."""

    name: str
    is_advised: bool
    counted: tuple[str, ...]
    not_counted: str
    expect: str
    span: str
    quality: str
    rule_need: str
    rule_fits: str
    rule_ceiling: str


class LevelTable(NamedTuple):
    """The section: a note above, the context that is counted with, and below the rows a sentence on the rule."""

    note: str
    context: str
    rows: tuple[LevelShown, ...]
    rule_note: str


def level_table(assessed: AssessedLevels) -> LevelTable:
    """The levels that are shown always, and the one advised among them."""
    context = figures.tokens(assessed.candidates.contexts[-1]) if assessed.verdict.is_counted else ""
    return LevelTable(
        note=_note(assessed, context),
        context=context,
        rows=_rows(assessed),
        rule_note=_rule_note(assessed, context),
    )


def _note(assessed: AssessedLevels, context: str) -> str:
    units = _units(assessed.gpu.spec)
    if not context:
        return f"Nothing can be counted, so only the rule of thumb is shown. {units}."
    return f"Counted with one slot, some memory kept free.{_with_ram(assessed)}{_scaled(assessed)} {units}."


def _scaled(assessed: AssessedLevels) -> str:
    """That some of the contexts are beyond the native one."""
    native = assessed.candidates.model.native_context or 0
    longest = max((row.counted.longest_quantized for row in assessed.rows if row.counted), default=0)
    return f" Beyond {figures.tokens(native)} contexts need rope scaling." if native and longest > native else ""


def _with_ram(assessed: AssessedLevels) -> str:
    if assessed.verdict.offload is None:
        return ""
    ram = in_ram(assessed.verdict)
    return f" The speed of {assessed.quant.short_name} is with {ram} in RAM; others are not on the card."


def _rows(assessed: AssessedLevels) -> tuple[LevelShown, ...]:
    """Why nothing is counted is said once, in the first row of those."""
    rows = [_shown(assessed, row) for row in assessed.rows]
    first = next((place for place, row in enumerate(assessed.rows) if row.counted is None), None)
    if first is not None:
        reason = NOT_COUNTED if assessed.rows[first].is_made else NOT_MADE
        rows[first] = rows[first]._replace(not_counted=reason)
    return tuple(rows)


def _shown(assessed: AssessedLevels, row: LevelRow) -> LevelShown:
    quant, counted = assessed.snapshot.quant_of[row.quant.slug], row.counted
    by_rule = row.rule_bytes is not None
    return LevelShown(
        quant.name,
        row.is_advised,
        _columns(counted) if counted else (),
        "",
        figures.expected(counted.speed.tokens_s) if counted and counted.speed else figures.NOT_SHOWN,
        _span(counted) if counted else "",
        quant.quality if row.is_made else "",
        figures.NOT_SHOWN if row.rule_bytes is None else figures.bare_gigabytes(row.rule_bytes),
        ("yes" if row.rule_fits else "no") if by_rule else figures.NOT_SHOWN,
        figures.ceiling(row.ceiling_tokens_s),
    )


def _columns(counted: Counted) -> tuple[str, ...]:
    return figures.bare_gibibytes(counted.takes_bytes), _longest(counted.longest), _longest(counted.longest_quantized)


def _longest(context: int) -> str:
    return figures.tokens(context) if context >= 1024 else "none"


def _span(counted: Counted) -> str:
    """The range beside the speed; before it the context, where that is less than the table counts with."""
    if counted.speed is None:
        return ""
    ends = span(counted.speed.low, counted.speed.high)
    if counted.speed_context >= counted.context:
        return ends
    shorter = f"at {figures.tokens(counted.speed_context)}"
    return f"{shorter} {ends}" if ends else shorter


def _rule_note(assessed: AssessedLevels, context: str) -> str:
    """What the rule is, what it leaves out, and by how much it differs here."""
    rule = _rule(assessed.gpu.spec)
    rows = [row for row in assessed.rows if row.counted and row.rule_bytes is not None]
    at = next((row for row in rows if row.quant is assessed.verdict.quant), rows[0] if rows else None)
    if at is None or at.counted is None or at.rule_bytes is None:
        return f"{rule} It knows no context."
    name, counted = assessed.snapshot.quant_of[at.quant.slug].short_name, assessed.candidates.need(at.quant).exact_bytes
    asks, takes = figures.memory(at.rule_bytes), figures.memory(counted or 0)
    return f"{rule} It knows no context: at {name} it asks for {asks}, where {context} takes {takes}."


@once
def _units(spec: GpuSpec) -> str:
    """What the two units of memory are to each other on a card of this size."""
    return figures.gibibytes_in_gigabytes(nameplate_gib(spec))


@once
def _rule(spec: GpuSpec) -> str:
    """The rule of thumb on this card."""
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    return (
        f"The rule of thumb: parameters × bytes per weight plus {overhead}, against "
        f"{figures.memory(rule_of_thumb.usable_bytes(spec))}, {figures.percent(rule_of_thumb.usable_share(spec))} of "
        f"the memory on the box; ceiling: {figures.percent(rule_of_thumb.BANDWIDTH_SHARE)} of the bandwidth."
    )
