"""Where readers report a wrong number."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fitpages.site import Link


def report_link(contact: str) -> Link | None:
    """SITE_CONTACT as a link: to an e-mail address or a web address, or plain text that leads nowhere; None unset."""
    contact = contact.strip()
    if not contact:
        return None
    if contact.startswith(("https://", "http://", "mailto:")):
        return Link(contact.removeprefix("mailto:"), contact)
    try:
        validate_email(contact)
    except ValidationError:
        return Link(contact, "")
    return Link(contact, f"mailto:{contact}")
