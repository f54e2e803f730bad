"""Which unit of memory stands where, over every kind of page: GiB for what is counted, GB for files and the rule."""

import re
from decimal import Decimal
from itertools import zip_longest

import pytest
from django.test import Client

from fit.units import GB, GIB
from tests.browser.pages import EXAMPLES, LONG_FIGURES, Example, name
from tests.html_page import HtmlPage, Table

pytestmark = pytest.mark.django_db
MORE = (
    "/run/gpt-oss-20b-on-rtx-4090/",
    "/run/qwen3-30b-a3b-on-rtx-3060-12/",
    "/run/llama-3-3-70b-on-rtx-5090/",
    "/run/gemma-3-27b-on-m4-max-64/",
    "/run/qwen2-5-0-5b-on-gtx-1050-ti/",
    "/run/llama-3-1-nemotron-ultra-253b-v1-on-h100-80-sxm/",
    "/models/gpt-oss-20b/",
    "/models/?sort=size&page=2",
    "/gpus/m4-max-64/",
    "/gpus/ryzen-ai-max-plus-395-128/",
    "/run/?family=gpt-oss",
    "/calculator/?model=gpt-oss-120b&gpu=rtx-4090&offload=experts&context=32768",
    "/calculator/?parameters=8&memory=24",
    "/search/?q=gpt-oss+4090",
)
PAGES = (*EXAMPLES, *LONG_FIGURES, *map(Example, MORE))
of_every_page = pytest.mark.parametrize("example", PAGES, ids=name)

AMOUNT = r"\d[\d,.]*+"
WITH_UNIT = re.compile(rf"{AMOUNT}\s(GB|GiB|MB|MiB)\b(?!/s)")
A_GIB_IN_GB = re.compile(rf"({AMOUNT}) GiB (?:is|are) (\d[\d,]*\.\d) GB")
# A figure after a verb that is said of memory, with neither its unit nor what else it counts.
BARE = re.compile(
    rf"\b(?:takes?|needs?|offers?|leaves?) (?:about |only |up to )?{AMOUNT}(?!\s(?:[GM]i?B|ms|s|min|h)\b|%|K\b| × )"
)
DASH = "—"
WITH_GRIDS = ("/run/qwen2-5-72b-on-l4/", "/run/gemma-3-27b-on-m4-max-64/")
# The heads of columns whose every figure is of memory, and the units that belong there.
OF_THE_RULE = {"VRAM needed", "Needs", "Usable", "Size"}
COUNTED = {"Counted", "Takes"}
SMALLER = {"GiB": "MiB", "GB": "MB"}


def read(client: Client, example: Example) -> HtmlPage:
    response = client.get(example.address)
    assert response.status_code == example.status
    return HtmlPage(response.content.decode())


def columns(table: Table) -> list[tuple[str, ...]]:
    """Each column with its head on top; a row of one cell for all columns is left out."""
    rows = [row for row in table.rows if len(row) == len(table.head)]
    return list(zip_longest(table.head, *rows, fillvalue=""))


def families(texts: tuple[str, ...]) -> set[str]:
    """Of which kind the units of memory in some texts are: decimal, binary."""
    units = {unit for text in texts for unit in WITH_UNIT.findall(text)}
    return {"binary" if "i" in unit else "decimal" for unit in units}


@of_every_page
def test_no_column_has_gb_beside_gib(client: Client, example: Example) -> None:
    for table in read(client, example).tables:
        for column in columns(table):
            assert len(families(column)) < 2, column


@of_every_page
def test_every_cell_of_a_column_of_memory_has_its_unit(client: Client, example: Example) -> None:
    for table in read(client, example).tables:
        for head, *cells in columns(table):
            if head in OF_THE_RULE | COUNTED and any(WITH_UNIT.search(cell) for cell in cells):
                unit = "GB|MB" if head in OF_THE_RULE else "GiB|MiB"
                assert [cell for cell in cells if not re.match(rf"(?:{AMOUNT} (?:{unit})\b|{DASH}$)", cell)] == [], head


@of_every_page
def test_a_grid_of_bare_figures_names_their_unit_in_its_caption(client: Client, example: Example) -> None:
    grids = [table for table in read(client, example).tables if table.head[0] == "Level, cache"]
    assert all(table.caption.startswith("Total in GiB by ") for table in grids)
    assert example.address not in WITH_GRIDS or grids


@of_every_page
def test_a_head_that_names_its_unit_stands_over_bare_figures_or_smaller_ones(client: Client, example: Example) -> None:
    for table in read(client, example).tables:
        for head, *cells in columns(table):
            if match := re.search(r", (GiB|GB)$", head):
                figure = rf"(?:shared |at \S+ )?{AMOUNT}(?: {SMALLER[match[1]]})?"
                wrong = [cell for cell in cells if not re.match(rf"(?:{figure}|{DASH}|Not counted.*|)$", cell)]
                assert wrong == [], head


@of_every_page
def test_a_figure_of_memory_in_a_sentence_has_its_unit(client: Client, example: Example) -> None:
    page = read(client, example)
    assert [BARE.findall(text) for text in (page.prose, page.meta["description"])] == [[], []]


@pytest.mark.parametrize("text", ["It takes 250 GiB; this card leaves 22 of them.", "It needs 37.5 even at Q3_K_M."])
def test_a_bare_figure_would_be_found(text: str) -> None:
    assert len(BARE.findall(text)) == 1


@of_every_page
def test_a_page_with_gib_says_once_what_a_gib_is_to_a_gb(client: Client, example: Example) -> None:
    text = read(client, example).main_text
    equal = A_GIB_IN_GB.findall(text)
    assert len(equal) == bool(re.search(rf"{AMOUNT} [GM]iB\b", text)), equal
    for binary, decimal in equal:
        exactly = Decimal(binary.replace(",", "")) * GIB / GB
        assert abs(exactly - Decimal(decimal.replace(",", ""))) <= Decimal("0.05")


@pytest.mark.parametrize(
    "address", ["/run/qwen2-5-72b-on-l4/", "/run/llama-3-1-8b-on-rtx-3060-12/", "/gpus/m4-max-64/"]
)
def test_a_page_with_a_card_says_it_of_its_own(client: Client, address: str) -> None:
    page = read(client, Example(address))
    (binary, _) = A_GIB_IN_GB.findall(page.main_text)[0]
    assert re.search(rf"(?:Memory|Card)\s+{binary} GiB", page.main_text)


def test_a_column_of_both_units_would_be_found() -> None:
    assert families(("Needs", "37.5 GB", "12.1 GiB")) == {"decimal", "binary"}
    assert families(("Bandwidth", "300 GB/s", "650 MiB")) == {"binary"}
