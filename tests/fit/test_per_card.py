"""What is kept with a card, and for how long."""

from dataclasses import replace

from fit.per_card import per_card
from fit.specs import GpuSpec
from fit.speed_constants import SpeedConstants
from tests.builders import gpu_spec
from tests.fit.constants import speed_constants

asked: list[str] = []


@per_card
def slug_and_share(gpu: GpuSpec, constants: SpeedConstants) -> tuple[str, float]:
    asked.append(gpu.slug)
    return gpu.slug, constants.card_share


@per_card
def slug_alone(gpu: GpuSpec, _: SpeedConstants) -> str:
    return gpu.slug


def test_it_is_worked_out_once_for_a_card_and_anew_with_other_constants() -> None:
    asked.clear()
    card, other = gpu_spec(slug="card"), gpu_spec(slug="other")
    first, second = speed_constants(), speed_constants(card_share=0.7)
    assert [slug_and_share(card, first), slug_and_share(card, first)] == [("card", 0.1)] * 2
    assert asked == ["card"]
    assert slug_and_share(other, first) == ("other", 0.1)
    assert slug_and_share(card, second) == ("card", 0.7)
    assert slug_and_share(card, first) == ("card", 0.1)
    assert asked == ["card", "other", "card", "card"]


def test_figures_of_two_functions_are_told_apart_and_are_no_part_of_the_card() -> None:
    card, constants = gpu_spec(slug="card"), speed_constants()
    assert (slug_and_share(card, constants), slug_alone(card, constants)) == (("card", 0.1), "card")
    assert card == gpu_spec(slug="card")
    changed = replace(card, slug="changed")
    assert slug_alone(changed, constants) == "changed"
