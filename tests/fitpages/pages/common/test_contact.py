"""Where readers report a wrong number."""

import pytest

from fitpages.pages.common.contact import report_link
from fitpages.site import Link


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("", None),
        ("  ", None),
        ("errors@example.org", Link("errors@example.org", "mailto:errors@example.org")),
        ("mailto:errors@example.org", Link("errors@example.org", "mailto:errors@example.org")),
        ("https://example.org/issues", Link("https://example.org/issues", "https://example.org/issues")),
        ("the issue tracker", Link("the issue tracker", "")),
        ("javascript:alert(1)", Link("javascript:alert(1)", "")),
    ],
)
def test_a_contact_leads_where_it_can(contact: str, link: Link | None) -> None:
    assert report_link(contact) == link
