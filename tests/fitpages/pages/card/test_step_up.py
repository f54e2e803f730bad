"""The next step up: machines of the reader's kind that gain something, and what."""

from decimal import Decimal
from types import MappingProxyType
from typing import Any

from catalog.models import Price
from catalog.snapshot import PublishedGpu, PublishedPrice, Snapshot
from fitpages.pages.card.step_up import Step, steps
from tests.published import dense, published_gpu, published_model
from tests.scored import scores
from tests.small_catalog import snapshot_of

B = 1_000_000_000
SMALL = published_model("Small 8B", 8 * B, dense(layers=32, width=4096, heads=32, feed_forward=14336))
LARGE = published_model("Large 30B", 30 * B, dense(layers=60, width=5120, heads=40, feed_forward=27648))


def card(name: str, memory_gb: int, bandwidth_gb_s: int = 700, **facts: Any) -> PublishedGpu:
    return published_gpu(name, memory_gb=memory_gb, bandwidth_gb_s=bandwidth_gb_s, **facts)


def price(gpu: PublishedGpu, amount: int, kind: str = "used") -> PublishedPrice:
    return PublishedPrice(
        slug=f"{gpu.slug}-{amount}",
        kind_of_price=Price.Kind(kind),
        amount=Decimal(amount),
        lowest=None,
        highest=None,
        currency="USD",
        seen_in="2026-10",
        seller="",
        whole_machine=False,
        remark="",
        sources=(),
    )


def catalog(*gpus: PublishedGpu, **facts: Any) -> Snapshot:
    rated = scores(small_8b=1200, large_30b=1400)
    return snapshot_of(gpus=gpus, models=[SMALL, LARGE], benchmarks=(), scores_of=rated, **facts)


def named(found: tuple[Step, ...]) -> list[str]:
    return [step.name for step in found]


OWN = card("RTX 12", 12, launch_price_usd=None)
BIG = card("RTX 24", 24, launch_price_usd=None)


def test_a_stronger_model_is_what_more_memory_gains() -> None:
    step, *_ = steps(catalog(OWN, BIG), OWN)
    assert step.name == "RTX 24"
    assert step.address == "/gpus/rtx-24/"
    assert step.gain.startswith("Large 30B at ")


def test_of_one_size_the_cheapest_is_named_and_a_price_of_today_before_one_of_long_ago() -> None:
    dear, old = card("RTX 24D", 24, launch_price_usd=None), card("RTX 24O", 24, launch_price_usd=Decimal(100))
    prices = {"rtx-24": (price(BIG, 700),), "rtx-24d": (price(dear, 900),)}
    snapshot = catalog(OWN, BIG, dear, old, prices_of=MappingProxyType(prices))
    step, *_ = steps(snapshot, OWN)
    assert step.name == "RTX 24"
    assert step.cost
    assert step.cost.amount == 700


def test_as_much_memory_gains_speed_and_a_little_more_gains_nothing() -> None:
    fast, alike = card("RTX 12F", 12, 1100), card("RTX 12A", 12, 750)
    assert steps(catalog(OWN, alike), OWN)[:-1] == ()
    step, *_ = steps(catalog(OWN, fast), OWN)
    assert " instead of " in step.gain
    assert step.gain.startswith("Small 8B at ")


def test_machines_of_another_kind_are_no_step_for_a_laptop() -> None:
    laptop = card("RTX 12 Laptop", 12, segment="laptop", laptop=True)
    other = card("RTX 24 Laptop", 24, segment="laptop", laptop=True)
    assert named(steps(catalog(laptop, BIG, other), laptop)) == ["RTX 24 Laptop"]


def test_machines_that_are_not_common_are_no_step() -> None:
    assert "RTX 24" not in named(steps(catalog(OWN, card("RTX 24", 24, common=False)), OWN))


def test_a_second_card_is_last_and_leads_to_the_pair() -> None:
    *_, second = steps(catalog(OWN, BIG), OWN)
    assert second.name == "A second RTX 12"
    assert second.address == "/run/large-30b-on-rtx-12/"
    assert second.is_second
    assert "tokens/s" in second.gain


def test_nobody_adds_a_second_card_to_a_laptop_or_where_one_holds_the_strongest() -> None:
    laptop = card("RTX 12 Laptop", 12, segment="laptop", laptop=True)
    assert named(steps(catalog(laptop), laptop)) == []
    assert named(steps(catalog(BIG), BIG)) == []


def test_at_most_three_are_named() -> None:
    gpus = [OWN, *(card(f"RTX {size}", size, 900) for size in (16, 20, 24, 32, 48))]
    assert len(steps(catalog(*gpus), OWN)) <= 3
