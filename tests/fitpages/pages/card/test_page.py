"""A machine's page says what to run on it, first of all."""

import re

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.pages.card import page as card_page
from fitpages.pages.card.page import CardPage
from fitpages.serving.responses import render
from tests.fitpages.pages.card.catalogs import scored_catalog
from tests.html_page import HtmlPage
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


@pytest.fixture
def scored() -> Snapshot:
    return scored_catalog()


def page(snapshot: Snapshot, gpu: str | PublishedGpu = "rtx-8", **query: str) -> CardPage:
    return card_page.build(snapshot, snapshot.gpus[gpu] if isinstance(gpu, str) else gpu, query)


def html(of: CardPage) -> HtmlPage:
    return HtmlPage(render(of).decode())


def test_the_picks_are_the_headline_and_lead_to_their_pairs(scored: Snapshot) -> None:
    built = page(scored, "rtx-24")
    assert [(part.model.text, part.rest) for part in built.headline] == [
        ("Mixture 30B", "for most things"),
        ("Coder 8B", "for code"),
        ("Small 8B", "for long documents"),
    ]
    assert {part.model.address for part in built.headline} <= set(html(built).links)
    assert built.heading == "What should I run on an RTX 24?"


def test_title_and_description_carry_the_answer_within_their_lengths(scored: Snapshot) -> None:
    built = page(scored, "rtx-24")
    assert built.title == "What to run on RTX 24: Mixture 30B, Coder 8B, Small 8B"
    assert built.description.startswith("RTX 24: Mixture 30B for most things, Coder 8B for code, Small 8B for long")
    assert re.search(r"\d of 6 models run on its 22\.5 GiB\.$", built.description)
    assert len(built.description) <= 155


def test_only_the_plain_address_is_indexed_and_canonical(scored: Snapshot) -> None:
    plain, filtered = page(scored), page(scored, ram="64", runs="ram")
    assert (plain.indexable, filtered.indexable) == (True, False)
    assert plain.canonical == filtered.canonical
    assert plain.address == "/gpus/rtx-8/"


@pytest.mark.parametrize("query", [{}, {"ram": "none"}, {"ram": "128", "kind": "ddr4"}])
def test_the_ram_that_was_chosen_is_in_every_part(scored: Snapshot, query: dict[str, str]) -> None:
    built = page(scored, "rtx-8", **query)
    in_ram = [line for line in built.picks if line.where.endswith("in RAM")]
    assert bool(in_ram) is (query.get("ram") != "none")
    sentence = f"With {query.get('ram', '32')} GB of RAM beside it Mixture 30B runs too"
    assert any(why.startswith(sentence) for why in built.why) is bool(in_ram)


def test_slower_ram_is_slower_on_the_page(scored: Snapshot) -> None:
    speeds = [float(page(scored, "rtx-8", kind=kind).picks[-1].tokens_s) for kind in ("ddr4", "ddr5")]
    assert speeds[0] < speeds[1]


def test_one_pool_is_asked_for_no_ram(scored: Snapshot) -> None:
    built = page(scored, "mac-64", ram="64")
    assert built.beside == ()
    assert "RAM beside it" not in html(built).text


def test_what_there_is_not_is_said_and_otherwise_ignored(scored: Snapshot) -> None:
    odd = page(scored, "rtx-8", ram="24", use="cooking", colour="red", runs="perhaps")
    plain = page(scored, "rtx-8")
    text = html(odd).text
    assert odd.all_models.lines == plain.all_models.lines
    assert odd.picks == plain.picks
    for error in ("“24”", "“cooking”", "“perhaps”", "This page has no filter “colour”"):
        assert error in text
    assert "There is no choice" not in html(plain).text


def test_a_machine_that_runs_nothing_says_so() -> None:
    tiny = published_gpu("Tiny 1", memory_gb=1, bandwidth_gb_s=30)
    built = page(snapshot_of(gpus=[tiny]), tiny, ram="none")
    assert re.fullmatch(r"Nothing in common use runs in its \d+ MiB\.", built.nothing)
    assert built.title == "What to run on Tiny 1"
    assert "Nothing in common use runs on it" in html(built).text
    assert built.field is None


def test_slow_machines_say_that_their_picks_are_slow() -> None:
    slow = published_gpu("Old 12", memory_gb=12, bandwidth_gb_s=60, reported_mib=12000, reported_by="cuda")
    built = page(snapshot_of(gpus=[slow]), slow, ram="none")
    assert built.why[0].startswith("It is the strongest that runs, with ")
    assert built.picks[0].slow
    assert built.picked_by.startswith("Nothing in common use leaves 16K")


def test_the_field_has_a_table_with_the_same_figures(scored: Snapshot) -> None:
    built = page(scored, "rtx-24")
    assert built.field
    (table,) = (table for table in html(built).tables if "Strength" in table.caption)
    assert len(table.rows) == len(built.field.rows)
    assert "our own estimate" in table.caption
    assert "Strength, our estimate" in table.head
    drawing = render(built).decode().partition('<figure class="field">')[2].partition("</figure>")[0]
    assert len(drawing) <= 3 * 1024


def test_every_table_has_a_head_and_a_caption(scored: Snapshot) -> None:
    for slug in scored.gpus:
        of_gpu = html(page(scored, slug))
        assert all(table.head and table.caption for table in of_gpu.tables)
