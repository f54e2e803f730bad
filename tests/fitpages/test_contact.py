"""Where a contact leads."""

import pytest

from fitpages.contact import address_of


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("", ""),
        ("  ", ""),
        (" errors@example.org ", "mailto:errors@example.org"),
        ("mailto:errors@example.org", "mailto:errors@example.org"),
        ("https://example.org/issues", "https://example.org/issues"),
        ("http://localhost:8000/report", "http://localhost:8000/report"),
        ("http://[::1]/report", "http://[::1]/report"),
        ("http://example.org/report", ""),
        ("https://", ""),
        ("https://999.1.1.1/", ""),
        ("https://me:pw@example.org/", ""),
        ("https://example.org/ report", ""),
        ("https://example.org/\nContact: https://other.example", ""),
        ("mailto:", ""),
        ("mailto:javascript:alert(1)", ""),
        ("+49 30 1234", ""),
        ("the issue tracker", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_contact_leads_where_it_can(contact: str, address: str) -> None:
    assert address_of(contact) == address
