"""What the methodology says of strength and prices is computed from the catalog."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.strength import LEAST_MODELS
from fitpages.matching import prices, runs
from fitpages.matching.strength import REFERENCE
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.methodology.choosing import choosing_figures
from fitpages.serving.responses import render
from tests.fitpages.markets import published_price, published_score, with_markets
from tests.html_page import HtmlPage
from tests.published import dense, published_model
from tests.small_catalog import five_gpus

OTHER = "Other board"


def scored(*, shown: bool = True, in_common: int = LEAST_MODELS) -> Snapshot:
    """Models of one size on the reference and on another board; one that only the other has, and one on none."""
    models = [
        published_model(f"M{number} 8B", 8 * 10**9, dense(layers=32, width=4096, heads=32, feed_forward=14336))
        for number in range(in_common + 2)
    ]
    scores = {}
    for number, model in enumerate(models[:-1]):
        of_other = published_score(OTHER, str(10 + number), shown=shown)
        of_reference = published_score(REFERENCE, str(1000 + 10 * number))
        scores[model.slug] = (of_other,) if number == in_common else (of_reference, of_other)
    return with_markets(models=models, scores_of=MappingProxyType(scores))


def test_models_are_counted_by_what_their_strength_follows_from() -> None:
    shown = choosing_figures(scored())
    assert (shown.on_reference, shown.estimated, shown.without) == (str(LEAST_MODELS), "1", "1")
    assert choosing_figures(scored(in_common=LEAST_MODELS - 1)).boards == ()


def test_each_board_has_its_models_and_its_error_on_those_left_out() -> None:
    (line,) = choosing_figures(scored()).boards
    assert (line.board, line.models, line.error) == (OTHER, str(LEAST_MODELS), "0")
    snapshot = scored()
    off = dict(snapshot.scores_of)
    off["m5-8b"] = (published_score(REFERENCE, "1150"), *off["m5-8b"][1:])
    (other,) = choosing_figures(replace(snapshot, scores_of=MappingProxyType(off))).boards
    assert int(other.error) > 20


def test_a_board_that_may_not_be_shown_has_no_name() -> None:
    snapshot = scored(shown=False)
    assert [line.board for line in choosing_figures(snapshot).boards] == ["a board that names no licence"]
    assert OTHER not in render(methodology_page.build(snapshot)).decode()


def test_prices_are_counted_by_kind_and_age() -> None:
    rtx_24, rtx_8, h80, *_ = five_gpus()
    of_gpus = {
        "rtx-24": (published_price("800", seen_in="2026-02"), published_price("900", kind="street", seen_in="2026-01")),
        "rtx-8": (published_price("100", seen_in="2024-01"),),
        "h80": (published_price("1.5", kind="rent", seen_in=""),),
    }
    snapshot = with_markets(gpus=(rtx_24, rtx_8, h80), prices_of=MappingProxyType(of_gpus))
    shown = choosing_figures(snapshot)
    assert shown.machines == "3"
    assert {price.kind: (price.machines, price.old) for price in shown.prices} == {
        "New": ("1", "0"),
        "Used": ("2", "1"),
        "An hour of rent": ("1", "1"),
        "At launch": ("2", "2"),
    }
    assert rtx_24.launch_price_usd == Decimal(1599)


def test_the_constants_are_those_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "ONE_TIME_DAYS", 17)
    monkeypatch.setattr(runs, "LEAST_TOKENS_S", 23)
    shown = choosing_figures(scored())
    assert (shown.one_time_days, shown.pick_tokens_s) == ("17", "23")


def test_the_page_has_both_parts() -> None:
    page = HtmlPage(render(methodology_page.build(scored())).decode())
    assert {"strength", "prices"} <= set(page.ids)
    assert page.table("Board").rows
    assert page.table("Kind of price").rows
