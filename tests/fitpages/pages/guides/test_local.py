"""The guide to running models locally: its sizes of memory, its cards and their prices."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.verdict import Kind, assess
from fitpages.matching.answers import candidates
from fitpages.matching.examples import MEMORY_SIZES_GB
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.tiers import tier_cards
from fitpages.text import figures
from tests.fitpages.catalogs import as_started_and_edited
from tests.fitpages.guides import answer_at, read


def runs(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> bool:
    """`fit` asked afresh: on the card alone, as counted, at the default or a better level."""
    of_model = candidates(snapshot, model)
    verdict = assess(of_model, gpu.spec)
    levels = list(of_model.levels.worthy)
    if verdict.kind is not Kind.ON_CARD or not verdict.is_counted:
        return False
    return levels.index(verdict.quant) <= levels.index(of_model.levels.default)


@as_started_and_edited
def test_each_size_shows_the_largest_and_the_newest_model_that_runs_on_the_card(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    for tier in local_guide.build(snapshot).tiers:
        largest = answer_at(snapshot, tier.largest.address)
        least = Decimal("0.75") * largest.model.spec.parameters
        near = [model for model in snapshot.models.values() if model.common and model.spec.parameters >= least]
        running = [model for model in near if runs(snapshot, model, largest.gpu)]
        assert largest.model.spec.parameters == max(model.spec.parameters for model in running)
        dated = [model.release_date for model in running if model.release_date]
        assert (tier.newer is not None) == bool(dated)
        if tier.newer:
            newer = answer_at(snapshot, tier.newer.address)
            assert newer.gpu is largest.gpu
            assert newer.model in running
            assert newer.model.release_date == max(dated)
            assert tier.released == f"{max(dated):%b %Y}"


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
    assert "the weights plus 33% against 87% of the card's memory" in prose


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
