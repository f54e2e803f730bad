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
        ("the issue tracker", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_contact_leads_where_it_can(contact: str, address: str) -> None:
    assert address_of(contact) == address
