"""The largest model of a card is a common one whose answer is that it runs on the card alone."""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import answer
from fitpages.matching.largest import largest_on_card, on_card
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import snapshot_of


@pytest.mark.parametrize("gpu", ["rtx-8", "rtx-24", "h80", "rx-16-laptop", "mac-64"])
def test_models_come_by_size_and_are_all_that_run_alone(small: Snapshot, gpu: str) -> None:
    card = small.gpus[gpu]
    answers = [answer(small, model, card) for model in reversed(small.models_by_size)]
    assert list(on_card(small, card)) == [said for said in answers if said.verdict.kind is Kind.ON_CARD]
    assert largest_on_card(small, card) == next(on_card(small, card))


def test_one_that_fits_but_is_too_slow_is_left_out() -> None:
    giant = published_model("Giant 90B", 90_000_000_000, dense(layers=100, width=8192, heads=64, feed_forward=28672))
    slow = published_gpu("Mini 128", memory_gb=128, bandwidth_gb_s=60, unified_memory=True, reported_mib=120000)
    snapshot = snapshot_of(models=[giant], gpus=[slow])
    assert answer(snapshot, giant, slow).verdict.kind is Kind.NOT_IN_PRACTICE
    assert largest_on_card(snapshot, slow) is None


def test_a_card_that_holds_nothing_has_none(small: Snapshot) -> None:
    assert largest_on_card(small, published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100)) is None


def test_one_without_tensors_is_asked_by_the_rule(small: Snapshot) -> None:
    largest = largest_on_card(small, small.gpus["h80"])
    assert largest
    assert (largest.model.slug, largest.verdict.is_counted) == ("closed-100b", False)


def test_what_nobody_takes_is_not_named_however_large(small: Snapshot) -> None:
    models = [replace(model, common=model.slug != "large-70b") for model in small.models.values()]
    assert [there.model.slug for there in on_card(snapshot_of(models=models), small.gpus["h80"])] == [
        "closed-100b",
        "mixture-30b",
        "small-8b",
    ]
