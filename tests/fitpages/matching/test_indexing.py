"""Search engines are told of pairs with complete records and a need within four times the usable memory."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.matching.indexing import indexable_pairs, smallest_quant, worth_indexing
from fitpages.matching.pairs import Pair
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def card_of(usable_bytes: Decimal) -> Pair:
    """The small model on a card with exactly so much usable memory."""
    snapshot = snapshot_of()
    gpu = published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100)
    spec = replace(gpu.spec, nameplate_gb=usable_bytes / 10**9, usable_share=Decimal(1))
    return Pair(snapshot.models["small-8b"], replace(gpu, spec=spec))


@pytest.mark.parametrize(("difference", "is_worth"), [(1, True), (0, True), (-1, False)])
def test_a_need_of_exactly_four_times_the_usable_memory_is_worth_it_and_one_byte_more_is_not(
    small: Snapshot, difference: int, is_worth: bool
) -> None:
    need = rule_of_thumb.need_bytes(small.models["small-8b"].spec, smallest_quant(small))
    pair = card_of(need / 4 + difference)
    assert worth_indexing(small, pair) is is_worth


@pytest.mark.parametrize(
    "missing",
    [{"native_context": None}, {"architecture_digest": ""}, {"sources": ()}],
    ids=lambda fact: next(iter(fact)),
)
def test_a_model_with_a_fact_missing_is_not_worth_it(small: Snapshot, missing: dict[str, object]) -> None:
    model, gpu = small.models["small-8b"], small.gpus["rtx-24"]
    assert worth_indexing(small, Pair(model, gpu))
    assert not worth_indexing(small, Pair(replace(model, **missing), gpu))


def test_a_mixture_whose_active_part_is_unknown_and_a_card_without_sources_are_not_worth_it(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    assert worth_indexing(small, Pair(model, gpu))
    unknown = replace(model, spec=replace(model.spec, active_parameters=None))
    assert not worth_indexing(small, Pair(unknown, gpu))
    assert not worth_indexing(small, Pair(model, replace(gpu, sources=())))


def test_every_pair_that_is_worth_it_comes_once_in_order(small: Snapshot) -> None:
    pairs = [Pair(model, gpu) for model in small.models.values() for gpu in small.gpus.values()]
    listed = list(indexable_pairs(small))
    assert listed == [pair for pair in pairs if worth_indexing(small, pair)]
    assert 0 < len(listed) < len(pairs)


def test_nothing_is_listed_without_a_quantization() -> None:
    assert list(indexable_pairs(snapshot_of(quants=(), default_slug=""))) == []


def test_the_smallest_quantization_is_that_of_the_fewest_bytes_wherever_it_stands(small: Snapshot) -> None:
    assert smallest_quant(small).slug == "q3-k-m"
    assert smallest_quant(snapshot_of(quants=tuple(reversed(small.quants)))).slug == "q3-k-m"
