"""A copied site is one that was migrated and loaded, and each is a database of its own."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import loaded_site
from tests.processes import environment, manage

REPORT = "created 0, updated 0, unchanged "


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as site:
        return int(site.execute("SELECT count(*) FROM catalog_gpu").fetchone()[0])


def test_a_copy_has_nothing_to_migrate_and_nothing_to_load(tmp_path: Path) -> None:
    loaded_site.load_site(environment(tmp_path / "first.sqlite3"))
    copied = environment(tmp_path / "second.sqlite3")
    loaded_site.load_site(copied)
    assert "No migrations to apply." in manage(copied, "migrate")
    assert manage(copied, "load_catalog").startswith(REPORT)
    assert rows(tmp_path / "second.sqlite3") == rows(tmp_path / "first.sqlite3") > 400


def test_commands_run_once_and_what_becomes_of_one_site_is_not_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def make(environ: dict[str, str], command: str, *_: str) -> None:
        ran.append(command)
        with sqlite3.connect(environ["DATABASE_URL"].removeprefix("sqlite:///")) as site:
            site.execute("CREATE TABLE IF NOT EXISTS catalog_gpu (slug)")

    monkeypatch.setattr(loaded_site, "manage", make)
    monkeypatch.setattr(loaded_site, "_kept", [])
    first, second = tmp_path / "first.sqlite3", tmp_path / "second.sqlite3"
    loaded_site.load_site(environment(first))
    with sqlite3.connect(first) as site:
        site.execute("INSERT INTO catalog_gpu VALUES ('one-more')")
    loaded_site.load_site(environment(second))
    assert ran == ["migrate", "load_catalog"]
    assert (rows(first), rows(second)) == (1, 0)
