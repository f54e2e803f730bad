"""What is the same on every page comes from the settings, once in a process."""

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.pages import about
from fitpages.serving.responses import render
from fitpages.site import Link, absolute, site


@pytest.fixture
def at_example_org(settings: Any) -> Iterator[None]:
    settings.SITE_URL, settings.SITE_NAME, settings.SITE_CONTACT = "https://example.org", "Example", "us@example.org"
    site.cache_clear()
    yield
    site.cache_clear()


@pytest.mark.usefixtures("at_example_org")
def test_name_origin_and_contact_are_those_of_the_settings() -> None:
    assert (site().name, site().origin, site().contact) == ("Example", "https://example.org", "us@example.org")
    assert absolute("/models/") == "https://example.org/models/"
    assert site().picture == "https://example.org/static/fitpages/picture.png"


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("us@example.org", "mailto:us@example.org"),
        ("https://example.org/issues", "https://example.org/issues"),
        ("the issue tracker", f"{addresses.ABOUT}#report"),
        ("", f"{addresses.ABOUT}#report"),
    ],
)
@pytest.mark.usefixtures("at_example_org")
def test_a_wrong_figure_is_reported_to_the_contact_or_as_the_page_about_the_site_says(
    settings: Any, contact: str, address: str
) -> None:
    settings.SITE_CONTACT = contact
    site.cache_clear()
    assert site().report == Link("Report a wrong figure", address)


def test_the_page_about_the_site_has_the_section_that_reports_lead_to(small: Snapshot) -> None:
    assert b'id="report"' in render(about.build(small))


@pytest.mark.usefixtures("at_example_org")
def test_it_is_made_once() -> None:
    assert site() is site()


def test_the_navigation_leads_to_pages_that_stand() -> None:
    assert {link.address for link in site().navigation} <= set(addresses.STANDING_PAGES)
    assert len({link.text for link in site().navigation}) == len(site().navigation)


def test_the_footer_leads_to_pages_that_stand() -> None:
    assert {link.address for link in site().footer} <= set(addresses.STANDING_PAGES)
    assert site().report.address.startswith(addresses.ABOUT)


def test_a_link_needs_no_note() -> None:
    assert Link("Models", "/models/").note == ""
