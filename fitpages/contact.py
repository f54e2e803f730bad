"""Where a contact leads: the one that readers report a wrong figure to."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

WEB = ("https://", "http://", "mailto:")


def address_of(contact: str) -> str:
    """The address of an e-mail or web contact; "" of plain text and of nothing, which lead nowhere."""
    contact = contact.strip()
    if contact.startswith(WEB):
        return contact
    try:
        validate_email(contact)
    except ValidationError:
        return ""
    return f"mailto:{contact}"
