"""The server that mail is sent by, from EMAIL_URL; without one the site sends none."""

import re
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.checked_values import HOST_NAME, LOOPBACK_NAMES
from fitpages.contact import MAIL, address_of

# By scheme: what Django is to switch on, and the port that servers usually have (RFC 6409, RFC 8314).
SCHEMES: dict[str, tuple[dict[str, bool], int]] = {
    "smtp": ({}, 25),
    "smtp+tls": ({"EMAIL_USE_TLS": True}, 587),
    "smtp+ssl": ({"EMAIL_USE_SSL": True}, 465),
}
TIMEOUT_S = 10
EXAMPLE = "smtp+tls://user:password@mail.example.org:587"


def mail(name: str, text: str) -> dict[str, Any]:
    """Django's settings of mail; none of them for an empty text."""
    if not text:
        return {}
    parts = _parts(text)
    if parts is None or not re.fullmatch(HOST_NAME, parts.hostname or "") or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f"{name} must be the address of a mail server, such as {EXAMPLE} (smtp+ssl:// for one that is encrypted "
            "from the start, smtp:// for one on this machine), with % signs in a password written as %25."
        )
    if parts.scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK_NAMES:
        raise ImproperlyConfigured(
            f"{name} would send its password in the clear. Write smtp+tls:// or smtp+ssl:// before the server's name."
        )
    return _settings(parts)


def _parts(text: str) -> SplitResult | None:
    """The parts of an address of a mail server; None of what is none."""
    try:
        parts = urlsplit(text)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if is_port and parts.scheme in SCHEMES and re.fullmatch(r"[\x21-\x7e]+", text) else None


def _settings(parts: SplitResult) -> dict[str, Any]:
    switches, usual_port = SCHEMES[parts.scheme]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or usual_port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_TIMEOUT": TIMEOUT_S,
        **switches,
    }


def sender(site_contact: str, host: str) -> str:
    """Whom mail is from: the contact that readers have, where it is an address of mail, else the desk of this host."""
    address = address_of(site_contact)
    return address.removeprefix(MAIL) if address.startswith(MAIL) else f"desk@{host}"
