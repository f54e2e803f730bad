"""The best of a model's levels, worked out once: the same as looking through them."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fit.assessment import best_of
from fit.ladder import ladder
from fit.needs import Need, needs, sized
from fit.units import GIB
from tests.builders import QUANTS, gpu_spec, model_spec

GPUS = [gpu_spec(nameplate_gb=Decimal(memory_gb), reported_mib=None) for memory_gb in (4, 8, 12, 16, 24, 48)]
SIZES = st.sampled_from([*(gpu.offer.total_bytes + more for gpu in GPUS for more in (-1, 0, 1)), GIB, 99 * GIB])
LEVELS = st.lists(st.tuples(SIZES, st.booleans()), min_size=0, max_size=len(QUANTS))


@given(LEVELS)
def test_a_ladder_says_of_every_card_what_looking_through_the_needs_says(levels: list[tuple[int, bool]]) -> None:
    model_needs = [
        sized(replace(quant, worth_recommending=worthy), size)
        for quant, (size, worthy) in zip(QUANTS, levels, strict=False)
    ]
    steps = ladder(model_needs)
    assert [steps.best(gpu) for gpu in GPUS] == [best_of(model_needs, gpu) for gpu in GPUS]


def test_where_a_level_cannot_be_counted_the_rule_is_asked() -> None:
    model_needs = (*needs(model_spec(), QUANTS[:3]), sized(QUANTS[3], GIB))
    steps = ladder(model_needs)
    assert [steps.best(gpu) for gpu in GPUS] == [best_of(model_needs, gpu) for gpu in GPUS]
    assert len({steps.best(gpu) for gpu in GPUS}) > 1


def test_a_level_that_nobody_makes_is_no_step() -> None:
    made = sized(QUANTS[2], GIB)
    by_rule = Need(QUANTS[0], Decimal(1), None, None, is_made=False)
    assert [ladder([by_rule, made]).best(gpu) for gpu in GPUS] == [QUANTS[2]] * len(GPUS)
    assert ladder([by_rule]).best(GPUS[-1]) is None
