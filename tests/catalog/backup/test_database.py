"""A backup and a restore while the site is served: nobody sees half of either, and the former database is kept.

On SQLite with a server of this test's own; `make test-postgres` does the same on the server that it starts.
"""

import os
import secrets
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.faults import catalog
from tests.faults.site import environment, running
from tests.faults.table import until
from tests.faults.visitor import Visitors
from tests.processes import ROOT, get, manage

L4 = "/gpus/l4/"
ACCOUNTS = "SELECT username FROM auth_user"
MAKE_ACCOUNT = "from django.contrib.auth.models import User; User.objects.create(username={name!r})"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object) -> str:
    """A database of its own, loaded: of the kind that the tests run on."""
    if connection.vendor == "postgresql":
        server = os.environ["DATABASE_URL"]
        # Tests run side by side, each process with a database of its own.
        own = f"backed_up_{secrets.token_hex(4)}"
        name = urlsplit(server)._replace(path=f"/{own}").geturl()
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(own)))
    else:
        name = f"sqlite:///{tmp_path_factory.mktemp('site')}/site.sqlite3"
    catalog.prepare(environment(name))
    return name


def bandwidth(url: str) -> int:
    return next(figure for kind, slug, figure in catalog.state(url) if (kind, slug) == ("gpu", "l4"))


def refusal(url: str, *arguments: str, cwd: Path = ROOT) -> str:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        manage(environment(url), *arguments, cwd=cwd)
    return str(caught.value.stderr)


def test_both_run_while_the_site_is_served_and_every_process_has_the_next_page_of_it(url: str, tmp_path: Path) -> None:
    environ, backup = environment(url), tmp_path / "site.backup"
    catalog.edit(environ, 311)
    with running(environ, tmp_path) as site, Visitors(site.port) as visitors:
        manage(environ, "backup", str(backup))
        catalog.edit(environ, 322)
        manage(environ, "shell", "-v", "0", "-c", MAKE_ACCOUNT.format(name="later"))
        assert until(lambda: "322 GB/s" in get(f"http://127.0.0.1:{site.port}{L4}"), 20) is not None
        said = manage(environ, "restore", str(backup), "--yes", cwd=tmp_path)
        pages = [get(f"http://127.0.0.1:{site.port}{L4}") for _ in range(8)]
        assert all("311 GB/s" in page for page in pages)
    assert [answer for answer in visitors.answers if answer.is_lost] == []
    assert len(visitors.answers) > 10
    assert not site.lines("Traceback")
    assert catalog.rows(url, ACCOUNTS) == []
    # Of PostgreSQL it is in the folder of the command: docs/desk.md.
    former = tmp_path / said.split("The former one is ")[1].split(". Everybody")[0]
    assert former.stat().st_mode & 0o077 == 0
    assert list(ROOT.glob("*.before-restore-*")) == []
    manage(environ, "restore", str(former), "--yes", cwd=tmp_path)
    assert (bandwidth(url), catalog.rows(url, ACCOUNTS)) == (322, [("later",)])


def test_a_backup_has_no_sessions_and_is_its_owners_alone(url: str, tmp_path: Path) -> None:
    backup = tmp_path / "site.backup"
    session = "INSERT INTO django_session VALUES ('a-session-key', 'what-it-holds', '2030-01-01')"
    catalog.run_statement(url, session)
    manage(environment(url), "backup", str(backup))
    assert backup.stat().st_mode & 0o077 == 0
    assert b"what-it-holds" not in backup.read_bytes()
    assert list(tmp_path.iterdir()) == [backup]
    manage(environment(url), "restore", str(backup), "--yes", cwd=tmp_path)
    assert catalog.rows(url, "SELECT session_key FROM django_session") == []


def test_what_is_no_whole_backup_is_refused_and_changes_nothing(url: str, tmp_path: Path) -> None:
    backup = tmp_path / "site.backup"
    manage(environment(url), "backup", str(backup))
    catalog.edit(environment(url), 333)
    whole = backup.read_bytes()
    for part in (whole[: len(whole) * 2 // 3], b"no backup", b""):
        backup.write_bytes(part)
        words = refusal(url, "restore", str(backup), "--yes", cwd=tmp_path)
        assert "The file is no whole backup" in words
        assert "The database is as it was." in words
    assert bandwidth(url) == 333
    assert "There is no file" in refusal(url, "restore", str(tmp_path / "none"), "--yes", cwd=tmp_path)


def test_nothing_is_restored_unless_the_name_is_typed(url: str, tmp_path: Path) -> None:
    manage(environment(url), "backup", str(tmp_path / "site.backup"))
    catalog.edit(environment(url), 344)
    assert "Nothing was restored." in refusal(url, "restore", str(tmp_path / "site.backup"), cwd=tmp_path)
    assert bandwidth(url) == 344


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('catalog', '9999_later', '2030-01-01')", "newer"),
        ("DELETE FROM django_migrations WHERE app = 'catalog'", "it has no tables of its catalog"),
    ],
)
def test_a_backup_of_another_version_or_of_something_else_is_refused(
    url: str, tmp_path: Path, statement: str, words: str
) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("A dump of PostgreSQL cannot be changed by a statement; the check is the same.")
    backup = tmp_path / "site.backup"
    manage(environment(url), "backup", str(backup))
    with sqlite3.connect(backup) as copy:
        copy.execute(statement)
    copy.close()
    assert words in refusal(url, "restore", str(backup), "--yes", cwd=tmp_path)


def test_a_backup_of_an_older_version_is_migrated(url: str, tmp_path: Path) -> None:
    manage(environment(url), "migrate", "axes", "zero", "-v", "0")
    manage(environment(url), "backup", str(tmp_path / "site.backup"))
    manage(environment(url), "migrate", "-v", "0")
    manage(environment(url), "restore", str(tmp_path / "site.backup"), "--yes", cwd=tmp_path)
    assert catalog.rows(url, "SELECT username FROM axes_accessattempt") == []


def test_a_backup_that_cannot_be_written_says_so(url: str, tmp_path: Path) -> None:
    assert "Nothing was written" in refusal(url, "backup", str(tmp_path / "none" / "site.backup"))
