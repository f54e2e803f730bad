"""Column heads sort by a click, and turn the order around by a second one."""

from fitpages.pages.common.sorting import Column, ColumnHead, heads

COLUMNS = (Column("Name", "name"), Column("Size", "size", is_figure=True), Column("Kind"))


def order(sort: str, **query: str) -> dict[str, ColumnHead]:
    return {head.text: head for head in heads(COLUMNS, query, "/list/", sort)}


def test_a_click_sorts_by_the_column() -> None:
    assert order("name")["Size"].address == "/list/?sort=size"
    assert order("name")["Size"].direction == ""


def test_a_second_click_turns_the_order_around_and_a_third_back() -> None:
    assert (order("size")["Size"].address, order("size")["Size"].direction) == (
        "/list/?sort=-size",
        "ascending",
    )
    assert (order("-size")["Size"].address, order("-size")["Size"].direction) == (
        "/list/?sort=size",
        "descending",
    )


def test_a_column_without_a_key_is_no_link() -> None:
    assert order("name")["Kind"] == ColumnHead(text="Kind")


def test_filters_stay_and_the_list_begins_anew() -> None:
    assert order("name", vendor="AMD", page="3")["Size"].address == "/list/?sort=size&vendor=AMD"


def test_figures_are_told_from_words() -> None:
    assert [head.is_figure for head in order("name").values()] == [False, True, False]
