"""How fast a pair is to be expected, by context and by length of prompt, and what was measured of it or near it."""

from collections.abc import Iterator
from typing import NamedTuple

from fit import speed
from fit.expected import SHORT_CONTEXT
from fit.verdict import QuantFit
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.measured import Measured
from fitpages.text import figures, wording

PROMPTS = (2048, 8192, 32768)
MOST_POINTS = 6
CURVE_WIDTH, CURVE_HEIGHT = 1000, 200


class SpeedRow(NamedTuple):
    """One quantization: what to expect with 4K tokens, where so many fit, and with the longest context that fits."""

    name: str
    short: str
    short_range: str
    context: str
    longest: str
    longest_range: str


class Curve(NamedTuple):
    """Speed by context. `line` and `band` are points for SVG; `marks` are each context and what to expect there."""

    name: str
    text: str
    line: str
    band: str
    marks: tuple[tuple[str, str], ...]


class SpeedSection(NamedTuple):
    """`summary` says why where `rows` is empty; `above_rule` names the rows that pass the rule's ceiling."""

    summary: str
    above_rule: str
    rows: tuple[SpeedRow, ...]
    curve: Curve | None
    waits: tuple[tuple[str, str], ...]
    waits_note: str
    own: tuple[Measured, ...]
    near: tuple[Measured, ...]


def speed_section(facts: AssessedPair, own: tuple[Measured, ...], near: tuple[Measured, ...]) -> SpeedSection:
    """Everything that the page says under "How fast"."""
    row = facts.best
    shown = row if row and row.exact and row.exact.longest_context else None
    return SpeedSection(
        summary=_summary(facts, shown) if shown else _nothing(facts),
        above_rule=_above_rule(facts),
        rows=tuple(_rows(facts)) if shown else (),
        curve=_curve(facts, shown) if shown else None,
        waits=tuple(_waits(facts, shown)) if shown else (),
        waits_note=_waits_note(facts),
        own=own,
        near=near,
    )


def rests_on(cards: int, mixture: bool) -> str:
    """What a range rests on: "this rests on 12 cards of this kind"."""
    with_mixtures = " with mixtures of experts" if mixture else ""
    if cards == 0:
        return f"no card of this kind was measured{with_mixtures}, so the range is wide"
    if cards < 3:
        number = wording.count(cards)
        noun = "card of this kind was" if cards == 1 else "cards of this kind were"
        return f"only {number} {noun} measured{with_mixtures}, so the range is wide"
    return f"this rests on {wording.count(cards)} cards of this kind{with_mixtures}"


def _summary(facts: AssessedPair, row: QuantFit) -> str:
    estimate = facts.speeds[row.quant.slug]
    assert row.exact
    context = figures.tokens(min(SHORT_CONTEXT, row.exact.longest_context))
    mixture = facts.pair.model.spec.mixture_of_experts
    low, high = figures.expected(estimate.low), figures.expected(estimate.high)
    return (
        f"At {facts.short_name(row)} expect {figures.expected(estimate.tokens_s)} tokens per second with {context} "
        f"tokens of context, most likely between {low} and {high}; {rests_on(estimate.cards, mixture)}."
    )


def _above_rule(facts: AssessedPair) -> str:
    """The rule's ceiling takes every parameter at its bytes per weight; what is really read can be less."""
    above = [
        facts.short_name(fit)
        for fit in facts.assessment.quants
        if fit.quant.slug in facts.speeds
        and fit.ceiling_tokens_s
        and facts.speeds[fit.quant.slug].tokens_s > fit.ceiling_tokens_s
    ]
    if not above:
        return ""
    experts = ", nor experts at more bits than they were made with" if facts.pair.model.spec.mixture_of_experts else ""
    return (
        f"At {wording.listed(above)} that is above the rule's ceiling: the rule counts every parameter, and a token "
        f"does not read the embedding{experts}."
    )


def _nothing(facts: AssessedPair) -> str:
    if facts.best is None:
        return "Nothing fits, so there is no speed to expect with everything on the GPU."
    return "The tensors of this model are not known here, so there is only the ceiling that bandwidth sets."


def _rows(facts: AssessedPair) -> Iterator[SpeedRow]:
    for row in facts.assessment.quants:
        short = facts.speeds.get(row.quant.slug)
        if short and row.exact:
            longest = row.exact.longest_context
            far = speed.decode(row.exact.accounting, facts.pair.gpu.spec, longest)
            has_short = longest >= SHORT_CONTEXT
            yield SpeedRow(
                name=facts.short_name(row),
                short=figures.expected(short.tokens_s) if has_short else figures.NOT_SHOWN,
                short_range=figures.expected_range(short.low, short.high) if has_short else figures.NOT_SHOWN,
                context=figures.tokens(longest),
                longest=figures.expected(far.tokens_s),
                longest_range=figures.expected_range(far.low, far.high),
            )


def _curve(facts: AssessedPair, row: QuantFit) -> Curve | None:
    assert row.exact
    contexts = curve_contexts(row.exact.longest_context)
    if len(contexts) < 2:
        return None
    gpu, accounting = facts.pair.gpu.spec, row.exact.accounting
    estimates = [speed.decode(accounting, gpu, context) for context in contexts]
    top = max(estimate.high for estimate in estimates)
    step = CURVE_WIDTH // (len(contexts) - 1)

    def points(values: list[float]) -> list[str]:
        return [
            f"{index * step},{CURVE_HEIGHT - int(CURVE_HEIGHT * value / top)}" for index, value in enumerate(values)
        ]

    upper, lower = points([one.high for one in estimates]), points([one.low for one in estimates])
    marks = tuple(
        (figures.tokens(context), figures.expected(one.tokens_s))
        for context, one in zip(contexts, estimates, strict=True)
    )
    said = ", ".join(f"{tokens_s} at {context}" for context, tokens_s in marks)
    return Curve(
        name=facts.short_name(row),
        text=f"Tokens per second to expect at {facts.short_name(row)} by tokens of context: {said}.",
        line=" ".join(points([one.tokens_s for one in estimates])),
        band=" ".join([*upper, *reversed(lower)]),
        marks=marks,
    )


def curve_contexts(longest: int) -> tuple[int, ...]:
    """Doubling from 4K on to the longest; every other one where that would be too many."""
    contexts = []
    context = SHORT_CONTEXT
    while context < longest:
        contexts.append(context)
        context *= 2
    if len(contexts) >= MOST_POINTS:
        contexts = contexts[:: -(-len(contexts) // (MOST_POINTS - 1))]
    return (*contexts, longest)


def _waits(facts: AssessedPair, row: QuantFit) -> Iterator[tuple[str, str]]:
    """Seconds until the first token, for the prompts that fit."""
    assert row.exact
    for prompt in PROMPTS:
        if prompt > row.exact.longest_context:
            return
        wait = speed.first_token(row.exact.accounting, facts.pair.model.spec, facts.pair.gpu.spec, prompt)
        if wait is None:
            return
        text = f"{figures.seconds(wait.seconds)} ({figures.seconds(wait.low)} to {figures.seconds(wait.high)})"
        yield f"Prompt of {figures.tokens(prompt)} tokens", text


def _waits_note(facts: AssessedPair) -> str:
    if facts.pair.gpu.spec.compute_tflops is None:
        return "How long a prompt takes cannot be derived: the arithmetic of this GPU is not known here."
    if facts.pair.model.spec.parameters_per_token is None:
        return "How long a prompt takes cannot be derived: the active parameters are not published."
    return ""
