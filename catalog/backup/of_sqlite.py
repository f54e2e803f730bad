"""SQLite's file, copied by its online backup, which keeps nobody waiting and copies one moment; and back that way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.db import connection

from catalog.backup.checking import BackupError, Migration, beside
from catalog.backup.partial import partial_file

NEW_REVISION = "INSERT OR REPLACE INTO catalog_catalogrevision (id, token, changed_at) VALUES (1, ?, ?)"
# Who changes something meanwhile is waited for.
WAIT_S = 60


class SqliteFile:
    """The site's database, in a file."""

    def __init__(self) -> None:
        self.path = Path(str(connection.settings_dict["NAME"]))
        if not self.path.is_file():
            raise BackupError("The database is not in a file: there is nothing to keep.")
        self.name = self.path.name

    def make(self, target: Path) -> None:
        """Write it to a file; raises BackupError."""
        try:
            with partial_file(target) as partial, closing(sqlite3.connect(partial)) as copy:
                self._copy_to(copy)
                _without_sessions(copy)
        except (OSError, sqlite3.Error) as error:
            raise BackupError(f"Nothing was written: {error}.") from error

    @contextmanager
    def staged(self, source: Path) -> Iterator["Staged"]:
        """A copy of a backup that can take the database's place; raises BackupError where it is not whole."""
        beside_it = TemporaryDirectory(prefix=".restoring-", dir=self.path.parent)
        with beside_it as folder, closing(sqlite3.connect(Path(folder) / "staged.sqlite3")) as copy:
            try:
                _read_whole(source, copy)
                applied = copy.execute("SELECT app, name FROM django_migrations").fetchall()
            except sqlite3.Error as error:
                raise BackupError(f"The file is no whole backup of a SQLite database: {error}.") from error
            yield Staged(self, copy, applied)

    def _copy_to(self, copy: sqlite3.Connection) -> None:
        with closing(_opened(self.path, "ro")) as site:
            site.backup(copy)


class Staged:
    """A backup that was read and is whole, with the migrations that were applied to it."""

    def __init__(self, database: SqliteFile, copy: sqlite3.Connection, applied: list[Migration]) -> None:
        self.database, self.copy, self.applied = database, copy, applied

    def put(self, token: str, at: datetime) -> Path:
        """Make it the site's database, in one step and with a revision of its own; where the former one is kept."""
        path = self.database.path
        former = path.with_name(beside(path.name, at))
        try:
            _without_sessions(self.copy)
            with self.copy:
                self.copy.execute(NEW_REVISION, (token, at.isoformat(sep=" ")))
            with partial_file(former) as partial, closing(sqlite3.connect(partial)) as kept:
                self.database._copy_to(kept)
            connection.close()
            with closing(sqlite3.connect(path, timeout=WAIT_S)) as site:
                self.copy.backup(site)
        except (OSError, sqlite3.Error) as error:
            raise BackupError(f"Nothing was restored: {error}.") from error
        return former


def _read_whole(source: Path, copy: sqlite3.Connection) -> None:
    """Copy a backup and look at every page of it; raises sqlite3.Error."""
    with closing(_opened(source, "ro&immutable=1")) as backup:
        backup.backup(copy)
    copy.execute("PRAGMA journal_mode = DELETE")
    verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    """A database that is read and never made."""
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, timeout=WAIT_S)


def _without_sessions(copy: sqlite3.Connection) -> None:
    """Nobody is signed in by a file: sessions go, and what is left of them in pages that are free."""
    with copy:
        copy.execute("DELETE FROM django_session")
    copy.execute("PRAGMA journal_mode = DELETE")
    copy.execute("VACUUM")
