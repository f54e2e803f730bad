"""What is logged of requests that were refused: a line, not where in Django's code they were."""

import logging

MOST_CHARACTERS = 200


class OneLine(logging.Filter):
    """Bounds what `django.security` logs, such as of a host that is not ours: a robot sends thousands of them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.msg, record.args = bounded(record.getMessage()), None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def bounded(text: str) -> str:
    """The first 200 characters, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_CHARACTERS else f"{line[:MOST_CHARACTERS]}…"
