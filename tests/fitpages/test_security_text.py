"""security.txt as RFC 9116 wants it, and good for at least half a year at any time."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fitpages import security_text, site

RELEASED = datetime.datetime(2026, 3, 1, 12, 30, 15, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def public_site(settings: Any) -> Iterator[None]:
    settings.SITE_URL, settings.SITE_CONTACT = "https://example.org", "security@example.org"
    settings.RELEASED_AT = RELEASED
    site.site.cache_clear()
    yield
    site.site.cache_clear()


def test_the_whole_text() -> None:
    assert security_text.build(RELEASED + DAY) == (
        "Contact: mailto:security@example.org\n"
        "Expires: 2027-02-24T12:30:15Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://example.org/.well-known/security.txt\n"
        "Policy: https://example.org/about/#security\n"
    )


def test_it_is_the_same_for_half_a_year() -> None:
    assert security_text.build(RELEASED) == security_text.build(RELEASED + 179 * DAY)
    assert security_text.build(RELEASED) != security_text.build(RELEASED + 180 * DAY)


@given(st.timedeltas(min_value=-10_000 * DAY, max_value=10_000 * DAY))
def test_it_is_never_near_its_end_nor_a_year_from_it(since_release: datetime.timedelta) -> None:
    ahead = security_text.expires(RELEASED + since_release) - (RELEASED + since_release)
    assert 180 * DAY < ahead <= 360 * DAY


def test_the_end_is_said_in_utc_wherever_the_release_was_made(settings: Any) -> None:
    settings.RELEASED_AT = RELEASED.astimezone(datetime.timezone(datetime.timedelta(hours=9)))
    assert "Expires: 2027-02-24T12:30:15Z\n" in security_text.build(RELEASED)


def test_a_site_without_https_names_no_address_of_its_own(settings: Any) -> None:
    settings.SITE_URL = "http://localhost:8000"
    assert "http:" not in security_text.build(RELEASED)


@pytest.mark.parametrize(
    ("contact", "stands"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/report", "https://example.org/report"),
        ("http://example.org/report", ""),
        ("https://example.org/ report", ""),
        ("https://example.org/\nContact: https://other.example", ""),
        ("the desk", ""),
        ("", ""),
    ],
)
def test_a_contact_stands_there_where_the_rfc_lets_it(settings: Any, contact: str, stands: str) -> None:
    settings.SITE_CONTACT = contact
    assert security_text.contact() == stands


def test_the_policy_is_a_part_of_the_page_about_the_site(client: Client, db: None) -> None:
    address, _, part = security_text.POLICY.partition("#")
    assert f'<h2 id="{part}">' in client.get(address, secure=True).content.decode()
