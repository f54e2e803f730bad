"""Made-up cards at the least bandwidth that makes a pace."""

from collections.abc import Callable
from decimal import Decimal

from fit.specs import GpuSpec
from tests.builders import gpu_spec

Pace = Callable[[GpuSpec], float]
# A billionth of a GB/s.
STEP_DIGITS = 9
MOST_STEPS = 10**12


def card_of(steps: int, **facts: object) -> GpuSpec:
    """A card of so many billionths of a GB/s."""
    return gpu_spec(**{"speed_class": "nvidia-gddr", "bandwidth_gb_s": Decimal(steps).scaleb(-STEP_DIGITS), **facts})


def around(tokens_s: float, pace: Pace, **facts: object) -> tuple[GpuSpec, GpuSpec]:
    """A card that is just too slow for so many tokens per second, and the slowest that is not."""
    low, high = 1, MOST_STEPS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if pace(card_of(middle, **facts)) < tokens_s else (low, middle)
    slow, quick = card_of(low, **facts), card_of(high, **facts)
    assert pace(slow) < tokens_s <= pace(quick)
    return slow, quick
