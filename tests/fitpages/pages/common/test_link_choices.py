"""Choices by links: one holds, the others lead there and keep what else was chosen."""

import pytest

from fitpages.pages.common.link_choices import LinkChoices, link_choices
from fitpages.site import Link

OPTIONS = (("8", "8K"), ("16", "16K"), ("32", "32K"))


def choices(**query: str) -> LinkChoices:
    return link_choices(query, "context", "Context", OPTIONS, "16", "/models/small-8b/")


def test_the_default_holds_where_nothing_was_chosen_and_stands_in_no_address() -> None:
    assert choices().value == "16"
    assert choices().links == (
        Link("8K", "/models/small-8b/?context=8"),
        Link("16K", ""),
        Link("32K", "/models/small-8b/?context=32"),
    )
    assert choices(context="32").links[1] == Link("16K", "/models/small-8b/")


def test_links_keep_what_else_was_chosen_and_begin_at_the_first_page() -> None:
    links = choices(context="8", speed="30", page="3").links
    assert links[0] == Link("8K", "")
    assert links[2].address == "/models/small-8b/?context=32&speed=30"


@pytest.mark.parametrize("wanted", ["7", "16K", "<script>", "9" * 500])
def test_what_there_is_not_is_said_and_the_default_holds(wanted: str) -> None:
    asked = choices(context=wanted)
    assert asked.value == "16"
    assert asked.error == f"There is no choice “{wanted[:40]}” of context here."
    assert not choices(context="8").error
