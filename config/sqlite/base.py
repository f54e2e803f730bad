"""The backend that DATABASES names for SQLite."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# What SQLite keeps beside the file: the last changes, and what connections share.
BESIDE = ("-wal", "-shm", "-journal")


class DatabaseWrapper(base.DatabaseWrapper):
    """Accounts and sessions are in the file: no other user reads it. Where it cannot be written, it is still read."""

    init_commands: list[str]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if self.is_in_memory_db():
            return super().get_new_connection(conn_params)
        path = Path(self.settings_dict["NAME"])
        keep_private(path)
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
                raise
            return self._read_only(path, conn_params)

    def _read_only(self, path: Path, conn_params: dict[str, Any]) -> Any:
        """As it stands, with the last changes that others write, or, where nobody does, as a file that never changes.

        SQLite reads no other in a folder in which it may not make a file for what connections share.
        """
        commands, self.init_commands = self.init_commands, []
        unchanging = not _has_last_changes(path)
        try:
            return self._opened(path, "mode=ro", conn_params)
        except self.Database.OperationalError:
            if not unchanging:
                raise
            return self._opened(path, "mode=ro&immutable=1", conn_params)
        finally:
            self.init_commands = commands

    def _opened(self, path: Path, mode: str, conn_params: dict[str, Any]) -> Any:
        address = f"file:{quote(str(path.resolve()))}?{mode}"
        connection = super().get_new_connection({**conn_params, "database": address, "uri": True})
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except self.Database.OperationalError:
            connection.close()
            raise
        return connection


def keep_private(path: Path) -> None:
    """Make the file and what is beside it readable by its owner alone, before there is anything in it.

    Files beside it get the permissions of the file. Those of another owner are left as they are.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    for name in (path, *(path.with_name(path.name + suffix) for suffix in BESIDE)):
        with suppress(OSError):
            mode = stat.S_IMODE(name.stat().st_mode)
            if mode & OTHERS:
                name.chmod(mode & ~OTHERS)


def _has_last_changes(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0
