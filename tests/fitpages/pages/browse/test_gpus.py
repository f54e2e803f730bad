"""The list of GPUs: filtered, sorted, each with the largest model that it runs."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.largest import largest_on_card
from fitpages.pages.browse import gpus
from fitpages.pages.browse.gpus import GpuRow
from fitpages.pages.common.answer_words import short_line
from fitpages.site import Link


def rows(small: Snapshot, **query: str) -> dict[str, GpuRow]:
    return {row.name: row for row in gpus.build(small, query).rows}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["RTX 8", "RTX 24", "Mac 64", "H80", "RX 16 Laptop"]),
        ("name", ["H80", "Mac 64", "RTX 24", "RTX 8", "RX 16 Laptop"]),
        ("price", ["RTX 8", "RTX 24", "H80", "Mac 64", "RX 16 Laptop"]),
        ("-name", ["RX 16 Laptop", "RTX 8", "RTX 24", "Mac 64", "H80"]),
        ("memory", ["RTX 8", "RX 16 Laptop", "RTX 24", "Mac 64", "H80"]),
        ("-bandwidth", ["H80", "RTX 24", "Mac 64", "RX 16 Laptop", "RTX 8"]),
        ("power", ["Mac 64", "RX 16 Laptop", "RTX 8", "H80", "RTX 24"]),
        ("released", ["RX 16 Laptop", "H80", "Mac 64", "RTX 24", "RTX 8"]),
        ("nothing", ["RTX 8", "RTX 24", "Mac 64", "H80", "RX 16 Laptop"]),
    ],
)
def test_the_list_is_sorted(small: Snapshot, sort: str, names: list[str]) -> None:
    assert list(rows(small, sort=sort)) == names


def test_a_row_says_what_is_known(small: Snapshot) -> None:
    largest = largest_on_card(small, small.gpus["rtx-24"])
    assert largest
    assert rows(small)["RTX 24"] == GpuRow(
        name="RTX 24",
        address="/gpus/rtx-24/",
        kind="Consumer",
        memory="24",
        memory_note="",
        bandwidth="1,008",
        price="$1,599",
        price_note=rows(small)["RTX 24"].price_note,
        power="300 W",
        released="May 2023",
        largest=Link("Mixture 30B", "/run/mixture-30b-on-rtx-24/", short_line(largest)),
    )


def test_a_price_says_its_kind_and_of_when(small: Snapshot) -> None:
    assert rows(small)["RTX 24"].price_note.startswith("at launch, May 2023")
    assert (rows(small)["Mac 64"].price, rows(small)["Mac 64"].price_note) == ("not known", "")


def test_the_list_is_of_what_a_price_buys(small: Snapshot) -> None:
    assert list(rows(small, price="1000")) == ["RTX 8"]
    page = gpus.build(small, {"price": "1599"})
    assert [row.name for row in page.rows] == ["RTX 8", "RTX 24"]
    (price,) = [facet for facet in page.facets if facet.name == "price"]
    assert ("1599", "$1,599 or less", True) in [(choice.value, choice.text, choice.chosen) for choice in price.choices]


def test_a_row_says_what_is_not_known_and_what_is_shared(small: Snapshot) -> None:
    laptop, mac = rows(small)["RX 16 Laptop"], rows(small)["Mac 64"]
    assert (laptop.power, laptop.released) == ("not known", "not known")
    assert (mac.memory, mac.memory_note) == ("64", "shared")


def test_the_list_is_filtered_and_then_not_indexed(small: Snapshot) -> None:
    assert list(rows(small, vendor="NVIDIA", memory="24")) == ["RTX 24", "H80"]
    assert gpus.build(small, {}).indexable
    assert not gpus.build(small, {"vendor": "NVIDIA"}).indexable


def test_a_choice_that_is_not_there_is_said_at_its_filter(small: Snapshot) -> None:
    page = gpus.build(small, {"vendor": "3dfx"})
    assert [facet.error for facet in page.facets if facet.error] == [
        "There is no choice “3dfx” here. Choose from the list."
    ]
    assert page.pager.position == "1 to 5 of 5 GPUs"


def test_the_column_of_the_order_says_so(small: Snapshot) -> None:
    heads = gpus.build(small, {"sort": "-memory"}).heads
    assert {head.text: head.direction for head in heads if head.direction} == {"Memory, GiB": "descending"}
    assert "Largest model on it" in [head.text for head in heads]
