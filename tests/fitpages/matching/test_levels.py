"""The levels of a model, and how its pages speak of them."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.levels import default_of, levels
from tests.fitpages.levels import with_native


def test_most_models_have_the_popular_default_and_are_asked_at_the_usual_levels(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert default_of(small, model) is small.default_quant
    assert [quant.slug for quant in levels(small, model).always] == [quant.slug for quant in small.quants]


def test_a_model_made_in_four_bits_is_asked_at_that_level_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    model = snapshot.models["native-30b"]
    assert default_of(snapshot, model).name == "MXFP4"
    assert default_of(snapshot, snapshot.models["mixture-30b"]) is snapshot.default_quant
