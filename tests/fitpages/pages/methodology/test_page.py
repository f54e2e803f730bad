"""The methodology and the about page: formulas and constants are those of the code, and the example adds up."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages import site
from fitpages.matching.answers import answer
from fitpages.matching.pairs import count_pairs, find_pair
from fitpages.pages import about
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.pair import page as pair_page
from fitpages.serving.responses import render
from fitpages.text import figures
from tests.fitpages.catalogs import edited, in_every_catalog, without_examples
from tests.html_page import HtmlPage, check_structure
from tests.small_catalog import snapshot_of

NUMBER = re.compile(r"[\d,]*\.?\d+")


def read_methodology(snapshot: Snapshot) -> HtmlPage:
    return HtmlPage(render(methodology_page.build(snapshot)).decode())


def read_about(snapshot: Snapshot) -> HtmlPage:
    return HtmlPage(render(about.build(snapshot)).decode())


def without_speed(reading: HtmlPage) -> str:
    """The page without the section on speed, whose calibrated figures may be any."""
    before, rest = reading.main_text.split("The speed to expect", 1)
    return before + rest.split("Units and rounding", 1)[1]


@pytest.fixture
def contact(settings: Any) -> Iterator[Callable[[str], None]]:
    """Sets SITE_CONTACT, which pages take from the settings once in a process."""

    def set_contact(text: str) -> None:
        settings.SITE_CONTACT = text
        site.site.cache_clear()

    yield set_contact
    site.site.cache_clear()


@in_every_catalog
def test_both_pages_read_whatever_the_catalog_holds(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    check_structure(read_methodology(snapshot))
    check_structure(read_about(snapshot))


def test_sections_that_other_pages_point_at_are_there(small: Snapshot) -> None:
    ids = read_methodology(small).ids
    assert {"verdict", "formula", "constants", "error", "sources", "report"} <= set(ids)


def test_the_page_counts_the_catalog_and_dates_it(small: Snapshot) -> None:
    counts = f"{len(small.gpus)} GPUs, {len(small.models)} models and {len(small.quants)} quantizations"
    prose = read_methodology(small).prose
    assert counts in prose
    assert f"all {count_pairs(small):,} pages" in prose
    assert f"last changed on {small.revision.changed_at:%-d %B %Y}" in prose


# Formulas and constants


def test_every_constant_of_the_rule_is_named_with_its_reason(small: Snapshot) -> None:
    constants = [value for name, value in vars(rule_of_thumb).items() if name.isupper() and isinstance(value, Decimal)]
    rows = read_methodology(small).table("Constant").rows
    assert sorted(Decimal(value) for _, value, _ in rows) == sorted(constants)
    assert all(reason for _, _, reason in rows)


def test_formulas_constants_and_example_follow_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_of_thumb, "OVERHEAD", Decimal("1.37"))
    monkeypatch.setattr(rule_of_thumb, "USABLE_SHARE", Decimal("0.91"))
    monkeypatch.setattr(rule_of_thumb, "UNIFIED_USABLE_SHARE", Decimal("0.63"))
    monkeypatch.setattr(rule_of_thumb, "BANDWIDTH_SHARE", Decimal("0.77"))
    reading = read_methodology(snapshot_of())
    formulas = {row[0]: row[1] for row in reading.table("Figure").rows}
    assert formulas["Need"] == "P × b × 1.37"
    assert formulas["Ceiling"] == "0.77 × W ÷ (A × b)"
    reasons = {row[1]: row[2] for row in reading.table("Constant").rows}
    assert reasons["1.37"].startswith("37% on top")
    assert reasons["0.91"].startswith("The other 9%")
    assert "0.63" in reasons
    assert "77% of the bandwidth" in reasons["0.77"]
    for stale in ("1.2", "0.95", "0.72", "0.85", "20%"):
        assert not re.search(rf"(?<![\d.]){re.escape(stale)}(?!\d)", without_speed(reading).replace("0.95 × ", ""))


def test_every_symbol_of_a_formula_is_defined_and_no_other(small: Snapshot) -> None:
    reading = read_methodology(small)
    used = set(re.findall(r"\b[A-Za-z]\b", " ".join(row[1] for row in reading.table("Figure").rows)))
    assert used == {row[0] for row in reading.table("Symbol").rows}
    assert all(meaning and origin for _, meaning, origin in reading.table("Symbol").rows)


def test_the_formulas_as_printed_are_the_rule(small: Snapshot) -> None:
    model, gpu, quant = small.models["mixture-30b"].spec, small.gpus["h80"].spec, small.quants[4].spec
    assert model.active_parameters
    values = {
        "P": model.parameters,
        "A": model.active_parameters,
        "b": quant.bytes_per_weight,
        "M": gpu.nameplate_gb * 10**9,
        "u": rule_of_thumb.usable_share(gpu),
        "W": gpu.bandwidth_gb_s * 10**9,
    }
    formulas = {row[0]: row[1] for row in read_methodology(small).table("Figure").rows}
    assert _value(formulas["Need"], values) == rule_of_thumb.need_bytes(model, quant)
    assert _value(formulas["Usable"], values) == rule_of_thumb.usable_bytes(gpu)
    ceiling = rule_of_thumb.ceiling_tokens_s(model, quant, gpu)
    assert ceiling is not None
    assert abs(_value(formulas["Ceiling"], values) / ceiling - 1) < Decimal("1e-20")


def _value(formula: str, values: dict[str, Any]) -> Decimal:
    """A printed formula, worked out by Python."""
    numbers_as_decimals = re.sub(r"\d+\.\d+", lambda match: f"Decimal('{match[0]}')", formula)
    source = numbers_as_decimals.replace("×", "*").replace("÷", "/")
    result: Decimal = eval(source, {"Decimal": Decimal, **values})
    return result


# The worked example


@in_every_catalog
def test_every_line_of_the_example_adds_up(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    example = methodology_page.build(catalog(snapshot)).example
    if example is None:
        return
    for line in example.lines:
        numbers = [Decimal(number.replace(",", "")) for number in NUMBER.findall(line.calculation)]
        if line.step.startswith("Need"):
            assert line.result == figures.memory(numbers[0] * numbers[1] * numbers[2])
        elif line.step.startswith("Usable"):
            assert line.result == figures.memory(numbers[0] * numbers[1] * 10**9)
        elif line.step.startswith("Ceiling"):
            ceiling = numbers[0] * numbers[1] * 10**9 / (numbers[2] * numbers[3])
            assert line.result == f"{figures.ceiling(ceiling)} tokens/sec"
        else:
            sign, verdict = ("≤", "fits") if numbers[0] <= numbers[1] else (">", "does not fit")
            assert f" {sign} " in line.calculation
            assert line.result == verdict


@pytest.mark.parametrize("catalog", [lambda snapshot: snapshot, edited, without_examples])
def test_the_example_says_what_the_pages_of_its_pairs_say(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = methodology_page.build(snapshot).example
    assert example is not None
    lines = {line.step: line.result for line in example.lines}
    for link in example.pairs:
        pair = find_pair(snapshot, link.address.split("/")[2])
        assert pair is not None
        assert link.note == short_line(answer(snapshot, pair.model, pair.gpu))
        for row in pair_page.build(snapshot, pair).levels.rows:
            step = next((step for step in lines if step.startswith(f"{row.name} on ") and pair.gpu.name in step), None)
            if step:
                assert lines[step] == ("fits" if row.rule_fits == "yes" else "does not fit")
                assert lines[f"Need at {row.name}"] == f"{row.rule_need} GB"
    ceiling = next(step for step in lines if step.startswith("Ceiling"))
    last = find_pair(snapshot, example.pairs[-1].address.split("/")[2])
    assert last is not None
    shown = {row.name: row.rule_ceiling for row in pair_page.build(snapshot, last).levels.rows}
    assert snapshot.default_quant is not None
    assert lines[ceiling] == f"{shown[snapshot.default_quant.name]} tokens/sec"


# Known errors


def test_the_known_errors_are_the_five_that_were_measured(small: Snapshot) -> None:
    rows = read_methodology(small).table("Figure")
    assert rows.caption.startswith("The formulas")
    errors = next(table for table in read_methodology(small).tables if table.caption.startswith("Known errors"))
    assert [row[-1] for row in errors.rows] == ["14%", "−97%", "a third of cases", "more than half", "30% too high"]
    assert [row[1] for row in errors.rows] == [
        *["llama.cpp's own accounting, 80 models"] * 4,
        "published single-stream benchmarks",
    ]


# Reporting, and the about page


@pytest.mark.parametrize("read", [read_methodology, read_about])
def test_a_report_goes_to_the_contact_or_says_what_to_name(
    small: Snapshot, contact: Callable[[str], None], read: Callable[[Snapshot], HtmlPage]
) -> None:
    contact("errors@example.org")
    assert "mailto:errors@example.org" in read(small).main_links
    assert "Write to errors@example.org: name the page, the figure, and the source" in read(small).prose
    contact("our issue tracker")
    assert "Write to our issue tracker: name the page" in read(small).prose
    contact("")
    assert not any(link.startswith("mailto:") for link in read(small).main_links)
    assert "name the page, the figure, and the source that says otherwise" in read(small).prose
    assert "Write to" not in read(small).prose


@pytest.mark.parametrize("build", [methodology_page.build, about.build])
def test_titles_and_descriptions_fit_a_list_of_results(small: Snapshot, build: Callable[[Snapshot], Any]) -> None:
    page = build(small)
    assert len(page.title) <= 60
    assert len(page.description) <= 160
