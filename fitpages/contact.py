"""Where a contact leads: the one that readers report a wrong figure to."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

MAIL = "mailto:"
# Over plain http only this machine is asked: what is on the way elsewhere could answer in its place.
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def address_of(contact: str) -> str:
    """The address of an e-mail contact, or of one on the web over HTTPS; "" of what is neither and leads nowhere."""
    contact = contact.strip()
    is_web = contact.startswith(("https://", "http://"))
    try:
        return _web(contact) if is_web else _mail(contact.removeprefix(MAIL))
    except ValidationError:
        return ""


def _mail(text: str) -> str:
    validate_email(text)
    return f"{MAIL}{text}"


def _web(text: str) -> str:
    URLValidator(schemes=["https", "http"])(text)
    parts = urlsplit(text)
    leads = "@" not in parts.netloc and (parts.scheme == "https" or parts.hostname in LOOPBACK)
    return text if leads else ""
