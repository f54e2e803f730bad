"""Price against speed: machines with a price, hollow where memory is shared or a part lies in RAM."""

import datetime
from types import MappingProxyType

from catalog.snapshot import Snapshot
from fitpages.matching.ladder import Wanted, field, ladder
from fitpages.pages.model.price_plot import PricePlot, price_plot
from tests.fitpages.markets import published_price, with_markets
from tests.small_catalog import five_gpus

TODAY = datetime.date(2026, 11, 28)


def plotted(snapshot: Snapshot, model: str = "small-8b") -> PricePlot | None:
    of = field(snapshot, snapshot.models[model], Wanted(16384, 10))
    return price_plot(of, ladder(of), TODAY)


def test_machines_with_a_price_are_drawn_and_listed_the_cheapest_first() -> None:
    shown = plotted(with_markets())
    assert shown
    assert [(row.machine.text, row.price.amount) for row in shown.rows] == [
        ("RTX 24", "$800"),
        ("RTX 8", "$999"),
        ("Box 128", "$3,999"),
    ]
    assert shown.text.startswith("3 machines by their price in US dollars")
    assert (shown.plot.named.count("M"), shown.plot.named_hollow.count("M")) == (1, 2)
    assert {name.text for name in shown.plot.names} == {"RTX 24", "RTX 8", "Box 128"}


def test_a_card_with_a_part_in_ram_is_hollow() -> None:
    rtx_24, rtx_8, *_ = five_gpus()
    priced = MappingProxyType({"rtx-8": (published_price("200"),)})
    shown = plotted(with_markets(gpus=(rtx_24, rtx_8), prices_of=priced), "mixture-30b")
    assert shown
    assert [(row.machine.text, row.where) for row in shown.rows] == [("RTX 8", "with RAM"), ("RTX 24", "on the card")]
    assert (shown.plot.hollow + shown.plot.named_hollow).count("M") == 1


def test_without_two_prices_there_is_no_plot() -> None:
    assert plotted(with_markets(gpus=five_gpus()[:1])) is None
    assert plotted(with_markets(), "closed-100b") is None
