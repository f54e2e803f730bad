"""The site under attack: a server of its own on a catalog of its own, its log, its memory, and an editor's session."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.editor import NAME, make_account
from tests.loaded_site import load_site
from tests.processes import environment, free_port, manage, running

# No request may take more; without a bound one number could take the machine that tests run on.
MOST_KIB = 4_000_000
SIGN_IN = f"""
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
get_user_model().objects.filter(pk=1).update(username={NAME!r}, is_active=True, is_staff=True, is_superuser=True)
user, session = get_user_model().objects.get(pk=1), SessionStore()
session.update({{SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(),
                 BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1]}})
session.create()
print(session.session_key)
"""
# An old address, for the list of them is attacked too, and a new catalog has none.
OLD_ADDRESS = """
from catalog.models import RetiredSlug
RetiredSlug.objects.get_or_create(kind="gpu", slug="rtx4090", defaults={"successor": "rtx-4090", "why": "by hand"})
"""


@dataclass
class Site:
    """A running server. `arbiter` is the id of its first process, whose children are the workers."""

    port: int
    arbiter: int
    log: Path
    environ: dict[str, str]
    session: str = ""
    _read: int = field(default=0, repr=False)

    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        return [int(name) for name in os.listdir("/proc") if name.isdecimal() and _parent(name) == self.arbiter]

    def memory_mib(self) -> float:
        """What the workers hold in RAM, MiB."""
        return sum(_resident_kib(pid) for pid in self.workers()) / 1024

    def sign_in(self) -> None:
        """A session for the editor, made without the form, for that may be locked."""
        self.session = manage(self.environ, "shell", "-v0", "-c", SIGN_IN).split()[-1]

    def new_lines(self) -> str:
        """What the server wrote into its log since this was asked."""
        size = self.log.stat().st_size
        if size == self._read:
            return ""
        with self.log.open("rb") as file:
            file.seek(self._read)
            text = file.read()
        self._read += len(text)
        return text.decode("utf-8", "replace")

    def renew_workers(self) -> None:
        """End workers that no longer answer; the server starts others."""
        for pid in self.workers():
            os.kill(pid, signal.SIGKILL)
        time.sleep(3)


def loads_what_it_exports(site: Site) -> str:
    """Whether the catalog can still be exported and the export read; what went wrong, nothing where it went well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            manage(site.environ, "export_catalog", folder)
            manage(site.environ, "load_catalog", folder, "--dry-run")
        except subprocess.CalledProcessError as error:
            return str(error.stderr).strip().splitlines()[-1][:300]
    return ""


@contextmanager
def hostile_site() -> Iterator[Site]:
    """A site on a fresh catalog, from its start until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "hostile.sqlite3")
        load_site(environ)
        make_account(environ)
        manage(environ, "shell", "-v0", "-c", OLD_ADDRESS)
        with serving_logged(environ, Path(folder) / "server.log") as site:
            site.sign_in()
            yield site


@contextmanager
def serving_logged(environ: dict[str, str], log: Path) -> Iterator[Site]:
    """gunicorn with the project's settings and one worker, writing all that it says to `log`."""
    port = free_port()
    bounded = ["sh", "-c", f'ulimit -v {MOST_KIB}; exec "$@"', "gunicorn", sys.executable, "-m", "gunicorn"]
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-file", str(log), "--capture-output"]
    with running([*bounded, *options, "config.wsgi"], environ, f"http://127.0.0.1:{port}") as process:
        yield Site(port=port, arbiter=process.pid, log=log, environ=environ)


def _parent(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def _resident_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
