"""Every measurement of a class stands on its page beside its estimate, and can be followed to its source."""

from dataclasses import replace

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.comparison import speed_comparison
from fitpages.pages.accuracy import class_page
from fitpages.pages.accuracy.class_page import MeasurementRow
from fitpages.pages.common.sources import Source
from fitpages.serving.responses import render
from fitpages.site import Link
from fitpages.text import figures
from tests.html_page import HtmlPage, check_structure
from tests.published import published_benchmark
from tests.small_catalog import snapshot_of

GDDR = "nvidia-gddr"


def read(page: class_page.ClassPage) -> HtmlPage:
    reading = HtmlPage(render(page).decode())
    check_structure(reading)
    return reading


def test_a_row_says_what_was_measured_what_is_estimated_and_where_it_is_from(small: Snapshot) -> None:
    row = class_page.build(small, GDDR, {}).rows[0]
    prediction = speed_comparison(small).classes[GDDR][0]
    error = f"{prediction.tokens_s / prediction.observation.tokens_s - 1:+.1%}".replace("-", "−")
    assert row == MeasurementRow(
        card="RTX 24",
        model="Mixture 30B",
        pair=Link("Mixture 30B", "/run/mixture-30b-on-rtx-24/"),
        quant="Q4_K_M",
        measured="180",
        estimated=figures.expected(prediction.tokens_s),
        error=error,
        held_out="no",
        how="tg128, llama.cpp CUDA, 2025-06",
        source=Source("github.com/testers/results", "https://github.com/testers/results/blob/HEAD/table.md"),
    )


def test_what_is_held_out_is_said_to_be(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = speed_comparison(small)
    held_out = replace(compared, predictions=tuple(replace(row, held_out=True) for row in compared.predictions))
    monkeypatch.setattr(class_page, "speed_comparison", lambda _: held_out)
    assert {row.held_out for row in class_page.build(small, GDDR, {}).rows} == {"yes"}


def test_every_measurement_of_the_class_is_a_row_of_the_table_with_its_source(small: Snapshot) -> None:
    reading = read(class_page.build(small, GDDR, {}))
    rows = reading.table("Card").rows
    assert len(rows) == len(speed_comparison(small).classes[GDDR]) == 7
    assert all(row[-1].strip().endswith("; github.com/testers/results") for row in rows)
    assert "2 × RTX 24" in [row[0].strip() for row in rows]


def test_a_card_and_a_model_that_the_catalog_does_not_have_go_by_their_labels() -> None:
    facts = {"speed_class": "amd-gcn", "bandwidth_gb_s": 500, "weights_bytes": 4 * 10**9, "sources": ("A log",)}
    unlisted = published_benchmark("a", "", "", "20", gpu_label="Old Card", model_label="Old Model", **facts)
    page = class_page.build(snapshot_of(benchmarks=[unlisted]), "amd-gcn", {})
    (row,) = page.rows
    assert (row.card, row.model, row.pair, row.source) == ("Old Card", "Old Model", None, Source("A log", ""))
    assert page.opening.endswith("The calibration uses none of them.")
    assert "Old Model" in read(page).main_text


def test_a_long_list_is_cut_into_pages_of_one_address(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_page, "PAGE_SIZE", 3)
    first, last = (class_page.build(small, GDDR, {"page": number}) for number in ("1", "3"))
    assert (len(first.rows), len(last.rows)) == (3, 1)
    assert first.pager.position == "1 to 3 of 7 measurements"
    assert {step.address for step in last.pager.steps} >= {f"/accuracy/{GDDR}/", f"/accuracy/{GDDR}/?page=2"}
    assert first.canonical == last.canonical
    assert not last.indexable


def test_a_class_is_found_by_its_address(small: Snapshot) -> None:
    assert class_page.find_class(small, GDDR) == GDDR
    assert class_page.find_class(small, "amd-rdna") is None, "Nothing was measured of it."


def test_titles_and_descriptions_fit_a_list_of_results(snapshot: Snapshot) -> None:
    for name in speed_comparison(snapshot).classes:
        page = class_page.build(snapshot, name, {})
        assert len(page.title) <= 60
        assert len(page.description) <= 160


@pytest.mark.django_db
def test_a_class_that_there_is_not_is_a_404_and_another_spelling_a_redirect(client: Client) -> None:
    assert client.get("/accuracy/no-such-class/").status_code == 404
    response = client.get("/accuracy/AMD_RDNA/")
    assert (response.status_code, response["Location"]) == (301, "/accuracy/amd-rdna/")
