"""The guide to running models locally: its sizes of memory, its cards and their prices."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.assessment import assess
from fitpages.matching.examples import MEMORY_SIZES_GB
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import default_of
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.tiers import tier_cards
from fitpages.text import figures
from tests.fitpages.catalogs import as_started_and_edited, in_every_catalog
from tests.fitpages.guides import page_of, read


def runs(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, quant: PublishedQuant) -> bool:
    """`fit` asked afresh: by the accounting where there is one, elsewhere by the rule of thumb."""
    row = assess(model.spec, gpu.spec, [quant.spec], quant.spec, file_sizes(snapshot, model)).quants[0]
    return row.exact.fits if row.exact else row.fits


@in_every_catalog
def test_each_size_shows_the_largest_and_the_newest_model_that_fits(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = local_guide.build(snapshot)
    for tier in page.tiers:
        pair, _ = page_of(snapshot, tier.largest.address)
        assert tier.largest.quant == default_of(snapshot, pair.model).short_name
        least = Decimal("0.75") * pair.model.spec.parameters
        fitting = [
            model
            for model in snapshot.models.values()
            if model.spec.parameters >= least and runs(snapshot, model, pair.gpu, default_of(snapshot, model))
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
    assert [tier.memory for tier in page.tiers] == [f"{size} GB" for size in MEMORY_SIZES_GB]
    for tier, size in zip(page.tiers, MEMORY_SIZES_GB, strict=True):
        card = snapshot.gpus[tier.card.address.split("/")[2]]
        of_size = [gpu for gpu in snapshot.gpus.values() if gpu.common and gpu.spec.nameplate_gb == size]
        own = [gpu for gpu in of_size if not gpu.spec.unified_memory]
        assert card in (own or of_size)
        assert card.spec.bandwidth_gb_s == max(gpu.spec.bandwidth_gb_s for gpu in own or of_size)


def test_the_unified_share_is_the_rules_own_in_the_text(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "counts on 72% of it" in read(local_guide.build, snapshot).prose
    monkeypatch.setattr(rule_of_thumb, "UNIFIED_USABLE_SHARE", Decimal("0.61"))
    monkeypatch.setattr(rule_of_thumb, "USABLE_SHARE", Decimal("0.87"))
    monkeypatch.setattr(rule_of_thumb, "OVERHEAD", Decimal("1.33"))
    prose = read(local_guide.build, snapshot).prose
    assert "counts on 61% of it" in prose
    assert "its weights plus 33%, and a card offers 87% of its memory" in prose


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
