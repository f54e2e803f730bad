"""Which range stands beside an estimate."""

import pytest

from fit.spans import FEW_MODELS, laptops_of, span_of
from tests.builders import gpu_spec
from tests.fit.constants import decode_class, of_range, speed_constants


@pytest.mark.parametrize(("models", "state"), [(0, "unseen"), (1, "unseen"), (2, "measured"), (9, "measured")])
@pytest.mark.parametrize("mixture", [False, True])
def test_from_two_models_on_the_errors_of_measured_cards_are_the_guide(models: int, state: str, mixture: bool) -> None:
    assert FEW_MODELS == 2
    spans = getattr(decode_class(), state)
    assert span_of(decode_class(), models, mixture) == (spans.mixture if mixture else spans.dense)


def test_a_laptop_has_the_wider_of_its_class_and_of_laptops_until_it_was_measured() -> None:
    laptops = laptops_of(gpu_spec(laptop=True), speed_constants())
    assert laptops == of_range(0.6, 1.1, 8)
    assert span_of(decode_class(), 1, False, laptops) == of_range(0.6, 1.25, 5)
    assert span_of(decode_class(), 1, True, laptops) == of_range(0.5, 2.0, 3)
    assert span_of(decode_class(), 2, False, laptops) == decode_class().measured.dense
    assert laptops_of(gpu_spec(), speed_constants()) is laptops_of(None, speed_constants()) is None
