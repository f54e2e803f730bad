"""Speed by length of context, as a chart: a line in its range, at the level of the verdict."""

from typing import NamedTuple

from fit import speed
from fit.kv_cache import CacheType
from fit.level_rows import Counted
from fit.speed import Estimate
from fit.uses import Outcome
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures

SHORTEST = 4096
MOST_POINTS = 6
# What becomes of uses whose speed is with an f16 cache and nothing in RAM.
WITH_F16 = frozenset({Outcome.RUNS, Outcome.TIGHT})
CURVE_WIDTH, CURVE_HEIGHT = 1000, 200


class Curve(NamedTuple):
    """`line` and `band` are points for SVG; `marks` are each context and what to expect there; `text` says the same."""

    name: str
    text: str
    line: str
    band: str
    marks: tuple[tuple[str, str], ...]


def curve(assessed: AssessedPair) -> Curve | None:
    """None where not everything is on the card, or the context is too short for a curve."""
    accounting, verdict = assessed.accounting, assessed.verdict
    row = next((row for row in assessed.rows if row.quant is verdict.quant), None)
    if accounting is None or verdict.offload or row is None or row.counted is None:
        return None
    contexts = curve_contexts(row.counted.longest)
    if len(contexts) < 2:
        return None
    estimated = _estimated(assessed, row.counted)
    estimates = [estimated.get(context) or speed.decode(accounting, assessed.gpu.spec, context) for context in contexts]
    marks = tuple(
        (figures.tokens(context), figures.expected(estimate.tokens_s))
        for context, estimate in zip(contexts, estimates, strict=True)
    )
    in_words = ", ".join(f"{tokens_s} at {context}" for context, tokens_s in marks)
    upper, lower = _points(estimates, [e.high for e in estimates]), _points(estimates, [e.low for e in estimates])
    return Curve(
        name=assessed.quant.short_name,
        text=f"Tokens per second to expect at {assessed.quant.short_name} by context: {in_words}.",
        line=" ".join(_points(estimates, [estimate.tokens_s for estimate in estimates])),
        band=" ".join([*upper, *reversed(lower)]),
        marks=marks,
    )


def _estimated(assessed: AssessedPair, counted: Counted) -> dict[int, Estimate | None]:
    """What the answer, its uses and its row of the table have already, by context, with an f16 cache."""
    of_uses = {use.context: use.speed for use in assessed.uses if use.outcome in WITH_F16}
    verdict, of_row = assessed.verdict, {counted.speed_context: counted.speed}
    of_verdict = {verdict.context: verdict.speed} if verdict.cache_type is CacheType.F16 else {}
    return {**of_uses, **of_row, **of_verdict}


def _points(estimates: list[Estimate], values: list[float]) -> list[str]:
    """Values at even steps, the highest end of all at the top."""
    top, step = max(estimate.high for estimate in estimates), CURVE_WIDTH // (len(values) - 1)
    return [f"{index * step},{CURVE_HEIGHT - int(CURVE_HEIGHT * value / top)}" for index, value in enumerate(values)]


def curve_contexts(longest: int) -> tuple[int, ...]:
    """Doubling from 4K on to the longest; every other one where that would be too many."""
    contexts = []
    context = SHORTEST
    while context < longest:
        contexts.append(context)
        context *= 2
    if len(contexts) >= MOST_POINTS:
        contexts = contexts[:: -(-len(contexts) // (MOST_POINTS - 1))]
    return (*contexts, longest)
