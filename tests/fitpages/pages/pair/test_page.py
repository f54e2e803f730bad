"""The page of a pair is put together from its sections, and its template shows them all."""

from typing import Any

import pytest
from django.conf import settings

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from fitpages.serving.responses import render
from fitpages.site import Link
from tests.fitpages.prose import texts
from tests.html_page import HtmlPage, check_structure

EVERY_PAIR = pytest.mark.parametrize(
    ("model", "gpu"),
    [
        (model, gpu)
        for model in ("small-8b", "large-70b", "mixture-30b", "closed-100b")
        for gpu in ("rtx-24", "rtx-8", "h80", "rx-16-laptop", "mac-64")
    ],
)


def page(small: Snapshot, model: str, gpu: str) -> PairPage:
    return pair_page.build(small, Pair(small.models[model], small.gpus[gpu]))


def test_its_head_follows_from_its_two(small: Snapshot) -> None:
    of = page(small, "small-8b", "rtx-24")
    assert of.title == "Run Small 8B on RTX 24: VRAM and speed"
    assert of.heading == "Run Small 8B on RTX 24"
    assert of.canonical == f"{settings.SITE_URL}/run/small-8b-on-rtx-24/"
    assert of.breadcrumbs == (
        Link("Combinations", "/run/"),
        Link("Small 8B", "/models/small-8b/"),
        Link("RTX 24", ""),
    )


def test_a_glance_has_the_figures_that_a_returning_reader_looks_for(small: Snapshot) -> None:
    glance = dict(page(small, "large-70b", "mac-64").glance)
    assert glance["Parameters"] == "70.6B"
    assert (glance["Memory"], glance["Usable, by the rule"]) == ("64 GiB, shared", "46.1 GB")
    assert glance["Longest context"].endswith(" tokens, f16 cache")
    assert glance["Catalog of"] == "1 March 2026"


@pytest.mark.parametrize(
    ("model", "gpu", "longest"), [("closed-100b", "h80", "not known"), ("large-70b", "rtx-24", "none fits")]
)
def test_a_context_that_is_not_known_or_does_not_fit_is_said(
    small: Snapshot, model: str, gpu: str, longest: str
) -> None:
    assert dict(page(small, model, gpu).glance)["Longest context"] == longest


def test_an_offer_that_nobody_reported_is_approximate(small: Snapshot) -> None:
    reported, approximate = (dict(page(small, "small-8b", gpu).glance) for gpu in ("rtx-24", "rx-16-laptop"))
    assert approximate["Really offered"].endswith(", approximate")
    assert "approximate" not in reported["Really offered"]


def test_fixes_are_headed_by_whether_it_fits(small: Snapshot) -> None:
    assert page(small, "small-8b", "rtx-8").fixes_heading == "What would make it fit better"
    assert page(small, "large-70b", "rtx-8").fixes_heading == "What would make it fit"


def test_a_pair_that_needs_much_more_than_the_card_or_lacks_facts_is_not_indexed(small: Snapshot) -> None:
    assert page(small, "small-8b", "rtx-24").indexable
    assert not page(small, "large-70b", "rtx-8").indexable
    assert not page(small, "closed-100b", "h80").indexable


@EVERY_PAIR
def test_the_template_shows_all_that_was_assembled(small: Snapshot, model: str, gpu: str) -> None:
    of = page(small, model, gpu)
    shown = HtmlPage(render(of).decode())
    check_structure(shown)
    hidden = {of.title, of.description, of.bar.text}
    assert [text for text in texts(of) if text not in hidden and text not in shown.text] == []
    assert {link.address for link in (*of.other_gpus, *of.other_models, *of.related)} <= set(shown.links)
    assert shown.title == f"{of.title} | {settings.SITE_NAME}"
    assert ("robots" in shown.meta) is not of.indexable


@EVERY_PAIR
def test_the_recommended_row_is_marked_in_words_once(small: Snapshot, model: str, gpu: str) -> None:
    of = page(small, model, gpu)
    shown = HtmlPage(render(of).decode())
    assert shown.text.count(" recommended ") == sum(row.recommended for row in of.rows)


def test_structured_data_says_only_what_the_page_shows(small: Snapshot) -> None:
    shown = HtmlPage(render(page(small, "small-8b", "rtx-24")).decode())
    nodes: dict[str, Any] = {node["@type"]: node for node in shown.structured_data()}
    assert set(nodes) == {"BreadcrumbList", "FAQPage"}
    for question in nodes["FAQPage"]["mainEntity"]:
        assert question["name"] in shown.headings("h3")
        assert question["acceptedAnswer"]["text"] in shown.text


@pytest.mark.django_db
def test_a_row_is_counted_from_the_file_that_its_command_names(snapshot: Snapshot) -> None:
    of = pair_page.build(snapshot, Pair(snapshot.models["qwen3-8-27b"], snapshot.gpus["rtx-4060"]))
    notes = {row.name: row.file_note for row in of.rows}
    assert notes["Q4_K_M"] == "file of ggml-org"
    assert of.command is not None
    assert of.command.text.startswith("llama-server -hf ggml-org/Qwen3.8-27B-GGUF:Q4_K_M --no-mmproj -c ")
    assert of.folded is not None
    quality = {row.name: row.quality for row in of.folded.table.rows}
    assert quality["UD-Q4_K_XL"] == "Near Q4_K_M, with types of its publisher's own. File of unsloth, 17.6 GB."
