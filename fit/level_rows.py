"""Every level of a pair: what is counted of it, how fast it is, and what the rule of thumb says.

Contexts are in tokens, sizes in bytes; speeds are of one stream.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from fit import rule_of_thumb, speed
from fit.advice import longest_advised
from fit.candidates import Candidates
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.specs import GpuSpec, QuantSpec
from fit.speed import Estimate
from fit.verdict import SHORTEST_CONTEXT, Verdict


class Counted(NamedTuple):
    """What a level takes with `context` tokens, which the table counts with, and the longest contexts that the card
    holds; 0 where none. `speed` is with `speed_context` tokens on the card, but that of the verdict with its part in
    RAM; None where the card does not hold enough."""

    context: int
    takes_bytes: int
    longest: int
    longest_quantized: int
    speed: Estimate | None
    speed_context: int


class LevelRow(NamedTuple):
    """A level. `counted` is None where the tensors are not known, or nobody makes files of the model at this level.

    `rule_bytes` and `ceiling_tokens_s` are the rule's, None where it has no figure; of what does not fit by the rule
    there is no ceiling.
    """

    quant: QuantSpec
    is_made: bool
    is_advised: bool
    counted: Counted | None
    rule_bytes: Decimal | None
    rule_fits: bool
    ceiling_tokens_s: Decimal | None


def level_rows(candidates: Candidates, verdict: Verdict, gpu: GpuSpec) -> tuple[LevelRow, ...]:
    """The levels that are shown always, and the one of the verdict in its place among them."""
    levels = candidates.levels
    shown: Sequence[QuantSpec] = levels.always
    if verdict.quant not in shown:
        shown = levels.with_others(verdict.quant)
    usable, made = rule_of_thumb.usable_bytes(gpu), frozenset((*levels.made, verdict.quant))
    return tuple(_row(candidates, verdict, gpu, quant, usable, is_made=quant in made) for quant in shown)


def _row(
    candidates: Candidates, verdict: Verdict, gpu: GpuSpec, quant: QuantSpec, usable: Decimal, *, is_made: bool
) -> LevelRow:
    need = candidates.need(quant)
    counted = _counted(candidates, verdict, gpu, quant, need.accounting) if is_made and need.accounting else None
    rule_fits = need.rule_bytes is not None and need.rule_bytes <= usable
    return LevelRow(
        quant,
        is_made,
        quant is verdict.quant and verdict.says_yes,
        counted,
        need.rule_bytes,
        rule_fits,
        rule_of_thumb.ceiling_tokens_s(candidates.model, quant, gpu) if rule_fits else None,
    )


def _counted(
    candidates: Candidates, verdict: Verdict, gpu: GpuSpec, quant: QuantSpec, accounting: Accounting
) -> Counted:
    context, available = candidates.contexts[-1], verdict.available_bytes
    longest, types = longest_advised(accounting, available), accounting.cache_types
    quantized = longest_advised(accounting, available, CacheType.Q8_0) if CacheType.Q8_0 in types else 0
    if quant is verdict.quant and verdict.offload:
        return Counted(context, accounting.total(context), longest, quantized, verdict.speed, verdict.context)
    at = min(context, longest)
    is_of_verdict = quant is verdict.quant and (at, CacheType.F16) == (verdict.context, verdict.cache_type)
    if is_of_verdict and verdict.speed:
        on_card: Estimate | None = verdict.speed
    else:
        on_card = speed.decode(accounting, gpu, at) if at >= min(SHORTEST_CONTEXT, context) else None
    return Counted(context, accounting.total(context), longest, quantized, on_card, at)
