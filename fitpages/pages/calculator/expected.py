"""The speed that the calculator expects: on the cards that were asked for, or with a part in RAM."""

from typing import NamedTuple

from fit import speed
from fit.memory import Accounting
from fit.placement import Placement
from fit.ram import NAMES, USUAL_ENDS
from fit.specs import GpuSpec
from fit.speed import Estimate
from fit.verdict import LEAST_TOKENS_S, LEAST_WITH_RAM_TOKENS_S
from fitpages.pages.calculator.question import Question
from fitpages.text import figures
from fitpages.text.spans import span


class Expected(NamedTuple):
    """Tokens per second, and the range of it; two ends where no RAM was named. `is_too_slow` to be of use, even with
    the faster RAM."""

    tokens_s: str
    span: str
    is_too_slow: bool = False


NOTHING = Expected(figures.NOT_SHOWN, "")


def expected(accounting: Accounting, question: Question, fits: bool, in_ram: Placement | None) -> Expected:
    """Where it fits, on as many cards as were asked for; else with what was asked for in RAM."""
    gpu, context, cache_type = question.gpu, question.context, question.cache_type
    if gpu is None or not (fits or in_ram):
        return NOTHING
    if in_ram and not fits:
        return _between(*_offloaded(accounting, question, gpu, in_ram), least=LEAST_WITH_RAM_TOKENS_S)
    estimate = speed.decode(accounting, gpu, context, cache_type, cards=question.cards, split=question.split)
    return _between(estimate, estimate, least=LEAST_TOKENS_S)


def _offloaded(
    accounting: Accounting, question: Question, gpu: GpuSpec, in_ram: Placement
) -> tuple[Estimate, Estimate]:
    """With the RAM that was named, or at both usual ends."""
    what = (accounting, gpu, in_ram.flags, question.context, question.cache_type)
    if question.ram_gb_s is None:
        return speed.at_usual_ends(*what)
    estimate = speed.decode_offloaded(*what, ram_gb_s=question.ram_gb_s)
    return estimate, estimate


def _between(slow: Estimate, fast: Estimate, *, least: float) -> Expected:
    """Of one estimate the range as the pages of pairs say it; of two the outer ends."""
    first, last = figures.expected(slow.tokens_s), figures.expected(fast.tokens_s)
    range_of = span if slow is fast else figures.expected_range
    return Expected(
        tokens_s=first if first == last else f"{first}–{last}",
        span=range_of(slow.low, fast.high),
        is_too_slow=fast.tokens_s < least,
    )


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
