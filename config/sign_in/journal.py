"""The log of who signed in, who was refused and why. A password never stands in it."""

import logging

from django.http import HttpRequest

logger = logging.getLogger("sign_in")
MOST_CHARACTERS = 80


def note(request: HttpRequest, event: str, name: object) -> None:
    """A line about an account, by the name that was given, and the address that it came from."""
    logger.info("%s: %s from %s.", event, readable(name), readable(request.META.get("REMOTE_ADDR", "")))


def note_refusal(request: HttpRequest, reason: str) -> None:
    """A line about a page that somebody was refused."""
    name = request.user.get_username() if hasattr(request, "user") else ""
    note(request, f"Refused {request.method} {readable(request.path)}, {reason}", name)


def readable(text: object) -> str:
    """In quotes, cut to a bound, with every character escaped that could begin a line or hide one."""
    return repr(str(text)[:MOST_CHARACTERS])


def is_not_told_already(record: logging.LogRecord) -> bool:
    """Whether a line is not Django's own, with a traceback, about a refusal that has a line here."""
    return record.name != "django.request" or getattr(record, "status_code", None) != 403
