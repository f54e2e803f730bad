"""What is logged of requests that were refused: a line, not where in Django's code they were."""

import logging

MOST_CHARACTERS = 200


class OneLine(logging.Filter):
    """Bounds what Django logs of a client's own fault, such as a host that is not ours: a robot sends thousands."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security.") or _is_refusal(record):
            record.msg, record.args = bounded(record.getMessage()), None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def _is_refusal(record: logging.LogRecord) -> bool:
    return record.name == "django.request" and 400 <= getattr(record, "status_code", 0) < 500


def bounded(text: str) -> str:
    """The first 200 characters, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]}…"
