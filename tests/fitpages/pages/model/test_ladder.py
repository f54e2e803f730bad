"""The ladder in words: machines, prices, energy, and why a rung leads nowhere."""

import datetime
from decimal import Decimal
from types import MappingProxyType

from catalog.snapshot import Snapshot
from fit.energy import most_kwh
from fitpages.matching.ladder import Rung, Wanted, field, ladder
from fitpages.pages.model.ladder import NAMES, RungShown, rungs
from fitpages.text import figures
from tests.fitpages.markets import box, plain_computer, published_price, with_markets
from tests.published import published_gpu
from tests.small_catalog import five_gpus

TODAY = datetime.date(2026, 11, 28)


def shown(snapshot: Snapshot, model: str, tokens_s: int = 10, context: int = 16384) -> dict[Rung, RungShown]:
    of = field(snapshot, snapshot.models[model], Wanted(context if snapshot.models[model].spec.memory else 0, tokens_s))
    return dict(zip(Rung, rungs(of, ladder(of), TODAY), strict=True))


def test_every_rung_has_a_row_with_its_name() -> None:
    assert [rung.name for rung in shown(with_markets(), "small-8b").values()] == list(NAMES.values())


def test_a_way_has_all_its_figures() -> None:
    rung = shown(with_markets(), "small-8b")[Rung.CHEAPEST]
    assert rung.machine
    assert (rung.machine.text, rung.machine.address) == ("RTX 24", "/run/small-8b-on-rtx-24/")
    assert (rung.level, rung.context, rung.power) == ("Q6_K", "16K", "300 W")
    assert rung.price
    assert rung.price.sentence == "$800 used, Aug 2026"
    assert not rung.why_not


def test_energy_is_at_most_what_watts_and_the_low_end_of_the_speed_make() -> None:
    snapshot = with_markets()
    of = field(snapshot, snapshot.models["large-70b"], Wanted(16384, 0))
    way = ladder(of)[0].way
    assert way
    assert way.answer.verdict.speed
    most = most_kwh(300, way.answer.verdict.speed.low)
    rung = shown(snapshot, "large-70b", 0)[Rung.CHEAPEST]
    assert most <= float(rung.energy) < most + (0.1 if most < 10 else 1)


def test_energy_is_not_known_where_the_power_is_not() -> None:
    rung = shown(with_markets(), "small-8b")[Rung.MAC]
    assert (rung.power, rung.energy, rung.is_energy_known) == (figures.NOT_KNOWN, figures.NOT_KNOWN, False)


def test_two_cards_have_the_price_and_power_of_two() -> None:
    rung = shown(with_markets(), "large-70b", 5, 8192)[Rung.TWO]
    assert rung.machine
    assert rung.machine.text == "2 × RTX 24"
    assert rung.price
    assert (rung.price.amount, rung.power) == ("$1,600", "600 W")


def test_a_card_with_ram_says_how_much_of_it() -> None:
    rtx_24, rtx_8, *_ = five_gpus()
    priced = MappingProxyType({"rtx-8": (published_price("200"),)})
    rung = shown(with_markets(gpus=(rtx_24, rtx_8), prices_of=priced), "mixture-30b")[Rung.RAM]
    assert rung.machine
    assert rung.machine.note.startswith("and ")
    assert rung.machine.note.endswith(" GiB of DDR5")


def test_without_any_price_nothing_is_called_the_cheapest() -> None:
    unpriced = published_gpu("Unpriced 24", 24, 1008, launch_price_usd=None)
    rung = shown(with_markets(gpus=(unpriced,)), "small-8b")[Rung.CHEAPEST]
    assert rung.name == "Smallest single card"
    assert rung.price
    assert rung.price.amount == "not known"


def test_why_there_is_no_way() -> None:
    snapshot = with_markets(gpus=(*five_gpus(), box(bandwidth_gb_s=Decimal(40)), plain_computer(8)))
    rungs_of = shown(snapshot, "large-70b", 60)
    assert rungs_of[Rung.CHEAPEST].why_not.startswith("Too slow: the fastest, an H80, makes about ")
    assert rungs_of[Rung.NO_GPU].why_not.startswith("It takes 4")
    assert "the largest computer without a GPU, CPU 8, leaves " in rungs_of[Rung.NO_GPU].why_not
    assert rungs_of[Rung.BOX].why_not == "Too slow: Box 128 holds it and makes less than 2 tokens per second"
    assert shown(with_markets(gpus=five_gpus()), "small-8b")[Rung.BOX].why_not == "There is no common small box here"
    only_large = with_markets(gpus=[gpu for gpu in five_gpus() if gpu.slug == "h80"])
    assert shown(only_large, "small-8b")[Rung.TWO].why_not == "Not needed: every common card does it alone"
    only_home = with_markets(gpus=five_gpus()[:1])
    assert shown(only_home, "small-8b")[Rung.RAM].why_not == "Not needed: every common card does it alone"
    dear = shown(with_markets(gpus=five_gpus()[:2]), "mixture-30b")[Rung.RAM].why_not
    assert dear == "Not needed: no card with RAM costs less than one that does it alone"


def test_why_there_is_none_where_nothing_is_counted() -> None:
    rungs_of = shown(with_markets(), "closed-100b")
    assert rungs_of[Rung.CHEAPEST].tokens_s == figures.NOT_KNOWN
    assert rungs_of[Rung.FASTEST].why_not.startswith("Nothing is counted for this model")
    assert rungs_of[Rung.NO_GPU].why_not.startswith("It needs 67 GB by the rule of thumb: the largest computer")
