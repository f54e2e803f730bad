"""What follows from no changed row is worked out once for both pictures, and what may differ is not shared."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.desk.effects.affected import affected
from fitpages.desk.effects.compared import compare
from fitpages.matching.answers import answer, answer_after, candidates
from fitpages.matching.levels import levels
from tests.fitpages.desk.effects.changed import CHANGES, with_gpu, with_model, with_quant
from tests.small_catalog import small_catalog


def test_a_change_of_a_card_leaves_the_models_as_they_were_worked_out(small: Snapshot) -> None:
    after = with_gpu("rtx-24", bandwidth_gb_s=Decimal(108))
    affected(small, after)
    for model in small.models.values():
        assert candidates(after, model) is candidates(small, model)


def test_a_change_of_a_quantization_shares_no_levels(small: Snapshot) -> None:
    after = with_quant("q4-k-m", worth_recommending=False)
    affected(small, after)
    model = small.models["small-8b"]
    assert levels(after, model) != levels(small, model)


def test_a_model_that_changes_is_not_the_other_one(small: Snapshot) -> None:
    after = with_model("small-8b", parameters=9 * 10**9)
    affected(small, after)
    assert candidates(after, after.models["small-8b"]) is not candidates(small, small.models["small-8b"])


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_answers_are_those_of_pictures_that_share_nothing(change: Callable[[], Snapshot]) -> None:
    before, after, alone = small_catalog(), change(), change()
    compare(before, after, affected(before, after).pairs())
    for model in after.models.values() if after.quants else ():
        for gpu in after.gpus.values():
            fresh = answer(alone, alone.models[model.slug], alone.gpus[gpu.slug])
            assert answer(after, model, gpu).verdict == fresh.verdict
            if before.models.get(model.slug) is model and before.gpus.get(gpu.slug) is gpu and before.quants:
                assert answer_after(before, answer(before, model, gpu), after).verdict == fresh.verdict
