"""The forms of the first page lead to a machine, to a model, or to the page of both."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

in_both = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@in_both
def test_a_machine_leads_to_its_page(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("I have").select_option("rtx-3060-12")
    page.get_by_role("button", name="Show what runs").click()
    expect(page).to_have_url(f"{origin}/gpus/rtx-3060-12/")


@in_both
def test_ram_goes_along(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("I have").select_option(label="RTX 4090")
    page.get_by_label("so much RAM").select_option(label="64 GB")
    page.get_by_label("this kind of RAM").select_option("ddr4")
    page.get_by_role("button", name="Show what runs").click()
    expect(page).to_have_url(f"{origin}/gpus/rtx-4090/?ram=64&kind=ddr4")


@in_both
def test_no_gpu_is_a_choice(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("I have").select_option(label="no GPU")
    page.get_by_role("button", name="Show what runs").click()
    expect(page).to_have_url(f"{origin}/gpus/cpu-ddr5-32/")


@in_both
def test_a_machine_that_is_not_in_the_list_is_typed(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("Not in the list?").fill("rtx 3070 laptop")
    page.get_by_role("button", name="Show what runs").click()
    expect(page).to_have_url(f"{origin}/gpus/rtx-3070-laptop/")


@in_both
def test_a_model_leads_to_its_page_with_its_context(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("I want").select_option(label="Qwen3 32B")
    page.get_by_label("so much context").select_option(label="64K")
    page.get_by_role("button", name="Show what it needs").click()
    expect(page).to_have_url(f"{origin}/models/qwen3-32b/?context=65536")


@in_both
def test_a_model_on_a_machine_leads_to_their_page(visit: Visit, origin: str, javascript: bool) -> None:
    page = visit("/", javascript=javascript)
    page.get_by_label("I want").select_option(label="Qwen3 32B")
    page.get_by_label("on this machine").select_option(label="RTX 3090")
    page.get_by_role("button", name="Show what it needs").click()
    expect(page).to_have_url(f"{origin}/run/qwen3-32b-on-rtx-3090/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Qwen3 32B")
