"""How fast a pair is to be expected, by context and by length of prompt, and what was measured of it or near it."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit import prefill, speed
from fit.assessment import QuantFit
from fit.expected import SHORT_CONTEXT
from fitpages.pages.pair import basis, in_ram
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
    """`summary` says why where `rows` is empty, and what to expect with a part in RAM; `above_rule` names the rows that
    pass the rule's ceiling; `granted` is what estimates take for granted, `backend` what they are for."""

    summary: str
    above_rule: str
    granted: tuple[str, ...]
    backend: str
    rows: tuple[SpeedRow, ...]
    curve: Curve | None
    waits: tuple[tuple[str, str], ...]
    waits_note: str
    own: tuple[Measured, ...]
    near: tuple[Measured, ...]


def speed_section(
    snapshot: Snapshot, assessed: AssessedPair, own: tuple[Measured, ...], near: tuple[Measured, ...]
) -> SpeedSection:
    """Everything that the page says under "How fast"."""
    fit = assessed.best
    shown = fit if fit and fit.exact and fit.exact.longest_context else None
    has_estimate = bool(shown or (not fit and in_ram.faster(assessed)))
    return SpeedSection(
        summary=_summary(assessed, shown) if shown else _nothing(assessed),
        above_rule=_above_rule(assessed),
        granted=tuple(basis.granted(snapshot, assessed)) if has_estimate else (),
        backend=basis.backend(assessed),
        rows=tuple(_rows(assessed)) if shown else (),
        curve=_curve(assessed, shown) if shown else None,
        waits=tuple(_waits(assessed, shown)) if shown else (),
        waits_note=_waits_note(assessed),
        own=own,
        near=near,
    )


def _summary(assessed: AssessedPair, fit: QuantFit) -> str:
    estimate = assessed.speeds[fit.quant.slug]
    assert fit.exact
    context = figures.tokens(min(SHORT_CONTEXT, fit.exact.longest_context))
    rests_on = basis.rests_on(estimate, basis.class_cards(assessed), assessed.model.spec.mixture_of_experts)
    low, high = figures.expected(estimate.low), figures.expected(estimate.high)
    return (
        f"At {assessed.short_name(fit)} expect {figures.expected(estimate.tokens_s)} tokens per second with {context} "
        f"tokens of context, most likely between {low} and {high}; {rests_on}."
    )


def _above_rule(assessed: AssessedPair) -> str:
    """The rule's ceiling takes every parameter at its bytes per weight; what is really read can be less."""
    above = [
        assessed.short_name(fit)
        for fit in assessed.assessment.quants
        if fit.quant.slug in assessed.speeds
        and fit.ceiling_tokens_s
        and assessed.speeds[fit.quant.slug].tokens_s > fit.ceiling_tokens_s
    ]
    if not above:
        return ""
    experts = ", nor experts at more bits than they were made with" if assessed.model.spec.mixture_of_experts else ""
    return (
        f"At {wording.listed(above)} that is above the rule's ceiling: the rule counts every parameter, and a token "
        f"does not read the embedding{experts}."
    )


def _nothing(assessed: AssessedPair) -> str:
    if assessed.best is None:
        nothing = "Nothing worth recommending fits, so there is no speed to expect with everything on the GPU."
        return " ".join(filter(None, (nothing, in_ram.sentence(assessed))))
    return "The tensors of this model are not known here, so there is only the ceiling that bandwidth sets."


def _rows(assessed: AssessedPair) -> Iterator[SpeedRow]:
    for fit in assessed.assessment.quants:
        short = assessed.speeds.get(fit.quant.slug)
        if short and fit.exact:
            longest = fit.exact.longest_context
            far = speed.decode(fit.exact.accounting, assessed.gpu.spec, longest)
            has_short = longest >= SHORT_CONTEXT
            yield SpeedRow(
                name=assessed.short_name(fit),
                short=figures.expected(short.tokens_s) if has_short else figures.NOT_SHOWN,
                short_range=figures.expected_range(short.low, short.high) if has_short else figures.NOT_SHOWN,
                context=figures.tokens(longest),
                longest=figures.expected(far.tokens_s),
                longest_range=figures.expected_range(far.low, far.high),
            )


def _curve(assessed: AssessedPair, fit: QuantFit) -> Curve | None:
    assert fit.exact
    contexts = curve_contexts(fit.exact.longest_context)
    if len(contexts) < 2:
        return None
    gpu, accounting = assessed.gpu.spec, fit.exact.accounting
    estimates = [speed.decode(accounting, gpu, context) for context in contexts]
    top = max(estimate.high for estimate in estimates)
    step = CURVE_WIDTH // (len(contexts) - 1)

    def points(values: list[float]) -> list[str]:
        return [
            f"{index * step},{CURVE_HEIGHT - int(CURVE_HEIGHT * value / top)}" for index, value in enumerate(values)
        ]

    upper, lower = points([estimate.high for estimate in estimates]), points([estimate.low for estimate in estimates])
    marks = tuple(
        (figures.tokens(context), figures.expected(estimate.tokens_s))
        for context, estimate in zip(contexts, estimates, strict=True)
    )
    in_words = ", ".join(f"{tokens_s} at {context}" for context, tokens_s in marks)
    return Curve(
        name=assessed.short_name(fit),
        text=f"Tokens per second to expect at {assessed.short_name(fit)} by tokens of context: {in_words}.",
        line=" ".join(points([estimate.tokens_s for estimate in estimates])),
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


def _waits(assessed: AssessedPair, fit: QuantFit) -> Iterator[tuple[str, str]]:
    """Seconds until the first token, for the prompts that fit."""
    assert fit.exact
    for prompt in PROMPTS:
        if prompt > fit.exact.longest_context:
            return
        wait = prefill.first_token(fit.exact.accounting, assessed.gpu.spec, prompt)
        if wait is None:
            return
        text = f"{figures.seconds(wait.seconds)} ({figures.seconds(wait.low)} to {figures.seconds(wait.high)})"
        yield f"Prompt of {figures.tokens(prompt)} tokens", text


def _waits_note(assessed: AssessedPair) -> str:
    if assessed.gpu.spec.compute_tflops is None:
        return "How long a prompt takes cannot be derived: the arithmetic of this GPU is not known here."
    if assessed.model.spec.architecture is None:
        return "How long a prompt takes cannot be derived: the tensors of this model are not known here."
    return ""
