"""The guides as pages: any catalog leaves one that reads, of a length to read, whose links lead on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.pairs import find_pair
from fitpages.pages.common.page import Page
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides import quantization
from fitpages.views import pages
from tests.fitpages.catalogs import CATALOGS, in_every_catalog
from tests.fitpages.guides import in_both, read
from tests.html_page import check_structure


@in_both
def test_a_guide_is_long_enough_to_help_and_short_enough_to_read(
    snapshot: Snapshot, build: Callable[[Snapshot], Page]
) -> None:
    assert 900 <= read(build, snapshot).words <= 1800


@in_both
@in_every_catalog
def test_a_guide_reads_whatever_the_catalog_holds(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    check_structure(read(build, catalog(snapshot)))


@in_both
def test_a_guide_has_its_own_address_and_leads_on(snapshot: Snapshot, build: Callable[[Snapshot], Page]) -> None:
    page = build(snapshot)
    address = {
        quantization.build: addresses.QUANTIZATION_GUIDE,
        local_guide.build: addresses.LOCAL_GUIDE,
    }[build]
    assert page.canonical.endswith(address)
    assert page.breadcrumbs[-1].address == ""
    assert len(page.description) <= 160
    assert len(page.title) <= 60
    reading = read(build, snapshot)
    assert {addresses.CALCULATOR, addresses.METHODOLOGY} <= set(reading.main_links)


@in_both
def test_every_link_of_a_guide_leads_to_something_published(
    snapshot: Snapshot, build: Callable[[Snapshot], Page]
) -> None:
    for link in read(build, snapshot).main_links:
        if link.startswith("/run/") and link != addresses.COMBINATIONS:
            assert find_pair(snapshot, link.split("/")[2])
        elif link.startswith("/models/"):
            assert link.split("/")[2] in snapshot.models
        elif link.startswith("/gpus/"):
            assert link.split("/")[2] in snapshot.gpus


@pytest.mark.parametrize("view", [pages.quantization_guide, pages.local_guide, pages.methodology, pages.about])
def test_a_view_answers_with_the_page_and_asks_caches_to_ask_again(
    snapshot: Snapshot, view: Callable[..., Any]
) -> None:
    response = view(RequestFactory().get("/"))
    assert response.status_code == 200
    assert b"<h1>" in response.content
    assert response["Cache-Control"] == "public, no-cache"
    assert view(RequestFactory().get("/", headers={"If-None-Match": response["ETag"]})).status_code == 304
    assert view(RequestFactory().post("/")).status_code == 405


@pytest.mark.parametrize("name", ["a single quantization", "no common card", "nothing but quantizations"])
def test_what_there_is_no_example_of_is_left_out(snapshot: Snapshot, name: str) -> None:
    page = quantization.build(CATALOGS[name](snapshot))
    if name != "no common card":
        assert page.trade is None
        assert page.speed is None
    if name == "a single quantization":
        assert page.saving is None
        assert page.step_up is None
    local = local_guide.build(CATALOGS[name](snapshot))
    if name != "a single quantization":
        assert local.tiers == ()
        assert local.bandwidths is None
    if name in {"no common card", "nothing but quantizations"}:
        assert local.prices == ()
