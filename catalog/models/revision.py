import datetime
import secrets
from typing import NamedTuple

from django.db import connection, models
from django.utils import timezone


class Revision(NamedTuple):
    """A state of the catalog: a token that no other state has, and when it came to be."""

    token: str
    changed_at: datetime.datetime


EMPTY = Revision("empty", datetime.datetime.fromtimestamp(0, datetime.UTC))


class CatalogRevision(models.Model):
    """One row, changed in the transaction of every change of the catalog, so that any process sees it.

    The token is random, not a count: a restored backup must not repeat one that stands for other data.
    """

    token = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    ONLY_ROW = 1

    def __str__(self) -> str:
        return self.token

    @classmethod
    def bump(cls) -> None:
        """Give the catalog a new revision."""
        state = {"token": secrets.token_hex(8), "changed_at": timezone.now()}
        cls.objects.update_or_create(pk=cls.ONLY_ROW, defaults=state)

    @classmethod
    def current_token(cls) -> str:
        """The token of now, by the one query that a public page costs; plain SQL, for it runs on every request."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT token FROM catalog_catalogrevision WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else EMPTY.token

    @classmethod
    def current(cls) -> Revision:
        """The revision of now; that of an empty catalog before anything was loaded."""
        row = cls.objects.filter(pk=cls.ONLY_ROW).first()
        return Revision(row.token, row.changed_at) if row else EMPTY
