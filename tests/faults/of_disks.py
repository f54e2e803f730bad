"""Disks that are full, and files that nobody may write."""

import os
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import postgres
from tests.editor import Editor, make_account
from tests.faults import catalog
from tests.faults.site import environment, running
from tests.faults.table import Line, line, until
from tests.faults.visitor import Visitors
from tests.processes import get

MOST_S = 10.0
SMALL_MB = 64
# Many small changes, none of them kept: each takes room until there is none.
FILL = """
from django.db import OperationalError
from catalog.database_faults import in_words
from catalog.models import Gpu
try:
    for turn in range(40):
        for row in Gpu.objects.all():
            row.notes = f"{turn} " * 400; row.save()
    print("there was room")
except OperationalError as error:
    print(in_words(error))
"""


class NoDisk(Exception):
    """No disk can be mounted; the message says why."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own; raises NoDisk where this user may not mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_MB}m,mode=755", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise NoDisk(made.stderr.strip() or "mount failed")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def faults(server: postgres.Server, folder: Path) -> Iterator[Line]:
    """The lines of all of them, on databases of their own."""
    yield _read_only(folder / "read-only")
    try:
        with small_disk(folder / "small") as disk:
            yield _full_sqlite(disk, folder)
        with small_disk(folder / "small-too") as disk:
            yield _full_postgresql(server, disk, folder)
    except NoDisk as error:
        yield Line("full disk", remark=f"NOT TRIED, for no disk can be mounted here: {error}")


def _read_only(folder: Path) -> Line:
    """A file and a folder that may not be written, served by a user who may not write them."""
    folder.mkdir()
    path = folder / "db.sqlite3"
    environ = environment(f"sqlite:///{path}", PYTHONDONTWRITEBYTECODE="1", HOME="/nonexistent")
    catalog.prepare(environ)
    path.chmod(0o444)
    folder.chmod(0o555)
    logs = folder.parent
    with running(environ, logs, prefix=tuple(postgres.as_a_user([]))) as site, Visitors(site.port) as visitors:
        time.sleep(5)
    folder.chmod(0o755)
    wrong = [f"it made {name}" for name in os.listdir(folder) if name != "db.sqlite3"]
    return line("SQLite that may not be written", visitors.answers, most_s=MOST_S, faults=wrong)


def _full_sqlite(disk: Path, folder: Path) -> Line:
    """The desk is told by name, and pages go on."""
    environ = environment(f"sqlite:///{disk}/db.sqlite3")
    catalog.prepare(environ)
    make_account(environ)
    with running(environ, folder) as site:
        origin = f"http://127.0.0.1:{site.port}"
        desk = Editor(origin)
        with Visitors(site.port) as visitors:
            filler = _fill(disk)
            status, page = _save(desk)
            words = catalog.manage(environ, "shell", "-v", "0", "-c", FILL).strip()
            filler.unlink()
            recovered = until(lambda: _save(desk)[0] == 200, 20)
        lines = len(site.lines("disk is full"))
    wrong = [] if status == 507 and "The disk is full" in page else [f"the desk was told {status}"]
    wrong += [] if words == "The disk is full." else [f"a command was told: {words}"]
    wrong += [] if lines and not site.lines("Traceback") else [f"{lines} lines in the log"]
    wrong += [] if recovered is not None else ["nothing can be saved after it"]
    return line(
        "full disk under SQLite", visitors.answers, most_s=MOST_S, recovered_s=recovered, remark="507", faults=wrong
    )


def _save(desk: Editor) -> tuple[int, str]:
    """What an editor sees who saves."""
    try:
        desk.change_gpu("l4", notes="words " * 500)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    return 200, ""


def _full_postgresql(server: postgres.Server, disk: Path, folder: Path) -> Line:
    """The tables are on the small disk, the server's own files are not."""
    if os.geteuid() == 0:
        os.chown(disk, os.stat(server.folder).st_uid, -1)
    server.run(f"CREATE TABLESPACE small LOCATION '{disk}'")
    environ = environment(server.create("small", "TABLESPACE small"))
    catalog.prepare(environ)
    with running(environ, folder) as site, Visitors(site.port) as visitors:
        filler = _fill(disk)
        words = catalog.manage(environ, "shell", "-v", "0", "-c", FILL).strip()
        filler.unlink()
        catalog.edit(environ, 503)
        recovered = until(lambda: "503 GB/s" in get(f"http://127.0.0.1:{site.port}/gpus/l4/"), 20)
    wrong = [] if words == "The disk is full." else [f"a command was told: {words}"]
    wrong += [] if recovered is not None else ["an edit after it is not served"]
    return line("full disk under PostgreSQL", visitors.answers, most_s=MOST_S, recovered_s=recovered, faults=wrong)


def _fill(disk: Path) -> Path:
    """A file that takes all the room there is."""
    filler = disk / "filler"
    file = os.open(filler, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while True:
            os.write(file, b"\0" * 4096)
    os.close(file)
    return filler
