"""The levels of a model, and how its pages speak of them."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.fits import assessment, best_quant, fits_default, wanted_card
from fitpages.matching.levels import default_of, levels
from fitpages.matching.pairs import Pair
from tests.fitpages.levels import with_native, with_others


def test_most_models_have_the_popular_default_and_are_asked_at_the_usual_levels(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert default_of(small, model) is small.default_quant
    assert [quant.slug for quant in levels(small, model).always] == [quant.slug for quant in small.quants]


def test_a_model_made_in_four_bits_is_asked_at_that_level_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    model = snapshot.models["native-30b"]
    assert default_of(snapshot, model).name == "MXFP4"
    assert default_of(snapshot, snapshot.models["mixture-30b"]) is snapshot.default_quant


@pytest.mark.parametrize(("gpu", "fits"), [("rtx-24", True), ("rtx-8", False), ("mac-64", True)])
def test_what_fits_of_it_is_that_level_or_nothing(monkeypatch: pytest.MonkeyPatch, gpu: str, fits: bool) -> None:
    snapshot = with_native(monkeypatch)
    model, card = snapshot.models["native-30b"], snapshot.gpus[gpu]
    best = best_quant(snapshot, model, card)
    assert (best.name if best else None) == ("MXFP4" if fits else None)
    assert fits_default(snapshot, model, card) is fits
    assert wanted_card(snapshot, model) is snapshot.gpus["rtx-24"]


def test_a_level_below_is_looked_at_only_where_no_usual_one_fits() -> None:
    snapshot = with_others()
    model = snapshot.models["large-70b"]

    def lower(gpu: str) -> list[str]:
        return [fit.quant.slug for fit in assessment(snapshot, Pair(model, snapshot.gpus[gpu])).lower]

    assert lower("rtx-32") == ["q2-k"]
    assert lower("h80") == lower("rtx-24") == []
    assert best_quant(snapshot, model, snapshot.gpus["rtx-32"]) is None
