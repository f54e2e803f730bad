"""The ladder: each way with the cheapest common machine that holds a model with a context and is fast enough."""

from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching import ladder as ladders
from fitpages.matching.ladder import Rung, Step, Wanted, field, ladder
from tests.fitpages.markets import box, plain_computer, published_price, with_markets
from tests.published import published_gpu
from tests.small_catalog import five_gpus

K16 = 16384


def steps(snapshot: Snapshot, model: str, context: int = K16, tokens_s: int = 10) -> dict[Rung, Step]:
    of = field(snapshot, snapshot.models[model], Wanted(context, tokens_s))
    return {step.rung: step for step in ladder(of)}


def machines(found: dict[Rung, Step]) -> dict[Rung, str]:
    return {rung: step.way.answer.gpu.slug for rung, step in found.items() if step.way}


def test_every_way_has_its_machine() -> None:
    assert machines(steps(with_markets(), "small-8b", tokens_s=5)) == {
        Rung.TWO: "rtx-8",
        Rung.CHEAPEST: "rtx-24",
        Rung.FASTEST: "rtx-24",
        Rung.MAC: "mac-64",
        Rung.BOX: "box-128",
        Rung.NO_GPU: "cpu-32",
        Rung.RENT: "h80",
    }


def test_the_cheapest_is_by_price_and_never_one_without(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = published_gpu("Cheap 48", memory_gb=48, bandwidth_gb_s=600, launch_price_usd=Decimal(500))
    unpriced = published_gpu("Unpriced 20", memory_gb=20, bandwidth_gb_s=600, launch_price_usd=None)
    snapshot = with_markets(gpus=(*five_gpus(), cheap, unpriced))
    found = steps(snapshot, "small-8b")[Rung.CHEAPEST].way
    assert found
    assert found.answer.gpu is cheap
    only = with_markets(gpus=(unpriced, published_gpu("Unpriced 48", 48, 900, launch_price_usd=None)))
    smallest = steps(only, "small-8b")[Rung.CHEAPEST].way
    assert smallest
    assert (smallest.answer.gpu, smallest.cost) == (unpriced, None)


def test_a_later_price_stands_before_that_at_launch() -> None:
    way = steps(with_markets(), "small-8b")[Rung.CHEAPEST].way
    assert way
    assert way.cost
    assert way.cost.amount == 800


def test_machines_that_are_not_common_are_on_no_rung() -> None:
    rare = published_gpu("Rare 24", memory_gb=24, bandwidth_gb_s=2000, common=False, launch_price_usd=Decimal(10))
    snapshot = with_markets(gpus=(*five_gpus(), rare))
    assert "rare-24" not in machines(steps(snapshot, "small-8b")).values()


def test_laptops_are_no_cards_and_a_card_of_a_data_centre_is_the_fastest_only_where_no_other_does() -> None:
    laptop = published_gpu("Laptop 24", 24, 3000, segment="laptop", launch_price_usd=Decimal(10))
    snapshot = with_markets(gpus=(*five_gpus(), laptop))
    assert machines(steps(snapshot, "small-8b"))[Rung.FASTEST] == "rtx-24"
    assert machines(steps(snapshot, "small-8b"))[Rung.CHEAPEST] == "rtx-24"
    assert machines(steps(snapshot, "large-70b"))[Rung.FASTEST] == "h80"


def test_where_none_is_fast_enough_the_fastest_is_told() -> None:
    step = steps(with_markets(), "large-70b", tokens_s=1000)[Rung.CHEAPEST]
    assert step.way is None
    assert step.slow
    assert step.slow.answer.gpu.slug == "h80"


def test_the_level_is_the_best_that_is_fast_enough() -> None:
    snapshot = with_markets()
    any_speed = steps(snapshot, "large-70b", tokens_s=0)[Rung.CHEAPEST].way
    assert any_speed
    assert any_speed.answer.quant.name == "Q6_K"
    faster = int(any_speed.tokens_s) + 1
    other = steps(snapshot, "large-70b", tokens_s=faster)[Rung.CHEAPEST].way
    assert other
    assert other.answer.quant.name in {"Q5_K_M", "Q4_K_M"}
    assert other.tokens_s >= faster


def test_two_cards_are_those_of_which_one_is_not_enough() -> None:
    snapshot = with_markets()
    two = steps(snapshot, "large-70b", context=8192)[Rung.TWO].way
    assert two
    assert (two.cards, two.answer.gpu.slug) == (2, "rtx-24")
    only_large = with_markets(gpus=[gpu for gpu in five_gpus() if gpu.slug == "h80"])
    idle = steps(only_large, "small-8b")[Rung.TWO]
    assert (idle.way, idle.is_idle) == (None, True)


def test_with_ram_is_a_card_cheaper_than_what_holds_it_alone() -> None:
    dear = published_gpu("Dear 8", memory_gb=8, bandwidth_gb_s=256, launch_price_usd=Decimal(5000))
    rtx_24, rtx_8, *_ = five_gpus()
    assert machines(steps(with_markets(gpus=(rtx_24, rtx_8)), "mixture-30b")).get(Rung.RAM) is None
    priced = MappingProxyType({"rtx-8": (published_price("200"),)})
    cheaper = with_markets(gpus=(rtx_24, rtx_8, dear), prices_of=priced)
    assert machines(steps(cheaper, "mixture-30b"))[Rung.RAM] == "rtx-8"


def test_without_a_gpu_the_smallest_computer_that_is_fast_enough() -> None:
    snapshot = with_markets(gpus=(*five_gpus(), plain_computer(64), plain_computer(32), plain_computer(8)))
    assert machines(steps(snapshot, "mixture-30b", tokens_s=5))[Rung.NO_GPU] == "cpu-32"
    assert steps(snapshot, "mixture-30b", tokens_s=500)[Rung.NO_GPU].way is None
    assert Rung.BOX not in machines(steps(snapshot, "mixture-30b"))


def test_rent_is_by_the_hour_and_of_what_has_a_price_for_it() -> None:
    rent = steps(with_markets(), "small-8b")[Rung.RENT].way
    assert rent
    assert rent.cost
    assert (rent.answer.gpu.slug, rent.cost.amount) == ("h80", Decimal("1.5"))
    none = steps(with_markets(prices_of=MappingProxyType({})), "small-8b")[Rung.RENT]
    assert (none.way, none.slow) == (None, None)


def test_by_the_rule_of_thumb_no_speed_is_asked_and_no_way_needs_a_count() -> None:
    found = steps(with_markets(), "closed-100b", tokens_s=60)
    assert machines(found)[Rung.CHEAPEST] == "h80"
    assert {Rung.FASTEST, Rung.TWO, Rung.RAM} & machines(found).keys() == set()


def test_a_longer_context_needs_more() -> None:
    snapshot = with_markets(gpus=(*five_gpus(), box()))
    short, long = (steps(snapshot, "small-8b", context=context)[Rung.CHEAPEST].way for context in (8192, 131072))
    assert short
    assert short.answer.verdict.context == 8192
    assert long is None or long.answer.verdict.takes_bytes > short.answer.verdict.takes_bytes


def test_each_rung_chooses_from_its_machines() -> None:
    snapshot = with_markets()
    kinds = {rung: {gpu.slug for gpu in ladders.machines_of(snapshot, rung)} for rung in Rung}
    assert kinds[Rung.MAC] == {"mac-64"}
    assert kinds[Rung.BOX] == {"box-128"}
    assert kinds[Rung.NO_GPU] == {"cpu-32"}
    assert kinds[Rung.RENT] == {"h80"}
    assert kinds[Rung.CHEAPEST] == {"rtx-24", "rtx-8", "h80"}
