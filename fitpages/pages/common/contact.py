"""Where readers report a wrong number."""

from fitpages.contact import address_of
from fitpages.site import Link


def report_link(contact: str) -> Link | None:
    """SITE_CONTACT as a link: to an e-mail address or a web address, or plain text that leads nowhere; None unset."""
    contact = contact.strip()
    return Link(contact.removeprefix("mailto:"), address_of(contact)) if contact else None
