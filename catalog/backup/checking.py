"""Whether a file can become this site's database."""

from collections.abc import Iterable
from datetime import datetime

from django.db.migrations.loader import MigrationLoader

Migration = tuple[str, str]
APPLICATION = "catalog"


class BackupError(Exception):
    """Nothing was backed up, or nothing restored; the message says why."""


def check_migrations(applied: Iterable[Migration]) -> bool:
    """Whether a backup is of an older version, and to be migrated; raises BackupError where it is of none of ours."""
    made, ours = set(applied), set(MigrationLoader(None).disk_migrations)
    if not any(app == APPLICATION for app, _ in made):
        raise BackupError("The file is no backup of this site: it has no tables of its catalog.")
    apps = {app for app, _ in ours}
    unheard_of = sorted(f"{app} {name}" for app, name in made - ours if app in apps)
    if unheard_of:
        raise BackupError(f"The backup is of a newer version of the site: this one does not know {unheard_of[0]}.")
    return bool(ours - made)


def beside(name: str, at: datetime) -> str:
    """What the database is kept as that a restore takes the place of."""
    return f"{name}.before-restore-{at:%Y%m%d-%H%M%S}"
