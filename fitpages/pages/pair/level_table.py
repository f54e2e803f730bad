""" "Every level": what is counted of each, how fast it is, its quality, and what the rule of thumb says of it."""

from typing import NamedTuple

from fit import rule_of_thumb
from fit.gpu_memory import nameplate_gib
from fit.level_rows import Counted, LevelRow
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures
from fitpages.text.spans import span

NOT_MADE = "Not counted: nobody makes files of this model at this level."
NOT_COUNTED = "Not counted: the tensors of this model are not known here."


class Heads(NamedTuple):
    """The heads of the columns that depend on the answer."""

    takes: str
    middle: str
    longest: str
    speed: str


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
    """The section: a note above, and below it a sentence on the rule."""

    note: str
    heads: Heads
    rows: tuple[LevelShown, ...]
    rule_note: str


def level_table(assessed: AssessedPair) -> LevelTable:
    """The levels that are shown always, and the one advised among them."""
    context = figures.tokens(assessed.candidates.contexts[-1]) if assessed.verdict.is_counted else ""
    return LevelTable(
        note=_note(assessed, context),
        heads=_heads(assessed, context),
        rows=_rows(assessed),
        rule_note=_rule_note(assessed, context),
    )


def _note(assessed: AssessedPair, context: str) -> str:
    units = figures.gibibytes_in_gigabytes(nameplate_gib(assessed.gpu.spec))
    if not context:
        return f"Nothing can be counted, so only the rule of thumb is shown. {units}."
    with_ram = " Speed with the rest in two channels of DDR5." if assessed.verdict.offload else ""
    return f"Counted with one slot and an f16 cache, some memory kept free.{with_ram} {units}."


def _heads(assessed: AssessedPair, context: str) -> Heads:
    if assessed.verdict.offload:
        return Heads(f"takes at {context}, GiB", "of it in RAM, GiB", "longest on the card", f"at {context}")
    return Heads(f"takes at {context}, GiB", "longest, f16 cache", "longest, q8_0", f"at {context}")


def _rows(assessed: AssessedPair) -> tuple[LevelShown, ...]:
    """Why nothing is counted is said once, in the first row of those."""
    rows = [_shown(assessed, row) for row in assessed.rows]
    first = next((place for place, row in enumerate(assessed.rows) if row.counted is None), None)
    if first is not None:
        reason = NOT_COUNTED if assessed.rows[first].is_made else NOT_MADE
        rows[first] = rows[first]._replace(not_counted=reason)
    return tuple(rows)


def _shown(assessed: AssessedPair, row: LevelRow) -> LevelShown:
    quant = assessed.snapshot.quant_of[row.quant.slug]
    counted = row.counted
    ceiling = row.ceiling_tokens_s if row.rule_fits else None
    return LevelShown(
        name=quant.name,
        is_advised=row.is_advised,
        counted=_columns(assessed, counted) if counted else (),
        not_counted="" if counted else "Not counted.",
        expect=figures.expected(counted.speed.tokens_s) if counted and counted.speed else figures.NOT_SHOWN,
        span=_span(counted) if counted else "",
        quality=quant.quality if row.is_made else "",
        rule_need=figures.NOT_SHOWN if row.rule_bytes is None else figures.bare_gigabytes(row.rule_bytes),
        rule_fits=figures.NOT_SHOWN if row.rule_bytes is None else "yes" if row.rule_fits else "no",
        rule_ceiling=figures.ceiling(ceiling),
    )


def _columns(assessed: AssessedPair, counted: Counted) -> tuple[str, ...]:
    takes = figures.bare_gibibytes(counted.takes_bytes)
    longest = figures.tokens(counted.longest) if counted.longest >= 1024 else "none"
    if assessed.verdict.offload:
        in_ram = figures.bare_gibibytes(counted.offload.ram_bytes) if counted.offload else figures.NOT_SHOWN
        return takes, in_ram, longest
    quantized = figures.tokens(counted.longest_quantized) if counted.longest_quantized >= 1024 else "none"
    return takes, longest, quantized


def _span(counted: Counted) -> str:
    """The range beside the speed; before it the context, where that is less than the table counts with."""
    if counted.speed is None:
        return ""
    shorter = f"at {figures.tokens(counted.speed_context)}" if counted.speed_context < counted.context else ""
    return " ".join(filter(None, (shorter, span(counted.speed.low, counted.speed.high))))


def _rule_note(assessed: AssessedPair, context: str) -> str:
    """What the rule is, what it leaves out, and by how much it differs here."""
    spec = assessed.gpu.spec
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    rule = (
        f"The rule of thumb: parameters × bytes per weight, plus {overhead}, in GB, against "
        f"{figures.memory(rule_of_thumb.usable_bytes(spec))}, {figures.percent(rule_of_thumb.usable_share(spec))} of "
        f"the memory on the box; its ceiling is {figures.percent(rule_of_thumb.BANDWIDTH_SHARE)} of the bandwidth."
    )
    row = next((row for row in assessed.rows if row.counted and row.rule_bytes is not None), None)
    at = next((row for row in assessed.rows if row.is_advised and row.counted and row.rule_bytes is not None), row)
    if at is None or at.counted is None or at.rule_bytes is None:
        return f"{rule} It knows no context."
    name, counted = assessed.short_name(at), assessed.candidates.need(at.quant).exact_bytes
    asks, takes = figures.memory(at.rule_bytes), figures.memory(counted or 0)
    return f"{rule} It knows no context: at {name} it asks for {asks}, where {context} of context takes {takes}."
