"""The card to want is the smallest common one that holds the default, counted as advice counts."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fit.advice import advised_bytes
from fit.verdict import Kind
from fitpages.matching.answers import answer, candidates
from fitpages.matching.cards import advised_card, advised_context, card_holding, common_cards
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def slug(card: PublishedGpu | None) -> str | None:
    return card.slug if card else None


@pytest.mark.parametrize(
    ("model", "card"),
    [("small-8b", "rtx-24"), ("mixture-30b", "rtx-24"), ("large-70b", "h80"), ("closed-100b", "h80")],
)
def test_it_is_the_smallest_that_holds_the_default_with_32k(small: Snapshot, model: str, card: str) -> None:
    wanted = advised_card(small, small.models[model])
    assert slug(wanted) == card
    assert wanted
    assert answer(small, small.models[model], wanted).verdict.kind is Kind.ON_CARD


def test_none_of_shared_memory_of_laptops_or_uncommon_is_named(small: Snapshot) -> None:
    laptop = published_gpu("RTX 10 Laptop", memory_gb=10, bandwidth_gb_s=400)
    as_laptop = replace(laptop, spec=replace(laptop.spec, laptop=True))
    snapshot = snapshot_of(gpus=[*five_gpus(), as_laptop])
    assert [card.slug for card in common_cards(snapshot)] == ["rtx-8", "rtx-24", "h80"]
    assert slug(advised_card(snapshot, snapshot.models["small-8b"])) == "rtx-24"


def test_of_equals_it_is_the_one_with_the_least_bandwidth() -> None:
    cards = [published_gpu(f"RTX {pace}", memory_gb=24, bandwidth_gb_s=pace) for pace in (900, 300, 600)]
    snapshot = snapshot_of(gpus=cards)
    assert slug(advised_card(snapshot, snapshot.models["small-8b"])) == "rtx-300"


def test_what_advice_keeps_free_is_kept_free(small: Snapshot) -> None:
    model = small.models["small-8b"]
    need = candidates(small, model).need(small.default_quant.spec)
    assert need.accounting
    total = need.accounting.total(8192)
    cards = [
        published_gpu(f"RTX {mib}", memory_gb=8, bandwidth_gb_s=300, reported_mib=mib) for mib in range(5000, 8000)
    ]
    snapshot = snapshot_of(gpus=cards)
    holding = card_holding(snapshot, model, small.default_quant, 8192)
    assert holding
    assert total <= advised_bytes(holding.spec) < total + 2 * 2**20


def test_where_none_holds_it_there_is_none() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug != "h80"])
    assert advised_card(snapshot, snapshot.models["large-70b"]) is None


def test_a_model_of_less_context_is_asked_for_its_own(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert advised_context(model) == 32768
    assert advised_context(replace(model, spec=replace(model.spec, native_context=4096))) == 4096
    assert advised_context(small.models["closed-100b"]) == 32768
