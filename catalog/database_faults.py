"""What is wrong with the database, in words for an editor and for the log."""

from django.db import DatabaseError, InterfaceError

# A driver that lost its connection may call it an error of the interface, which is no DatabaseError.
OUTAGES = (DatabaseError, InterfaceError)

AWAY = "The database cannot be reached."
FULL = "The disk is full."
READ_ONLY = "The catalog can only be read here."
BUSY = "Another change has not ended yet."
SLOW = "The database took too long."
NO_TABLES = "Tables are missing: manage.py migrate makes them."

# PostgreSQL's codes of conditions, and words that SQLite uses.
CODES = {"53100": FULL, "25006": READ_ONLY, "55P03": BUSY, "40P01": BUSY, "57014": SLOW, "42P01": NO_TABLES}
WORDS = {
    "disk is full": FULL,
    "no space left": FULL,
    "readonly database": READ_ONLY,
    "no such table": NO_TABLES,
    "database is locked": BUSY,
    "table is locked": BUSY,
}


def in_words(error: BaseException) -> str:
    """One of the sentences above."""
    code = str(getattr(error.__cause__, "sqlstate", None))
    text = str(error).lower()
    return CODES.get(code) or next((sentence for words, sentence in WORDS.items() if words in text), AWAY)
