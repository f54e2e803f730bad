"""The guide to running models locally: its sizes of memory, its comparisons, its cards and prices."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.verdict import assess
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.tiers import TIERS_GB, tier_cards
from fitpages.text import figures
from tests.fitpages.catalogs import as_started_and_edited, changed, in_every_catalog
from tests.fitpages.guides import page_of, read


def runs(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, quant: PublishedQuant) -> bool:
    """`fit` asked afresh: by the accounting where there is one, elsewhere by the rule of thumb."""
    sizes = {slug: file.size_bytes for slug, file in snapshot.files_of.get(model.slug, {}).items()}
    row = assess(model.spec, gpu.spec, [quant.spec], quant.spec, sizes).quants[0]
    return row.exact.fits if row.exact else row.fits


@in_every_catalog
def test_each_size_shows_the_largest_and_the_newest_model_that_fits(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = local_guide.build(snapshot)
    for tier in page.tiers:
        pair, _ = page_of(snapshot, tier.largest.address)
        assert snapshot.default_quant is not None
        assert tier.largest.quant == snapshot.default_quant.short_name
        least = Decimal("0.75") * pair.model.spec.parameters
        fitting = [
            model
            for model in snapshot.models.values()
            if model.spec.parameters >= least and runs(snapshot, model, pair.gpu, snapshot.default_quant)
        ]
        assert pair.model.spec.parameters == max(model.spec.parameters for model in fitting)
        assert tier.largest.parameters == figures.parameters(pair.model.spec.parameters)
        near = [model.release_date for model in fitting if model.release_date]
        assert (tier.newer is not None) == bool(near)
        if tier.newer:
            newer, _ = page_of(snapshot, tier.newer.address)
            assert newer.gpu is pair.gpu
            assert newer.model in fitting
            assert newer.model.release_date == max(near)
            assert tier.released == f"{max(near):%b %Y}"


@as_started_and_edited
def test_each_size_is_shown_on_its_fastest_common_card(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = local_guide.build(snapshot)
    assert [tier.memory for tier in page.tiers] == [f"{size} GB" for size in TIERS_GB]
    for tier, size in zip(page.tiers, TIERS_GB, strict=True):
        card = snapshot.gpus[tier.card.address.split("/")[2]]
        of_size = [gpu for gpu in snapshot.gpus.values() if gpu.common and gpu.spec.nameplate_gb == size]
        own = [gpu for gpu in of_size if not gpu.spec.unified_memory]
        assert card in (own or of_size)
        assert card.spec.bandwidth_gb_s == max(gpu.spec.bandwidth_gb_s for gpu in own or of_size)


@in_every_catalog
def test_bandwidth_is_compared_between_cards_of_equal_memory(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).bandwidths
    if example is None:
        return
    (slow, _), (fast, _) = page_of(snapshot, example.slower.address), page_of(snapshot, example.faster.address)
    assert slow.model is fast.model
    assert not slow.model.spec.mixture_of_experts
    assert slow.gpu.spec.nameplate_gb == fast.gpu.spec.nameplate_gb
    assert example.slower.fits
    assert example.faster.fits
    ratio = fast.gpu.spec.bandwidth_gb_s / slow.gpu.spec.bandwidth_gb_s
    assert ratio > 1
    assert abs(Decimal(example.ratio) - ratio) <= Decimal("0.05")


@in_every_catalog
def test_a_machine_is_compared_with_the_card_that_offers_about_as_much(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).unified
    if example is None:
        return
    (machine, _), (card, _) = page_of(snapshot, example.machine.address), page_of(snapshot, example.card.address)
    assert machine.gpu.spec.unified_memory
    assert machine.model is card.model
    assert not machine.model.spec.mixture_of_experts
    assert example.machine.fits
    assert example.card.fits
    usable = rule_of_thumb.usable_bytes(machine.gpu.spec)
    gaps = {
        gpu.slug: abs(rule_of_thumb.usable_bytes(gpu.spec) - usable)
        for gpu in snapshot.common_gpus
        if not gpu.spec.unified_memory
    }
    assert gaps[card.gpu.slug] == min(gaps.values())
    assert example.machine_share == f"{round(rule_of_thumb.usable_share(machine.gpu.spec) * 100)}%"
    assert example.card_share == f"{round(rule_of_thumb.usable_share(card.gpu.spec) * 100)}%"


def test_the_card_beside_a_machine_follows_the_machines_own_share(snapshot: Snapshot) -> None:
    machine = snapshot.gpus["m4-max-64"]
    stingy = replace(machine, spec=replace(machine.spec, usable_share=Decimal("0.4")))
    example = local_guide.build(changed(snapshot, gpus=[*snapshot.gpus.values(), stingy])).unified
    assert example is not None
    assert (example.machine.gpu, example.machine_share) == ("Apple M4 Max 64GB", "40%")
    assert example.card.memory == "24 GB"


def test_the_unified_share_is_the_rules_own_in_the_text(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "counts on 72% of it" in read(local_guide.build, snapshot).prose
    monkeypatch.setattr(rule_of_thumb, "UNIFIED_USABLE_SHARE", Decimal("0.61"))
    monkeypatch.setattr(rule_of_thumb, "USABLE_SHARE", Decimal("0.87"))
    monkeypatch.setattr(rule_of_thumb, "OVERHEAD", Decimal("1.33"))
    prose = read(local_guide.build, snapshot).prose
    assert "counts on 61% of it" in prose
    assert "its weights plus 33%, and a card offers 87% of its memory" in prose


@in_every_catalog
def test_a_mixture_and_a_dense_model_share_a_card(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).mixture
    if example is None:
        return
    (mixture, _), (dense, _) = page_of(snapshot, example.mixture.address), page_of(snapshot, example.dense.address)
    assert mixture.gpu is dense.gpu
    assert mixture.model.spec.mixture_of_experts
    assert not dense.model.spec.mixture_of_experts
    assert mixture.model.spec.active_parameters
    assert example.mixture.active == figures.parameters(mixture.model.spec.active_parameters)
    assert example.mixture.fits
    assert example.dense.fits


@in_every_catalog
def test_several_cards_add_memory_and_not_speed(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = local_guide.build(snapshot).several
    if example is None:
        return
    assert not example.single.fits
    pair, rows = page_of(snapshot, example.single.address)
    assert not rows[example.single.quant].fits_exactly
    usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
    for count, row in enumerate(example.rows, start=1):
        assert (row.count, row.usable) == (str(count), figures.memory(usable * count))
        best = next(
            (
                quant
                for worth in (True, False)
                for quant in snapshot.quants
                if quant.spec.worth_recommending >= worth
                and rule_of_thumb.need_bytes(pair.model.spec, quant.spec) <= usable * count
            ),
            None,
        )
        if best is None:
            assert (row.quant, row.need, row.ceiling) == ("none fits", "—", "—")
        else:
            assert row.quant == best.short_name
            assert row.need == figures.memory(rule_of_thumb.need_bytes(pair.model.spec, best.spec))
            one_card = rule_of_thumb.ceiling_tokens_s(pair.model.spec, best.spec, pair.gpu.spec)
            assert row.ceiling == figures.ceiling(one_card)


@pytest.mark.parametrize(("need", "cards"), [("22.8", 1), ("22.8000001", 2), ("45.6", 2), ("45.7", 3)])
def test_as_many_cards_as_it_takes_and_not_one_more(snapshot: Snapshot, need: str, cards: int) -> None:
    gpu = snapshot.gpus["rtx-3090"].spec
    assert local_guide.cards_needed(Decimal(need) * 10**9, gpu) == cards


@as_started_and_edited
def test_prices_are_launch_prices_with_their_date(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    reading = read(local_guide.build, snapshot)
    table = reading.table("Card")
    assert table.caption.startswith("Launch prices")
    for row, links in zip(table.rows, table.links, strict=True):
        gpu = snapshot.gpus[links[0].split("/")[2]]
        assert gpu.launch_price_usd is not None
        assert gpu.release_date is not None
        assert row == [
            gpu.name,
            figures.gigabytes(gpu.spec.nameplate_gb),
            f"${gpu.launch_price_usd:,.0f}",
            f"{gpu.release_date:%b %Y}",
            f"{gpu.power_w} W",
        ]
    unpriced = [gpu.name for gpu in tier_cards(snapshot) if gpu.launch_price_usd is None]
    assert len(table.rows) + len(unpriced) == len(tier_cards(snapshot))
    assert all(name in reading.prose for name in unpriced)
    assert "$" not in reading.prose
