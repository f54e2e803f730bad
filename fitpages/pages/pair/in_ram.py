"""What is said of the speed with a part of the model in RAM: at both usual ends of RAM, and how much that takes."""

from fit.assessment import QuantFit
from fit.placement import Placement
from fit.speed import Estimate
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures


def pace(assessed: AssessedPair, offload: Placement) -> str:
    """What to expect of the default quantization, at the reference context."""
    ends = _at_usual_ends(assessed, offload)
    slow, fast = (figures.expected(estimate.tokens_s) for estimate in ends)
    span = f"({figures.expected(ends[0].low)} to {figures.expected(ends[1].high)} in all)"
    if slow == fast:
        return f"expect about {slow} tokens per second with two channels of DDR4 or DDR5 {span}"
    return f"expect about {slow} tokens per second with two channels of DDR4 and {fast} with two of DDR5 {span}"


def faster(assessed: AssessedPair) -> Placement | None:
    """Experts or whole layers in RAM, whichever is faster; None where neither is a way."""
    ways = [placed for placed in assessed.in_ram if placed]
    return max(ways, key=lambda placed: _at_usual_ends(assessed, placed)[0].tokens_s, default=None)


def is_much_faster(assessed: AssessedPair, placed: Placement, other: Placement) -> bool:
    """By a tenth or more, with the slower of the usual ends."""
    first, second = (_at_usual_ends(assessed, way)[0].tokens_s for way in (placed, other))
    return first > 1.1 * second


def sentence(assessed: AssessedPair) -> str:
    """How fast the default quantization is with a part in RAM, and how much that takes; "" where it cannot be so."""
    offload = faster(assessed)
    if offload is None:
        return ""
    fit = assessed.default_fit
    context = figures.tokens(_reference_context(fit))
    what = f"At {assessed.short_name(fit)} with {_placed(offload)}, and {context} tokens of context"
    return f"{what}, {pace(assessed, offload)}."


def _placed(offload: Placement) -> str:
    ram = figures.counted(offload.ram_bytes)
    if offload.flags.cpu_moe_layers:
        return f"the experts of {offload.flags.cpu_moe_layers} of {offload.layers} layers in RAM, {ram} in all"
    return f"{sum(offload.layers_on_cards)} of {offload.layers} layers in VRAM, {ram} in RAM"


def _reference_context(fit: QuantFit) -> int:
    assert fit.exact
    return fit.exact.accounting.reference_context


def _at_usual_ends(assessed: AssessedPair, offload: Placement) -> tuple[Estimate, Estimate]:
    return assessed.at_usual_ends[offload.flags]
