"""Each size of memory is shown on one card, with the largest and the newest model that it runs."""

import datetime
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.verdict import Kind
from fitpages.pages.guides.pair_figures import pair_figures
from fitpages.pages.guides.tiers import Price, Tier, prices, tier_cards, tiers
from fitpages.site import Link
from tests.fitpages.guides import answer_at
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import snapshot_of

ARCHITECTURE = dense(layers=32, width=4096, heads=32, feed_forward=14336)


def card(name: str, bandwidth_gb_s: int = 900, **facts: object) -> PublishedGpu:
    return published_gpu(name, memory_gb=24, bandwidth_gb_s=bandwidth_gb_s, **facts)


def chosen(*gpus: PublishedGpu) -> list[str]:
    return [gpu.name for gpu in tier_cards(snapshot_of(gpus=gpus))]


def of_models(*models: PublishedModel) -> Tier | None:
    snapshot = snapshot_of(gpus=[card("RTX 24")], models=models)
    return next(iter(tiers(snapshot, tier_cards(snapshot))), None)


def test_each_size_of_memory_that_people_choose_between_has_a_card(small: Snapshot) -> None:
    assert [gpu.slug for gpu in tier_cards(small)] == ["rtx-8", "rtx-24", "mac-64", "h80"]
    assert chosen(published_gpu("RTX 20", memory_gb=20, bandwidth_gb_s=900)) == []


def test_the_fastest_card_of_a_size_is_taken() -> None:
    assert chosen(card("RTX Fast", 1000), card("RTX Slow", 999)) == ["RTX Fast"]


def test_memory_of_its_own_goes_before_bandwidth() -> None:
    assert chosen(card("Mac 24", 9000, unified_memory=True), card("RTX 24")) == ["RTX 24"]


def test_the_same_bandwidth_is_decided_by_the_newer_card() -> None:
    dates = {"RTX Old": datetime.date(2020, 1, 1), "RTX New": datetime.date(2024, 1, 1), "RTX Undated": None}
    assert chosen(*(card(name, release_date=date) for name, date in dates.items())) == ["RTX New"]


def test_a_card_that_is_not_common_is_not_shown() -> None:
    assert chosen(card("RTX Rare", common=False)) == []


def test_the_largest_model_that_runs_is_shown(small: Snapshot) -> None:
    shown = {tier.memory: tier.largest.model for tier in tiers(small, tier_cards(small))}
    assert shown == {"8 GB": "Small 8B", "24 GB": "Mixture 30B", "64 GB": "Large 70B", "80 GB": "Large 70B"}


def test_of_each_size_the_answers_of_the_pages_are_shown(small: Snapshot) -> None:
    for tier in tiers(small, tier_cards(small)):
        for shown in filter(None, (tier.largest, tier.newer)):
            assert shown == pair_figures(answer_at(small, shown.address))
            assert answer_at(small, shown.address).verdict.kind is Kind.ON_CARD


def test_a_card_that_runs_nothing_has_no_tier() -> None:
    assert of_models() is None


def test_a_newer_model_counts_from_three_quarters_of_the_largest_on() -> None:
    old = published_model("Old 20B", 20 * 10**9, ARCHITECTURE, release_date=datetime.date(2023, 1, 1))
    new = {"release_date": datetime.date(2025, 3, 1)}
    just, below = (published_model("New 15B", 15 * 10**9 - short, ARCHITECTURE, **new) for short in (0, 1))
    reached, missed = of_models(old, just), of_models(old, below)
    assert reached
    assert reached.newer
    assert (reached.newer.model, reached.released) == ("New 15B", "Mar 2025")
    assert missed
    assert missed.newer
    assert missed.newer.model == "Old 20B"


def test_a_model_that_is_not_counted_is_not_shown() -> None:
    assert of_models(published_model("Closed 20B", 20 * 10**9, None)) is None


def test_without_a_date_there_is_no_newer_one() -> None:
    tier = of_models(published_model("Undated 20B", 20 * 10**9, ARCHITECTURE, release_date=None))
    assert tier
    assert (tier.newer, tier.released) == (None, "")


def test_prices_are_those_at_launch_and_cards_without_one_are_left_out(small: Snapshot) -> None:
    assert prices(tier_cards(small)) == (
        Price(card=Link("RTX 8", "/gpus/rtx-8/"), memory="8 GB", price="$999", released="May 2023", power="130 W"),
        Price(card=Link("RTX 24", "/gpus/rtx-24/"), memory="24 GB", price="$1,599", released="May 2023", power="300 W"),
    )


def test_a_price_is_rounded_and_what_is_not_known_is_a_dash() -> None:
    unknown = card("RTX 24", launch_price_usd=Decimal("1234.50"), power_w=None, release_date=None)
    (price,) = prices([unknown])
    assert (price.price, price.power, price.released) == ("$1,235", "—", "—")
