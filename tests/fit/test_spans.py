"""Which range stands beside an estimate."""

import pytest

from fit.spans import FEW_MODELS, span_of
from tests.fit.constants import decode_class


@pytest.mark.parametrize(("models", "state"), [(0, "unseen"), (1, "unseen"), (2, "measured"), (9, "measured")])
@pytest.mark.parametrize("mixture", [False, True])
def test_from_two_models_on_the_errors_of_measured_cards_are_the_guide(models: int, state: str, mixture: bool) -> None:
    assert FEW_MODELS == 2
    assert span_of(decode_class(), models, mixture) == getattr(decode_class(), state).of(mixture=mixture)
