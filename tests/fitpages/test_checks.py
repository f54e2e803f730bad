"""What the deployment check asks of a public site."""

from typing import Any

import pytest
from django.core.checks import Error, run_checks

from fitpages.checks import readers_can_report


@pytest.mark.parametrize(
    ("address", "contact", "passes"),
    [
        ("https://example.org", "", False),
        ("https://example.org", "  ", False),
        ("https://localhost.example.org", "", False),
        ("https://example.org", "errors@example.org", True),
        ("http://localhost:8000", "", True),
        ("http://127.0.0.1:8000", "", True),
        ("http://[::1]:8000", "", True),
    ],
)
def test_a_public_site_needs_a_contact(settings: Any, address: str, contact: str, passes: bool) -> None:
    settings.SITE_URL, settings.SITE_CONTACT = address, contact
    assert (readers_can_report(None) == []) is passes


def test_it_is_asked_for_a_deployment_only(settings: Any) -> None:
    settings.SITE_URL, settings.SITE_CONTACT = "https://example.org", ""
    (error,) = (message for message in run_checks(include_deployment_checks=True) if message.id == "fitpages.E001")
    assert isinstance(error, Error)
    assert "fitpages.E001" not in {message.id for message in run_checks()}


def test_it_says_what_to_set(settings: Any) -> None:
    settings.SITE_URL, settings.SITE_CONTACT = "https://example.org", ""
    (error,) = readers_can_report(None)
    sentence = "Readers of https://example.org are not told where to report a wrong figure: SITE_CONTACT is empty."
    assert (error.msg, "in .env" in (error.hint or "")) == (sentence, True)
