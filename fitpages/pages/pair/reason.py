"""Why a pair runs as it does: what sets its speed, and what the estimate rests on."""

from collections.abc import Iterator
from typing import NamedTuple

from fit.kv_cache import CacheType
from fit.verdict import Kind
from fitpages.pages.pair import basis
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures, wording


class Reason(NamedTuple):
    """A section of prose."""

    heading: str
    paragraphs: tuple[str, ...]


HEADINGS = {
    Kind.ON_CARD: "What sets the speed",
    Kind.WITH_RAM: "What sets the speed",
    Kind.SHORT: "Why it is short",
    Kind.NOT_IN_PRACTICE: "Why it is too slow",
    Kind.NO: "Why it does not fit",
}


ANSWERS = {
    Kind.ON_CARD: "Yes",
    Kind.WITH_RAM: "Yes, with RAM",
    Kind.SHORT: "Yes, but short",
    Kind.NOT_IN_PRACTICE: "Not in practice",
    Kind.NO: "No",
}


def reason(assessed: AssessedPair) -> Reason:
    """The section."""
    kind = assessed.verdict.kind
    if not assessed.verdict.is_counted:
        return Reason("Why nothing is counted", (_tensors(assessed),))
    return Reason(HEADINGS[kind], tuple(filter(None, (_why(assessed), " ".join(_rests_on(assessed))))))


def _tensors(assessed: AssessedPair) -> str:
    return (
        f"The tensors of {assessed.model.name} are not known here. The rule of thumb knows neither the context nor "
        "which tensors stay at higher precision, so its answer is approximate."
    )


def _why(assessed: AssessedPair) -> str:
    kind, size = assessed.verdict.kind, figures.parameters(assessed.model.spec.parameters)
    if kind is Kind.NO:
        part = ", whatever part of them a token uses" if assessed.model.spec.mixture_of_experts else " for every token"
        return f"{size} parameters have to lie in memory{part}."
    if kind is Kind.SHORT and assessed.verdict.is_below:
        return f"Weights of {size} parameters leave no room for a context at any level worth recommending."
    if kind is Kind.SHORT:
        return f"Weights of {size} parameters come first; the cache of a longer context does not fit beside them."
    return _pace(assessed)


def _pace(assessed: AssessedPair) -> str:
    """What a token waits for."""
    accounting, verdict = assessed.accounting, assessed.verdict
    assert accounting
    read = figures.memory(int(accounting.read_bytes))
    of_them = "the weights that it uses" if assessed.model.spec.mixture_of_experts else "every weight"
    if verdict.offload:
        where = "experts in RAM are" if verdict.flags.cpu_moe_layers else "what does not fit is"
        return f"A token reads {of_them}, {read}; {where} read at a fraction of the card's pace."
    return f"A token reads {of_them}, {read}, at {assessed.about_gpu.bandwidth} of bandwidth at the most."


def _rests_on(assessed: AssessedPair) -> Iterator[str]:
    estimate = assessed.verdict.speed
    if estimate is None or assessed.verdict.kind is Kind.NO:
        return
    rests = basis.rests_on(estimate, basis.class_cards(assessed), assessed.model.spec.mixture_of_experts)
    backend = f" llama.cpp with {estimate.backend}," if estimate.backend else " llama.cpp,"
    yield f"The estimate is for{backend} one request at a time; {rests}."
    yield from basis.granted(assessed.snapshot, assessed)


def _answer(assessed: AssessedPair) -> str:
    """The answer in a word or two."""
    only = assessed.verdict.is_below and assessed.verdict.kind is Kind.SHORT
    return f"Yes, but only at {assessed.quant.short_name}" if only else ANSWERS[assessed.verdict.kind]


def can_it(assessed: AssessedPair) -> tuple[str, str]:
    """The question that a reader came with, answered with the memory that it takes."""
    question = f"Can {assessed.card} run {assessed.model.name}?"
    verdict, accounting = assessed.verdict, assessed.accounting
    yes, left = _answer(assessed), assessed.about_gpu.offered
    if accounting is None:
        return question, f"{yes}, by the rule of thumb, which is all that there is for this model."
    shortest = () if verdict.kind is Kind.SHORT else assessed.candidates.contexts[-1:]
    contexts = sorted({*shortest, verdict.context})
    amounts = [
        f"{figures.counted(accounting.total(context, verdict.cache_type))} with {figures.tokens(context)}"
        for context in contexts
    ]
    cache = " and a q8_0 cache" if verdict.cache_type is CacheType.Q8_0 else ""
    takes = f"At {assessed.quant.short_name} it takes {wording.listed(amounts)} of context{cache}; "
    takes += f"{assessed.card} leaves {left}"
    ram = f", so {figures.counted_in_prose(verdict.offload.ram_bytes)} stay in RAM" if verdict.offload else ""
    return question, f"{yes}. {takes}{ram}."
