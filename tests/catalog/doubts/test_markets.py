"""Counts, scores, prices and picks against others of their kind: at each bound nothing is asked, and beyond it is."""

import datetime
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from catalog.doubts import markets
from tests.catalog.doubts.beside import card, checks, model, others, pick, popularity, price, score

OUT = datetime.date(2024, 6, 1)
OF = model(release_date=OUT, common=True)
CARD = card(pk=1, name="Card 24GB", release_date=OUT)
OTHER_CARD = card(pk=2, name="Other 24GB", slug="other-card", release_date=OUT)


def asked_of_price(others_own: list[Any], **values: Any) -> list[str]:
    return checks(markets.of_price(price(CARD, pk=1, **values), others(prices=others_own)))


def other_price(amount: str, of: Any = CARD, **values: Any) -> Any:
    return price(of, **{"pk": 2, "slug": "other-price", "amount": amount, **values})


@pytest.mark.parametrize(
    ("amount", "check"), [("200", []), ("199.99", ["far_price"]), ("5000", []), ("5000.01", ["far_price"])]
)
@pytest.mark.parametrize("of", [CARD, OTHER_CARD], ids=["its own", "of its time with as much memory"])
def test_a_price_is_within_five_times_the_middle_of_those_alike(amount: str, check: list[str], of: Any) -> None:
    assert asked_of_price([other_price("1000", of)], amount=amount) == check


def test_the_machine_s_own_prices_say_more_than_those_of_others() -> None:
    own, of_another = other_price("10000"), other_price("1000", OTHER_CARD, pk=3, slug="third")
    assert asked_of_price([own, of_another], amount="10000") == []
    assert asked_of_price([of_another], amount="10000") == ["far_price"]


@pytest.mark.parametrize(
    "other",
    [
        other_price("100000", kind_of_price="used"),
        other_price("100000", currency="EUR"),
        other_price("100000", card(pk=2, memory_gb=48, release_date=OUT)),
        other_price("100000", card(pk=2, release_date=datetime.date(2020, 12, 31))),
        other_price("100000", card(pk=2, release_date=None)),
        other_price("100000", pk=1, slug="price"),
    ],
    ids=["another kind", "another currency", "more memory", "four years older", "of no date", "the row itself"],
)
def test_a_price_is_held_against_nothing_else(other: Any) -> None:
    assert asked_of_price([other]) == []


def test_three_years_older_is_of_the_same_time() -> None:
    older = card(pk=2, release_date=datetime.date(2021, 1, 1))
    assert asked_of_price([other_price("100000", older)]) == ["far_price"]


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"name": "Card 25GB, new"}, ["named_otherwise"]),
        ({"name": "New: the Card 24GB of 2026"}, []),
        ({"seen_in": "2024-03"}, []),
        ({"seen_in": "2024-02"}, ["date_before_release"]),
        ({"seen_in": "2099"}, ["date_to_come"]),
        ({"seller": "Testers"}, []),
        ({"seller": "Testars"}, ["spelling"]),
        ({"seller": "Others"}, []),
    ],
)
def test_name_date_and_seller_of_a_price(values: dict[str, Any], check: list[str]) -> None:
    assert asked_of_price([other_price("1000", seller="Testers")], **values) == check


@pytest.mark.parametrize(
    ("lowest", "highest", "check"),
    [("500", "2000", []), ("499.99", "2000", ["far_end"]), ("500", "2000.01", ["far_end"]), (None, None, [])],
)
def test_a_range_is_at_most_twice_its_middle(lowest: str | None, highest: str | None, check: list[str]) -> None:
    ends = {"lowest": lowest and Decimal(lowest), "highest": highest and Decimal(highest)}
    assert asked_of_price([], amount=Decimal(1000), **ends) == check


def asked_of_count(**values: Any) -> list[str]:
    most = popularity(OF, pk=2, slug="other", downloads=1000, likes=100, pulls=500, pulls_90_days=50)
    return checks(markets.of_popularity(popularity(OF, **values), others(popularity=[most])))


@pytest.mark.parametrize("field", ["downloads", "likes", "pulls", "pulls_90_days"])
def test_a_count_is_at_most_three_times_that_of_any_other(field: str) -> None:
    most = {"downloads": 3000, "likes": 300, "pulls": 1500, "pulls_90_days": 150}[field]
    source = {f"{name}_source": "Testers" for name in ("downloads", "likes", "pulls")}
    assert asked_of_count(**{field: most}, **source) == []
    assert asked_of_count(**{field: most + 1}, **source) == ["far_count"]


def test_without_another_no_count_is_too_high() -> None:
    row = popularity(OF, downloads=10**12, downloads_source="Testers")
    assert checks(markets.of_popularity(row, others())) == []


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({}, []),
        ({"downloads": 9}, ["no_source"]),
        ({"likes": 9}, ["no_source"]),
        ({"pulls": 9}, ["no_source"]),
        ({"pulls_90_days": 9, "pulls_source": "Ollama"}, []),
        ({"downloads_seen_in": "2099"}, ["date_to_come"]),
        ({"likes_seen_in": "2099"}, ["date_to_come"]),
        ({"pulls_seen_in": "2099"}, ["date_to_come"]),
        ({"downloads_seen_in": "2024-03"}, []),
        ({"downloads_seen_in": "2024-02"}, ["date_before_release"]),
        ({"name": "Test 3.6 8M"}, ["named_otherwise"]),
        ({"name": "Test 3.5 9M"}, ["named_otherwise"]),
        ({"pulls_family": "test3.5"}, []),
        ({"pulls_family": "test3"}, []),
        ({"pulls_family": "test"}, []),
        ({"pulls_family": "test2.5"}, ["another_family"]),
    ],
)
def test_what_stands_beside_a_count(values: dict[str, Any], check: list[str]) -> None:
    assert asked_of_count(**values) == check


def asked_of_score(**values: Any) -> list[str]:
    boards = [
        score(OF, pk=number, slug=f"s-{number}", score=str(value), data_licence="CC BY 4.0")
        for number, value in ((2, 20), (3, 60))
    ]
    return checks(markets.of_score(score(OF, pk=1, **values), others(board_scores=boards)))


@pytest.mark.parametrize(
    ("value", "check"), [("0", []), ("-0.01", ["far_score"]), ("80", []), ("80.01", ["far_score"])]
)
def test_a_score_lies_at_most_half_the_board_s_range_beyond_it(value: str, check: list[str]) -> None:
    assert asked_of_score(score=value) == check


def test_one_other_score_is_no_range_and_another_board_none_at_all() -> None:
    other = score(OF, pk=2, slug="s-2", score="1")
    assert checks(markets.of_score(score(OF, pk=1, score="999"), others(board_scores=[other]))) == []
    assert asked_of_score(board="Elo of others", score="999") == []


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"board": "Board v2"}, ["new_version"]),
        ({"board": "Baord v1"}, []),
        ({"board": "board V1"}, ["spelling"]),
        ({"data_licence": "CC BY 4.0"}, []),
        ({"data_licence": "CC BY 5.0"}, ["new_version"]),
        ({"data_licence": "MIT"}, []),
        ({"seen_in": "2099"}, ["date_to_come"]),
        ({"seen_in": "2024-03"}, []),
        ({"seen_in": "2024-02"}, ["date_before_release"]),
        ({"name": "Test 3.5 9M, Board v1"}, ["named_otherwise"]),
        ({"entry": "test_3.5-8m-bf16"}, []),
        ({"entry": "test-3-8m-20260813"}, []),
        ({"entry": "test-3.5-9m"}, ["another_entry"]),
        ({"entry": "test-4.5-8m"}, ["another_entry"]),
    ],
)
def test_board_licence_date_and_names_of_a_score(values: dict[str, Any], check: list[str]) -> None:
    assert asked_of_score(**values) == check


def test_a_pick_is_of_a_common_model() -> None:
    assert checks(markets.of_pick(pick(OF), others())) == []
    assert checks(markets.of_pick(pick(model()), others())) == ["pick_not_common"]


def test_a_pick_names_its_class() -> None:
    assert checks(markets.of_pick(pick(OF, name="34 GB, code"), others())) == ["named_otherwise"]
    assert checks(markets.of_pick(pick(OF, memory_class=8), others())) == ["named_otherwise"]


@pytest.mark.parametrize(("days", "check"), [(1, []), (2, ["date_to_come"]), (-400, [])])
def test_a_pick_was_not_made_after_tomorrow(days: int, check: list[str]) -> None:
    row = pick(OF, picked_on=timezone.localdate() + timedelta(days=days))
    assert checks(markets.of_pick(row, others())) == check
