"""A database of PostgreSQL, by its own pg_dump and pg_restore; put back by psql, in one transaction."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from catalog.backup.checking import BackupError, Migration, beside
from catalog.backup.partial import partial_file

# Where Debian has the programs of each version.
INSTALLED = Path("/usr/lib/postgresql")
NOT_OURS = ("--no-owner", "--no-privileges")
# libpq's names of what DATABASE_URL may say; time-outs of pages are not for this.
PARAMETERS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs")
NEW_REVISION = """
RESET search_path;
INSERT INTO catalog_catalogrevision (id, token, changed_at) VALUES (1, '{token}', '{at}')
ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token, changed_at = EXCLUDED.changed_at;
"""


class PostgresqlDatabase:
    """The site's database, on a server."""

    def __init__(self) -> None:
        self.name = str(connection.settings_dict["NAME"])
        self.programs = {name: _program(name) for name in ("pg_dump", "pg_restore", "psql")}

    def make(self, target: Path) -> None:
        """Write it to a file; raises BackupError."""
        try:
            with partial_file(target) as partial:
                left_out = "--exclude-table-data=*.django_session"
                self.run(
                    "pg_dump", "--format=custom", *NOT_OURS, left_out, f"--file={partial}", f"--dbname={_conninfo()}"
                )
        except OSError as error:
            raise BackupError(f"Nothing was written: {error}.") from error

    @contextmanager
    def staged(self, source: Path) -> Iterator["Staged"]:
        """A backup as statements that can take the database's place; raises BackupError where it is not whole."""
        with TemporaryDirectory(prefix="restoring-") as folder:
            script = Path(folder) / "staged.sql"
            try:
                self.run("pg_restore", *NOT_OURS, f"--file={script}", str(source))
            except BackupError as error:
                raise BackupError(f"The file is no whole backup of a PostgreSQL database: {error}") from error
            yield Staged(self, Path(folder), self._applied(source))

    def _applied(self, source: Path) -> list[Migration]:
        text = self.run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(source))
        rows = [line.split("\t") for line in text.splitlines()]
        return [(row[1], row[2]) for row in rows if len(row) == 4]

    def run(self, program: str, *arguments: str) -> str:
        """What a program prints; raises BackupError with its complaint."""
        command = [self.programs[program], *arguments]
        ended = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise BackupError((ended.stderr.strip().splitlines() or [f"{program} failed."])[0])
        return ended.stdout


class Staged:
    """A backup that was read and is whole, with the migrations that were applied to it."""

    def __init__(self, database: PostgresqlDatabase, folder: Path, applied: list[Migration]) -> None:
        self.database, self.folder, self.applied = database, folder, applied

    def put(self, token: str, at: datetime) -> Path:
        """Make it the site's database, in one transaction and with a revision of its own; where the former one is."""
        former = Path.cwd() / beside(f"{self.database.name}.dump", at)
        self.database.make(former)
        (self.folder / "away.sql").write_text(_away(), encoding="utf-8")
        revision = NEW_REVISION.format(token=token, at=at.isoformat())
        (self.folder / "revision.sql").write_text(revision, encoding="utf-8")
        scripts = [f"--file={self.folder / name}" for name in ("away.sql", "staged.sql", "revision.sql")]
        connection.close()
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--dbname={_conninfo()}"]
        self.database.run("psql", *options, *scripts)
        return former


def _away() -> str:
    """Statements that take away every table of today. Who reads waits, as long as a restore takes."""
    with connection.cursor() as cursor:
        tables = [connection.ops.quote_name(table.name) for table in connection.introspection.get_table_list(cursor)]
    wait = "SET lock_timeout = '60s';\n"
    return wait + (f"DROP TABLE {', '.join(tables)} CASCADE;\n" if tables else "")


def _conninfo() -> str:
    """Where the database is, without the password, which other users could read in the list of processes."""
    from psycopg.conninfo import make_conninfo

    settings = connection.settings_dict
    parameters = {name: settings["OPTIONS"][name] for name in PARAMETERS if name in settings["OPTIONS"]}
    names = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    where = {**{name: settings[key] for name, key in names.items()}, **parameters}
    return make_conninfo("", **{name: value for name, value in where.items() if value})


def _environment() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _program(name: str) -> str:
    versions = sorted(INSTALLED.glob("*/bin"), key=lambda path: [int(part) for part in path.parent.name.split(".")])
    places = [str(folder / name) for folder in reversed(versions) if (folder / name).exists()]
    path = places[0] if places else shutil.which(name)
    if path is None:
        raise BackupError(f"PostgreSQL's {name} is not here, and without it there is no backup: install its client.")
    return path
