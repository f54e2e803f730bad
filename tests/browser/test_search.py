"""The search in every page's header."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("start", ["/", "/run/llama-3-1-8b-on-rtx-4090/", "/calculator/"])
def test_a_model_and_a_gpu_find_their_pair_first(visit: Visit, origin: str, start: str, javascript: bool) -> None:
    page = visit(start, javascript=javascript)
    page.get_by_role("banner").get_by_role("searchbox").fill("qwen 72b l4")
    page.get_by_role("banner").get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(f"{origin}/search/?q=qwen+72b+l4")
    first = page.get_by_role("region", name="Combinations").get_by_role("link").first
    expect(first).to_have_attribute("href", "/run/qwen2-5-72b-on-l4/")
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Qwen2.5 72B")


def test_nothing_found_keeps_what_was_typed_and_says_what_to_do(visit: Visit) -> None:
    page = visit("/")
    page.get_by_role("banner").get_by_role("searchbox").fill("zzzz")
    page.get_by_role("banner").get_by_role("searchbox").press("Enter")
    expect(page.get_by_label("Model, machine, size or use")).to_have_value("zzzz")
    expect(page.get_by_role("main")).to_contain_text("Nothing in the catalog is called “zzzz”")
