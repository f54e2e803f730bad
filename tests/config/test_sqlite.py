"""The file of the database: its owner's alone, and readable where nobody may write."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.sqlite.base import keep_private
from tests.processes import ROOT, environment, manage

# Everything is loaded as root, for another user may not be able to enter the folder of the code, or of Python.
READ = """
import os, pwd, django
django.setup()
from catalog.models import CatalogRevision
nobody = pwd.getpwnam("nobody")
os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
print("token", CatalogRevision.current_token())
"""


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_file_and_what_is_beside_it_are_read_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    code = (
        "import os; os.umask(0); from django.db import connection as c; u = c.cursor();"
        "u.execute('CREATE TABLE t (x)'); u.execute('INSERT INTO t VALUES (1)');"
        "print({n: oct(os.stat(n).st_mode & 0o777) for n in sorted(os.listdir('.')) if n.startswith('db.')})"
    )
    environ = environment(path)
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", code]
    answer = subprocess.run(command, env=environ, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == str(dict.fromkeys(("db.sqlite3", "db.sqlite3-shm", "db.sqlite3-wal"), "0o600"))


def test_files_of_an_earlier_release_are_closed_to_others(tmp_path: Path) -> None:
    names = [tmp_path / f"db.sqlite3{suffix}" for suffix in ("", "-wal", "-shm")]
    for name in names:
        name.write_bytes(b"kept")
        name.chmod(0o644)
    keep_private(names[0])
    assert [(mode(name), name.read_bytes()) for name in names] == [(0o600, b"kept")] * 3


def test_a_path_that_cannot_be_is_left_to_sqlite_to_refuse(tmp_path: Path) -> None:
    keep_private(tmp_path / "nowhere" / "db.sqlite3")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def written() -> Iterator[Path]:
    """A database of another user's, in a folder that everybody enters: those of pytest are closed, however deep."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield _database(Path(folder) / "db.sqlite3")


def _database(path: Path) -> Path:
    manage(environment(path), "migrate", "-v", "0")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO catalog_catalogrevision VALUES (1, 'first', '2026-01-01')")
    connection.close()
    path.chmod(0o644)
    return path


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can read as another user.")
def test_what_nobody_may_write_is_read(written: Path) -> None:
    assert _read_as_another(written).stdout.splitlines()[-1:] == ["token first"]
    assert sorted(path.name for path in written.parent.iterdir()) == ["db.sqlite3"]


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can read as another user.")
def test_last_changes_beside_the_file_are_read_or_it_is_refused(written: Path) -> None:
    """Never an older state without a word."""
    writer = sqlite3.connect(written)
    writer.execute("UPDATE catalog_catalogrevision SET token = 'second'")
    writer.commit()
    for path in written.parent.iterdir():
        path.chmod(0o644)
    assert _read_as_another(written).stdout.splitlines()[-1:] == ["token second"]
    written.with_name("db.sqlite3-shm").unlink()
    refused = _read_as_another(written)
    writer.close()
    assert "first" not in refused.stdout
    assert "OperationalError" in refused.stderr


def _read_as_another(path: Path) -> subprocess.CompletedProcess[str]:
    environ = environment(path, DJANGO_SETTINGS_MODULE="config.settings", PYTHONDONTWRITEBYTECODE="1", HOME="/")
    return subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
