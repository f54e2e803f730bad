"""What text can be stored and written again, whatever the database."""

import re

# Halves of characters have no UTF-8, and PostgreSQL holds no null character.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
NO_TEXT = "a character in it is no text."


def is_text(text: str) -> bool:
    """Whether it can be stored, and written to a file."""
    return not _NO_TEXT.search(text)
