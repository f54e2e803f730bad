"""The machine to want is the smallest common one that holds the default, counted as advice counts."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fit.advice import advised_bytes
from fit.verdict import Kind
from fitpages.matching.answers import answer, candidates
from fitpages.matching.machines import advised_machine, card_holding, wanted_card, wanted_context, wanted_mac
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def slug(card: PublishedGpu | None) -> str | None:
    return card.slug if card else None


@pytest.mark.parametrize(
    ("model", "card"),
    [("small-8b", "rtx-24"), ("mixture-30b", "rtx-24"), ("large-70b", "h80"), ("closed-100b", "h80")],
)
def test_it_is_the_smallest_that_holds_the_default_with_32k(small: Snapshot, model: str, card: str) -> None:
    wanted = wanted_card(small, small.models[model])
    assert slug(wanted) == card
    assert wanted
    assert answer(small, small.models[model], wanted).verdict.kind is Kind.ON_CARD


def test_none_of_shared_memory_of_laptops_or_with_several_gpus_is_named() -> None:
    sizes = {"memory_gb": 16, "bandwidth_gb_s": 400}
    others = (
        published_gpu("RTX 16 Laptop", segment="laptop", **sizes),
        published_gpu("Ryzen 16", unified_memory=True, **sizes),
        published_gpu("Twin 16", gpus_per_board=2, **sizes),
        published_gpu("Rare 16", common=False, **sizes),
    )
    snapshot = snapshot_of(gpus=[*five_gpus(), *others])
    assert slug(wanted_card(snapshot, snapshot.models["small-8b"])) == "rtx-24"
    one_more = snapshot_of(gpus=[*five_gpus(), *others, published_gpu("RTX 16", **sizes)])
    assert slug(wanted_card(one_more, one_more.models["small-8b"])) == "rtx-16"


def test_a_mac_s_page_names_a_mac_and_a_machine_that_holds_it_names_none(small: Snapshot) -> None:
    little = published_gpu(
        "Mac 16", memory_gb=16, bandwidth_gb_s=100, vendor="Apple", segment="apple", unified_memory=True
    )
    snapshot = snapshot_of(gpus=[*five_gpus(), little])
    assert slug(wanted_mac(snapshot, snapshot.models["large-70b"])) == "mac-64"
    assert wanted_mac(snapshot_of(gpus=[little]), snapshot.models["large-70b"]) is None
    mixture = snapshot.models["mixture-30b"]
    assert slug(advised_machine(snapshot, answer(snapshot, mixture, little))) == "mac-64"
    assert slug(advised_machine(snapshot, answer(snapshot, mixture, snapshot.gpus["rtx-8"]))) == "rtx-24"
    assert advised_machine(snapshot, answer(snapshot, mixture, snapshot.gpus["rtx-24"])) is None


def test_of_equals_it_is_the_one_with_the_least_bandwidth() -> None:
    cards = [published_gpu(f"RTX {pace}", memory_gb=24, bandwidth_gb_s=pace) for pace in (900, 300, 600)]
    snapshot = snapshot_of(gpus=cards)
    assert slug(wanted_card(snapshot, snapshot.models["small-8b"])) == "rtx-300"


def test_what_advice_keeps_free_is_kept_free(small: Snapshot) -> None:
    model = small.models["small-8b"]
    need = candidates(small, model).need(small.default_quant.spec)
    assert need.accounting
    total = need.accounting.total(8192)
    cards = [
        published_gpu(f"RTX {mib}", memory_gb=8, bandwidth_gb_s=300, reported_mib=mib) for mib in range(5000, 8000)
    ]
    snapshot = snapshot_of(gpus=cards)
    holding = card_holding(snapshot, need, 8192)
    assert holding
    assert total <= advised_bytes(holding.spec) < total + 2 * 2**20


def test_where_none_holds_it_there_is_none() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug != "h80"])
    assert wanted_card(snapshot, snapshot.models["large-70b"]) is None


def test_a_model_of_less_context_is_asked_for_its_own(small: Snapshot) -> None:
    model = small.models["small-8b"]
    assert wanted_context(model) == 32768
    assert wanted_context(replace(model, spec=replace(model.spec, native_context=4096))) == 4096
    assert wanted_context(small.models["closed-100b"]) == 32768
