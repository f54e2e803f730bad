"""The site's database, whichever kind it is, backed up and restored."""

import secrets
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from catalog.backup.checking import check_migrations
from catalog.backup.of_postgresql import PostgresqlDatabase
from catalog.backup.of_sqlite import SqliteFile
from catalog.models import CatalogRevision


def of_the_site() -> SqliteFile | PostgresqlDatabase:
    """Raises BackupError where nothing can be backed up."""
    return PostgresqlDatabase() if connection.vendor == "postgresql" else SqliteFile()


def restore(database: SqliteFile | PostgresqlDatabase, source: Path) -> Path:
    """Make a backup the site's database; where the former one is kept. Raises BackupError.

    One of an older version is migrated afterwards, and has then a second new revision.
    """
    with database.staged(source) as staged:
        is_older = check_migrations(staged.applied)
        former = staged.put(secrets.token_hex(8), _now())
    if is_older:
        call_command("migrate", interactive=False, verbosity=0)
        CatalogRevision.bump()
    return former


def _now() -> datetime:
    return timezone.now()
