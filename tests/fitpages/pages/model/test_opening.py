"""A model's page opens with what to want, in the order in which readers would rather have it."""

import datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.ladder import Wanted, field, ladder
from fitpages.pages.common.answer_words import Headline
from fitpages.pages.model import opening
from fitpages.pages.model import page as model_page
from tests.fitpages.markets import plain_computer, published_price, with_markets
from tests.small_catalog import five_gpus

TODAY = datetime.date(2026, 11, 28)


def headline(snapshot: Snapshot, model: str, tokens_s: int = 10, context: int = 16384) -> Headline:
    of = field(snapshot, snapshot.models[model], Wanted(context, tokens_s))
    return opening.headline(of, ladder(of), TODAY)


def gpus(*slugs: str) -> Snapshot:
    return with_markets(gpus=[gpu for gpu in with_markets().gpus.values() if gpu.slug in slugs])


def test_a_card_is_named_with_its_price() -> None:
    assert headline(with_markets(), "small-8b").bold == "An RTX 24"
    rest = headline(with_markets(), "small-8b").rest
    assert rest.startswith("runs it at Q6_K with 16K: about ")
    assert rest.endswith(" tokens per second, $800 used, Aug 2026")


def test_no_card_is_needed_where_a_computer_without_one_does() -> None:
    fast = plain_computer(bandwidth_gb_s=Decimal(300))
    opened = headline(with_markets(gpus=(*five_gpus(), fast)), "mixture-30b")
    assert opened.bold == "No graphics card:"
    assert opened.rest.startswith("a CPU 32 runs it at ")


def test_else_what_there_is() -> None:
    assert headline(gpus("rtx-24"), "large-70b", 5, 8192).bold == "Two RTX 24"
    assert headline(gpus("mac-64"), "large-70b", 5).bold == "A Mac 64"
    assert headline(gpus("box-128"), "small-8b").bold == "A Box 128"
    none = headline(gpus("rtx-8"), "large-70b")
    assert none.bold == "No common machine"
    assert none.rest == "does it, nor do two cards, at Q4_K_M with 16K of context and 10 tokens per second"


@pytest.mark.parametrize(("dollars", "bold"), [("399", "An RTX 8 with 32 GB of RAM"), ("400", "An RTX 24")])
def test_a_card_with_ram_stands_first_where_it_costs_less_than_half(dollars: str, bold: str) -> None:
    priced = {"rtx-24": (published_price("800"),), "rtx-8": (published_price(dollars),)}
    snapshot = with_markets(gpus=five_gpus()[:2], prices_of=MappingProxyType(priced))
    assert headline(snapshot, "mixture-30b").bold == bold


def test_why_says_what_it_takes_and_the_card_where_none_is_needed() -> None:
    built = model_page.build(with_markets(), with_markets().models["large-70b"], {})
    assert built.why[0] == "Large 70B (70.6B) takes 41.7 GiB at Q4_K_M, the popular default, with 8K of context."
    assert built.why[-1].endswith("machines here run it on the card or in memory.")
    fast = with_markets(gpus=(*five_gpus(), plain_computer(bandwidth_gb_s=Decimal(300))))
    without = model_page.build(fast, fast.models["mixture-30b"], {})
    assert without.why[1].startswith("With a card: an RTX 24, $800 used, Aug 2026, runs it at ")


def test_title_and_description_carry_the_answer(small: Snapshot) -> None:
    built = model_page.build(small, small.models["small-8b"], {})
    assert built.title == "Small 8B: what you need to run it, 5.4 GiB at Q4_K_M"
    assert built.description.startswith("Small 8B takes 5.4 GiB at Q4_K_M. An RTX 24 runs it at Q6_K with 16K: about ")
    closed = model_page.build(small, small.models["closed-100b"], {})
    assert closed.title == "Closed 100B: what you need to run it"
    assert closed.description.startswith("Closed 100B takes 67.2 GB at Q4_K_M. ")


def test_what_it_takes_by_the_rule_is_said_to_be_of_it(small: Snapshot) -> None:
    assert opening.takes_words(small, small.models["closed-100b"]) == (
        "Closed 100B (100B) needs 67.2 GB at Q4_K_M by the rule of thumb: nothing is counted"
    )
