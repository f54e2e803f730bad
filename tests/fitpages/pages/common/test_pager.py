"""Long lists are cut into pages, each with a link of its own, and any number leads to the nearest there is."""

import pytest

from fitpages.pages.common.pager import paginate, with_query


def steps(count: int, page: str, **query: str) -> list[tuple[str, str]]:
    _, pager = paginate(range(count), {"page": page, **query}, "/list/", 10, "things")
    return [(step.text, step.address) for step in pager.steps]


@pytest.mark.parametrize(
    ("count", "position"),
    [(0, "No things"), (1, "1 to 1 of 1 things"), (10, "1 to 10 of 10 things"), (1234, "1 to 10 of 1,234 things")],
)
def test_the_first_page_says_where_it_is(count: int, position: str) -> None:
    shown, pager = paginate(range(count), {}, "/list/", 10, "things")
    assert shown == list(range(min(count, 10)))
    assert pager.position == position


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (10, 0), (11, 2), (20, 2), (21, 3)])
def test_there_are_steps_only_where_there_is_more_than_one_page(count: int, pages: int) -> None:
    assert len(steps(count, "1")) == pages


def test_the_page_that_is_shown_is_no_link_and_the_first_one_has_the_plain_address() -> None:
    assert steps(30, "2") == [("1", "/list/"), ("2", ""), ("3", "/list/?page=3")]


def test_pages_far_away_are_a_gap_that_leads_nowhere() -> None:
    texts = [text for text, _ in steps(1000, "50")]
    assert texts == ["1", "…", "48", "49", "50", "51", "52", "…", "100"]
    assert [address for text, address in steps(1000, "50") if text == "…"] == ["", ""]


@pytest.mark.parametrize(
    ("page", "first"), [("0", 20), ("-1", 20), ("9999999", 20), ("abc", 0), ("1e5", 0), ("", 0), ("2", 10)]
)
def test_a_page_that_is_not_there_is_the_first_or_the_last(page: str, first: int) -> None:
    shown, _ = paginate(range(25), {"page": page}, "/list/", 10, "things")
    assert shown[0] == first


def test_the_other_values_of_the_query_stay() -> None:
    assert steps(30, "1", sort="size")[1] == ("2", "/list/?page=2&sort=size")


def test_empty_values_and_the_first_page_are_left_out_of_an_address() -> None:
    assert with_query("/list/", {"sort": "", "page": "1"}) == "/list/"
    assert with_query("/list/", {"sort": "a b", "page": "3"}, page="1") == "/list/?sort=a+b"
    assert with_query("/list/", {"b": "2", "a": "1"}) == "/list/?a=1&b=2"
