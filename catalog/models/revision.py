import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import connection, models, transaction
from django.utils import timezone


class Revision(NamedTuple):
    """A state of the catalog: a token that no other state has, and when it came to be."""

    token: str
    changed_at: datetime.datetime


EMPTY = Revision("empty", datetime.datetime.fromtimestamp(0, datetime.UTC))


# Whether anything has changed in the block of `as_one_change` that runs; None outside of one.
_changed: ContextVar[bool | None] = ContextVar("_changed", default=None)


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
        """Give the catalog a new revision, or see to it that it gets one when its changes are complete."""
        if _changed.get() is not None:
            _changed.set(True)
            return
        state = {"token": secrets.token_hex(8), "changed_at": timezone.now()}
        cls.objects.update_or_create(pk=cls.ONLY_ROW, defaults=state)

    @classmethod
    @contextmanager
    def as_one_change(cls) -> Iterator[None]:
        """All changes in the block are one transaction and get one new revision, at its end; none if there are none."""
        with transaction.atomic():
            outside = _changed.set(False)
            try:
                yield
                changed = _changed.get()
            finally:
                _changed.reset(outside)
            if changed:
                cls.bump()

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
