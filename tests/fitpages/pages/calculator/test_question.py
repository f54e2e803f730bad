"""What was left open is filled in, and one's own figure comes before one from a list."""

import pytest

from catalog.snapshot import Snapshot
from fit.advice import advised_bytes
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import account
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.calculator.question import Question, question

PAIR = {"model": "large-70b", "gpu": "rtx-24"}


def asked(small: Snapshot, **query: str) -> Question:
    form = CalculatorForm({**PAIR, **query}, small)
    assert form.is_valid(), form.errors
    return question(form.cleaned_data, small.gpus["rtx-24"].spec, counted(small))


def counted(small: Snapshot) -> Accounting:
    accounting = account(small.models["large-70b"].spec, small.default_quant.spec)
    assert accounting
    return accounting


def test_what_was_left_open_is_the_usual(small: Snapshot) -> None:
    open_question = asked(small)
    assert (open_question.context, open_question.cache_type) == (counted(small).reference_context, CacheType.F16)
    assert (open_question.split, open_question.offload, open_question.cards) == ("layer", "", 1)
    assert open_question.ram_gb_s is None


@pytest.mark.parametrize(
    ("ram", "pace"),
    [({"ram": "ddr5-2"}, 89.6), ({"ram": "ddr4-8"}, 204.8), ({"ram_bandwidth": "120.5"}, 120.5)],
    ids=str,
)
def test_ram_is_that_of_the_list_or_one_s_own(small: Snapshot, ram: dict[str, str], pace: float) -> None:
    assert asked(small, **ram).ram_gb_s == pace


def test_one_s_own_pace_of_ram_wins(small: Snapshot) -> None:
    assert asked(small, ram="ddr5-2", ram_bandwidth="60").ram_gb_s == 60


def test_cards_offer_each_the_same(small: Snapshot) -> None:
    single, double = asked(small).offered, asked(small, cards="2").offered
    assert double == f"{single} each"


def test_advice_uses_less_of_each_card_than_there_is(small: Snapshot) -> None:
    double = asked(small, cards="2")
    assert double.advised == (advised_bytes(small.gpus["rtx-24"].spec),) * 2
    assert double.advised < double.offers
    assert double.has_ram
