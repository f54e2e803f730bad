"""A site's database with the starting catalog: tables are made and files are loaded once a run, then it is a copy."""

import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tests.processes import manage

_SQLITE = "sqlite:///"


class _Kept:
    """The file that is copied, in a folder that is gone when this process ends."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="loaded-site-")
        self.path = Path(self._folder.name) / "site.sqlite3"


_kept: list[_Kept] = []


def keep(source: sqlite3.Connection) -> None:
    """Copy later what this database has now, though its file be memory or written beside."""
    kept = _Kept()
    with closing(sqlite3.connect(kept.path)) as copy:
        source.backup(copy)
    _kept[:] = [kept]


def load_site(environ: Mapping[str, str]) -> None:
    """Give a process's database its tables and the starting catalog; one that is there already is migrated, as ever."""
    url = environ["DATABASE_URL"]
    path = Path(url.removeprefix(_SQLITE))
    is_new = url.startswith(_SQLITE) and not path.exists()
    if is_new and _kept:
        shutil.copyfile(_kept[0].path, path)
        return
    manage(environ, "migrate", "--verbosity", "0")
    manage(environ, "load_catalog")
    if is_new:
        with closing(sqlite3.connect(path)) as made:
            keep(made)
