"""What a form refuses of popularity, board scores, prices and picks."""

from decimal import Decimal

import pytest

from tests.catalog.rows import board_score, pick, popularity, price, refusals

pytestmark = pytest.mark.django_db


def test_more_pulls_in_90_days_than_in_all_are_refused() -> None:
    sentence = "This must not exceed all pulls (1,000)."
    assert refusals(popularity(pulls=1000, pulls_90_days=1001)) == {"pulls_90_days": [sentence]}
    popularity(pulls=1000, pulls_90_days=1000).full_clean()
    popularity(pulls_90_days=1001).full_clean()


RANGE = "The amount lies between the lowest and the highest."
TWO_ENDS = "A range has two ends: give both, or none."


@pytest.mark.parametrize(
    ("lowest", "highest", "sentences"),
    [
        (99, 101, []),
        (100, 100, []),
        (None, None, []),
        (100.5, 101, [RANGE]),
        (99, 99.5, [RANGE]),
        (99, None, [TWO_ENDS]),
        (None, 101, [TWO_ENDS]),
    ],
)
def test_a_price_lies_within_its_range(lowest: float | None, highest: float | None, sentences: list[str]) -> None:
    row = price(amount=Decimal(100), lowest=lowest, highest=highest)
    if sentences:
        assert refusals(row) == {"__all__": sentences}
    else:
        row.full_clean()


@pytest.mark.parametrize(("currency", "accepted"), [("EUR", True), ("usd", False), ("US", False), ("USD\n", False)])
def test_a_currency_is_three_capitals(currency: str, accepted: bool) -> None:
    if accepted:
        price(currency=currency).full_clean()
    else:
        assert "currency" in refusals(price(currency=currency))


def test_a_board_has_one_score_of_a_model_and_a_class_one_pick_for_a_use() -> None:
    board_score().save()
    assert list(refusals(board_score(name="Second 128", slug="second")).values()) == [
        ["This board has a score of this model already. Change that one."]
    ]
    board_score(name="Second 128", slug="second", board="Test Board v2").full_clean()
    pick().save()
    assert list(refusals(pick(name="Second 128", slug="second")).values()) == [
        ["There is a pick for this use and class already. Change that one."]
    ]
    pick(name="Second 128", slug="second", use="code").full_clean()
