"""The speed that the calculator expects: on the cards that were asked for, or with a part in RAM."""

from typing import NamedTuple

from fit import speed
from fit.memory import Accounting
from fit.placement import Placement
from fit.ram import NAMES, USUAL_ENDS
from fit.specs import GpuSpec
from fit.speed import Estimate
from fitpages.pages.calculator.question import Question
from fitpages.text import figures


class Expected(NamedTuple):
    """Tokens per second, and the range of it; two ends where no RAM was named."""

    tokens_s: str
    span: str


NOTHING = Expected(figures.NOT_SHOWN, "")


def expected(accounting: Accounting, question: Question, fits: bool, in_ram: Placement | None) -> Expected:
    """Where it fits, on as many cards as were asked for; else with what was asked for in RAM."""
    gpu, context, cache_type = question.gpu, question.context, question.cache_type
    if gpu is None or not (fits or in_ram):
        return NOTHING
    if in_ram and not fits:
        return _between(*_offloaded(accounting, question, gpu, in_ram))
    estimate = speed.decode(accounting, gpu, context, cache_type, cards=question.cards, split=question.split)
    return _between(estimate, estimate)


def _offloaded(
    accounting: Accounting, question: Question, gpu: GpuSpec, in_ram: Placement
) -> tuple[Estimate, Estimate]:
    """With the RAM that was named, or at both usual ends."""
    what = (accounting, gpu, in_ram.flags, question.context, question.cache_type)
    if question.ram_gb_s is None:
        return speed.at_usual_ends(*what)
    estimate = speed.decode_offloaded(*what, ram_gb_s=question.ram_gb_s)
    return estimate, estimate


def _between(slow: Estimate, fast: Estimate) -> Expected:
    first, last = figures.expected(slow.tokens_s), figures.expected(fast.tokens_s)
    return Expected(first if first == last else f"{first}–{last}", figures.expected_range(slow.low, fast.high))


def ram_note(question: Question) -> str:
    """Which RAM a part lies in; "" where none does."""
    if question.one_pool:
        return "Its memory is the system's own: there is no other RAM to put a part into."
    if not question.offload or question.cards > 1 or question.gpu is None:
        return ""
    if question.ram_gb_s is not None:
        return f"The RAM is taken to give {question.ram_gb_s:,g} GB/s on paper."
    slow, fast = (NAMES[kind] for kind in USUAL_ENDS)
    return (
        f"No RAM was named: with a part in RAM, the speed to expect goes from that with {slow}, to that with {fast}. "
        "Name yours for one figure."
    )
