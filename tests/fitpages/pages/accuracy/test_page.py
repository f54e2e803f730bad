"""The page about accuracy says what the report says, of whatever the catalog holds."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from catalog import speed_classes
from catalog.models import Benchmark
from catalog.observations import observations
from catalog.snapshot import Snapshot, current
from catalog.speed_classes import as_address
from fit.calibration.agreement import Agreement, Prediction, compare
from fit.calibration.report import KINDS, table
from fit.speed_constants import load_constants
from fitpages import addresses
from fitpages.matching.comparison import speed_comparison
from fitpages.pages.accuracy import memory, sentences
from fitpages.pages.accuracy import page as accuracy_page
from fitpages.pages.common.memory_check import memory_checks
from fitpages.pages.common.programs import PROGRAMS
from fitpages.serving.responses import render
from tests.catalog.rows import change
from tests.html_page import HtmlPage, check_structure

TEMPLATES = Path(settings.BASE_DIR) / "templates/fitpages/accuracy"
PATHS = re.compile(r'<path class="(used|unused)" d="([^"]*)"')


def html(snapshot: Snapshot) -> str:
    return render(accuracy_page.build(snapshot)).decode()


def read(snapshot: Snapshot) -> HtmlPage:
    return HtmlPage(html(snapshot))


def compared(snapshot: Snapshot) -> list[Prediction]:
    return compare(observations(snapshot, snapshot.shown_benchmarks), load_constants())


def as_said(line: Agreement) -> list[str]:
    """A line of the report as its row on the page."""
    shares = [f"{share:,.1%}" for share in (line.median, line.p90, line.coverage, line.bandwidth)]
    rule = "—" if line.rule is None else f"{line.rule:,.1%}"
    return [f"{line.rows:,}", f"{line.cards:,}", *shares[:2], sentences.signed(line.bias), *shares[2:], rule]


def some(snapshot: Snapshot, *slugs: str) -> Snapshot:
    """The snapshot with these measurements only."""
    return replace(snapshot, benchmarks=tuple(row for row in snapshot.benchmarks if row.slug in slugs))


def one_row(snapshot: Snapshot, kind: str = "") -> Prediction:
    """Any measurement of a kind of the report; without a kind, one that is calibrated on."""
    return next(
        row
        for row in compared(snapshot)
        if (KINDS[kind][0](row.observation) if kind else row.held_out and row.observation.calibrates)
    )


@pytest.mark.django_db
def test_the_page_answers_at_its_address(client: Client) -> None:
    response = client.get(addresses.ACCURACY)
    assert response.status_code == 200
    assert "<h1>How accurate the figures are</h1>" in response.content.decode()
    assert 'href="/methodology/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [addresses.METHODOLOGY, addresses.ABOUT])
def test_other_pages_lead_to_it(client: Client, address: str) -> None:
    assert 'href="/accuracy/"' in client.get(address).content.decode()


def test_every_line_of_the_report_is_on_the_page_with_the_same_figures(snapshot: Snapshot) -> None:
    shown = {row[0]: row[1:] for shown_table in read(snapshot).tables for row in shown_table.rows}
    lines = table(compared(snapshot), load_constants())
    assert len(lines) > 15
    assert [shown[sentences.line_name(line.name)] for line in lines] == [as_said(line) for line in lines]


def test_every_line_of_the_report_has_a_name_of_its_own_for_readers(snapshot: Snapshot) -> None:
    names = [sentences.line_name(line.name) for line in table(compared(snapshot), load_constants())]
    assert len(set(names)) == len(names)
    assert set(names) <= {*sentences.LINES.values(), *speed_classes.CLASSES.values()}
    assert sentences.line_name("class brand-new") == "brand-new"


def test_the_first_paragraph_says_the_main_result(snapshot: Snapshot) -> None:
    lines = {line.name: line for line in table(compared(snapshot), load_constants())}
    dense = lines["dense, with LocalScore"]
    prose = read(snapshot).prose
    assert f"off by {dense.median:.1%} in the median, and {dense.coverage:.1%} of {dense.rows} measurements" in prose
    assert f"on {dense.cards} cards lie within the range" in prose
    assert "predicted by a calibration that had not seen its card" in prose


def test_a_measurement_that_is_plotted_is_one_mark(snapshot: Snapshot) -> None:
    paths = dict(PATHS.findall(html(snapshot)))
    used = [row for row in compared(snapshot) if row.observation.calibrates]
    unused = [row for row in compared(snapshot) if row.observation.is_plain and not row.observation.calibrates]
    assert paths["used"].count("M") == paths["used"].count("h0") == len(used) > 400
    assert paths["unused"].count("M") == len(unused) > 300
    assert re.fullmatch(r"[Mhlm\d -]*", "".join(paths.values()))


@pytest.mark.django_db
def test_a_measurement_changed_in_the_database_changes_the_page(client: Client) -> None:
    before = client.get(addresses.ACCURACY).content
    assert client.get(addresses.ACCURACY).content == before
    changed = next(row for row in compared(current()) if row.held_out)
    change(Benchmark, changed.observation.slug, decode_tokens_s="999")
    after = client.get(addresses.ACCURACY).content
    assert dict(PATHS.findall(after.decode()))["used"] != dict(PATHS.findall(before.decode()))["used"]
    assert HtmlPage(after.decode()).tables[1].rows != HtmlPage(before.decode()).tables[1].rows


@pytest.mark.django_db
def test_a_catalog_without_measurements_says_so(client: Client) -> None:
    Benchmark.objects.all().delete()
    response = client.get(addresses.ACCURACY)
    assert response.status_code == 200
    reading = HtmlPage(response.content.decode())
    assert "There are no measurements of speed in the catalog yet" in reading.prose
    assert [shown_table.head[0] for shown_table in reading.tables] == ["Figure"]
    assert "<svg" not in response.content.decode()
    check_structure(reading)


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_one_measurement_of_any_kind_leaves_a_page_that_reads(snapshot: Snapshot, kind: str) -> None:
    reading = read(some(snapshot, one_row(snapshot, kind).observation.slug))
    check_structure(reading)
    assert "has 1 published measurement" in reading.prose
    uses = "uses none of the measurements" in reading.prose
    assert uses == bool(kind)


def test_the_whole_page_reads(snapshot: Snapshot) -> None:
    reading = read(snapshot)
    check_structure(reading)
    assert "{" not in reading.main_text
    assert "nan" not in reading.main_text.split()


def test_a_measurement_newer_than_the_calibration_is_said_to_be(snapshot: Snapshot) -> None:
    calibrated = some(snapshot, one_row(snapshot).observation.slug)
    assert "newer than the calibration" not in read(calibrated).prose
    newer = replace(calibrated, benchmarks=(*calibrated.benchmarks, replace(calibrated.benchmarks[0], slug="zz-new")))
    assert "1 measurement is newer than the calibration" in read(newer).prose


def test_classes_where_the_rule_is_nearer_are_named(snapshot: Snapshot) -> None:
    lines = [line for line in table(compared(snapshot), load_constants()) if line.name.startswith("class ")]
    nearer = [sentences.line_name(line.name) for line in lines if line.rule is not None and line.rule < line.median]
    sentence = accuracy_page.rule_nearer(lines)
    assert all(name in sentence for name in nearer)
    assert accuracy_page.rule_nearer([line for line in lines if sentences.line_name(line.name) not in nearer]) == ""


def test_weak_classes_are_named_with_their_figures_and_no_others(snapshot: Snapshot) -> None:
    lines = {line.name: line for line in table(compared(snapshot), load_constants()) if line.name.startswith("class ")}
    weak = {link.text: link for link in accuracy_page.weak_classes(lines)}
    assert 0 < len(weak) < len(lines)
    for line in lines.values():
        is_weak = line.median > 0.15 or line.cards < 5
        assert (sentences.line_name(line.name) in weak) is is_weak
        if is_weak:
            assert f"off by {line.median:.1%} in the median" in weak[sentences.line_name(line.name)].note
    assert all(f"{link.text}: {link.note}" in read(snapshot).prose for link in weak.values())


@pytest.mark.django_db
def test_every_class_of_which_something_was_measured_is_linked_and_answers(client: Client) -> None:
    addresses_of = [addresses.accuracy_of(as_address(name)) for name in speed_comparison(current()).classes]
    content = client.get(addresses.ACCURACY).content.decode()
    assert len(addresses_of) > 10
    for address in addresses_of:
        assert f'href="{address}"' in content
        assert client.get(address).status_code == 200


def test_programs_are_said_with_the_factors_of_the_constants(snapshot: Snapshot) -> None:
    prose = read(snapshot).prose
    for program, runtime in load_constants().runtimes.items():
        if runtime.factor != 1 or runtime.ms:
            said = f"{PROGRAMS.get(program, program)} {runtime.factor:.0%} and {runtime.ms:.1f} ms more for a token"
            assert said in prose


def test_several_cards_and_ram_are_said_where_they_were_measured(snapshot: Snapshot) -> None:
    prose, constants = read(snapshot).prose, load_constants()
    assert f"each further one adds {constants.card_ms:.2f} ms a token on CUDA and {constants.card_share:.0%}" in prose
    assert f"whole layers are read at {constants.ram_layers:.0%} and experts at {constants.ram_experts:.0%}" in prose
    without = read(some(snapshot, one_row(snapshot).observation.slug)).prose
    assert "Split by layer" not in without
    assert "Of what RAM can do on paper" not in without


def test_the_memory_check_is_that_of_the_file(snapshot: Snapshot) -> None:
    rows = read(snapshot).tables[-1].rows
    assert [row[0] for row in rows] == [check.name for check in memory_checks().values()]
    assert [row[1:] for row in rows] == [
        [row.rows, row.models, row.exact, row.median, row.worst] for row in memory.memory_rows()
    ]


def test_no_figure_is_typed_into_the_templates() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    text = re.sub(r"{{.*?}}|{%.*?%}", "", source)
    assert re.findall(r"\d", re.sub(r"<[^>]*>", "", text)) == []
    drawing = text[text.index("<svg") : text.index("</svg>")].replace('dx="-.5em" dy=".35em"', "")
    assert re.findall(r"\d", drawing) == []


def test_the_title_and_the_description_fit_a_list_of_results(snapshot: Snapshot) -> None:
    page = accuracy_page.build(snapshot)
    assert len(page.title) <= 60
    assert len(page.description) <= 160
