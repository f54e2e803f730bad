"""The first page's picker leads to the page of a pair."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_picker_leads_to_the_pair(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("Model", exact=True).select_option(label="Qwen2.5 72B")
    page.get_by_label("GPU", exact=True).select_option("l4")
    page.get_by_role("button", name="Does it run?").click()
    expect(page).to_have_url(f"{origin}/run/qwen2-5-72b-on-l4/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Qwen2.5 72B")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_half_a_choice_leads_to_all_pairs_of_that_half(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("GPU", exact=True).select_option("l4")
    page.get_by_role("button", name="Does it run?").click()
    expect(page).to_have_url(f"{origin}/gpus/l4/")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_no_choice_leads_to_all_combinations(visit: Visit, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_role("button", name="Does it run?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All combinations")
