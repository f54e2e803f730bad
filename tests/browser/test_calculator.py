"""The calculator: a form that needs no JavaScript, and answers in place where there is some."""

import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Fetch, Visit

OWN = {"parameters": "8.03", "memory": "24", "bandwidth": "1008", "cards": "2"}
OWN_QUERY = "/calculator/?parameters=8.03&memory=24&bandwidth=1008&cards=2"


class _Result(HTMLParser):
    """The text of the element whose id is `result`, with its spaces made plain."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth, self.parts = 0, list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or ("id", "result") in attrs:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.parts.append(data)


def _result(html: str) -> str:
    return " ".join(" ".join(_Result(html).parts).split())


def _fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)


def _values(page: Page) -> dict[str, str]:
    return {name: page.locator(f"#{name}").input_value() for name in (*OWN, "active", "model", "gpu", "quant")}


def _expect_error(page: Page, name: str) -> None:
    """The field says that it is wrong, and everything that describes it is there."""
    field = page.locator(f"#{name}")
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = (field.get_attribute("aria-describedby") or "").split()
    assert f"{name}-error" in described_by
    for identifier in described_by:
        expect(page.locator(f"#{identifier}")).to_have_count(1)
    expect(page.locator(f"#{name}-error")).not_to_be_empty()


def test_without_javascript_the_answer_comes_after_submitting_and_the_values_stay(visit: Visit, fetch: Fetch) -> None:
    page = visit("/calculator/", javascript=False)
    _fill(page, OWN)
    page.get_by_role("button", name="Calculate").click()
    expect(page.get_by_role("heading", name="Result")).to_be_visible()
    assert _values(page) == {**OWN, "active": "", "model": "", "gpu": "", "quant": ""}
    assert _result(page.content()) == _result(fetch(OWN_QUERY)[1])


def test_without_javascript_choices_stay_and_lead_to_their_pair(visit: Visit) -> None:
    page = visit("/calculator/", javascript=False)
    page.get_by_label("Model", exact=True).select_option("qwen2-5-72b")
    page.get_by_label("GPU", exact=True).select_option("l4")
    page.get_by_label("Quantization", exact=True).select_option("q4-k-m")
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("#result").get_by_role("link").first).to_have_attribute("href", "/run/qwen2-5-72b-on-l4/")
    chosen = _values(page)
    assert (chosen["model"], chosen["gpu"], chosen["quant"]) == ("qwen2-5-72b", "l4", "q4-k-m")


def test_without_javascript_errors_are_at_their_fields_and_the_values_stay(visit: Visit) -> None:
    typed = {"parameters": "abc", "memory": "-1", "cards": "0"}
    page = visit("/calculator/", javascript=False)
    _fill(page, typed)
    page.get_by_role("button", name="Calculate").click()
    for name, value in typed.items():
        _expect_error(page, name)
        expect(page.locator(f"#{name}")).to_have_value(value)
    expect(page.locator("#result table")).to_have_count(0)


def test_with_javascript_the_answer_comes_in_place(visit: Visit, fetch: Fetch, origin: str) -> None:
    page = visit("/calculator/")
    page.evaluate("window.marker = 'still here'")
    _fill(page, OWN)
    expect(page).to_have_url(origin + OWN_QUERY)
    expect(page.locator("#result h2")).to_have_text("Result")
    assert page.evaluate("window.marker") == "still here"
    assert _values(page) == {**OWN, "active": "", "model": "", "gpu": "", "quant": ""}
    assert _result(page.content()) == _result(fetch(OWN_QUERY)[1])


def test_with_javascript_the_button_answers_in_place_too(visit: Visit) -> None:
    page = visit("/calculator/")
    page.evaluate("window.marker = 'still here'")
    _fill(page, OWN)
    page.get_by_role("button", name="Calculate").click()
    expect(page.locator("#result h2")).to_have_text("Result")
    assert page.evaluate("window.marker") == "still here"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_address_is_a_link_to_the_same_result(visit: Visit, javascript: bool) -> None:
    page = visit("/calculator/?model=qwen2-5-72b&gpu=l4")
    before = _result(page.content())
    page.locator("#cards").fill("3")
    expect(page).to_have_url(re.compile("cards=3"))
    shown = _result(page.content())
    assert shown != before
    afresh = visit(page.url, javascript=javascript)
    assert _result(afresh.content()) == shown
    assert _values(afresh) == _values(page)


def test_with_javascript_an_error_comes_at_its_field_and_goes_after_correction(visit: Visit, fetch: Fetch) -> None:
    page = visit(OWN_QUERY)
    page.evaluate("window.marker = 'still here'")
    page.locator("#parameters").fill("abc")
    _expect_error(page, "parameters")
    expect(page.locator("#result table")).to_have_count(0)
    page.locator("#parameters").fill("8.03")
    expect(page.locator("#parameters")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#parameters-error")).to_have_count(0)
    expect(page.locator("#parameters")).to_have_attribute("aria-describedby", "parameters-hint")
    expect(page.locator("#result h2")).to_have_text("Result")
    assert _result(page.content()) == _result(fetch(OWN_QUERY)[1])
    assert page.evaluate("window.marker") == "still here"


def test_typing_keeps_the_focus_where_it_is(visit: Visit) -> None:
    page = visit("/calculator/?model=qwen2-5-72b&gpu=l4")
    page.locator("#cards").press_sequentially("2")
    expect(page).to_have_url(re.compile("cards=2"))
    expect(page.locator("#cards")).to_be_focused()
