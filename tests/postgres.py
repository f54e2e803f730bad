"""A PostgreSQL server of the tests' own, in a folder that goes with it: started, waited for, and ended by its id.

`python -m tests.postgres COMMAND...` runs a command with DATABASE_URL leading to it. Its texts are sorted as English
words are, hyphens aside, as on many a real server and unlike SQLite: whatever depends on the order in a database shows.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes import free_port

# Where Debian has the programs of each version, none of them on the PATH.
INSTALLED = Path("/usr/lib/postgresql")
INITDB = ("--username=site", "--auth=trust", "--encoding=UTF8", "--no-sync")
ENGLISH = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
# Nothing in it is to last, so nothing waits for a disk.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@dataclass
class Server:
    """A cluster in `folder`, on a port of the loopback that stays its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "postgres") -> str:
        """As DATABASE_URL has it."""
        return f"postgres://site@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [program("postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), *FAST]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(as_a_user(command), cwd=self.folder, stdout=log, stderr=log)
        self._wait()

    def _wait(self, patience_s: float = 30) -> None:
        deadline = time.monotonic() + patience_s
        ask = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ask, check=False).returncode != 0:
            if time.monotonic() > deadline or self.process is None or self.process.poll() is not None:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as an operator does who does not wait for connections."""
        if self.process is not None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and to every process that serves a connection: SIGSTOP hangs it."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        targets = children if number in (signal.SIGSTOP, signal.SIGCONT) else []
        for identity in [self.process.pid, *map(int, targets)]:
            os.kill(identity, number)

    def create(self, name: str, *more: str) -> str:
        """Make an empty database; its address."""
        self.run(f'CREATE DATABASE "{name}" {" ".join(more)}')
        return self.url(name)

    def run(self, statement: str, name: str = "postgres") -> str:
        """What psql prints for a statement."""
        command = [program("psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", self.url(name), "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def program(name: str) -> str:
    """Where a program of PostgreSQL is: of the newest version that Debian has, or on the PATH."""
    path = _path(name)
    if path is None:
        raise RuntimeError(f"PostgreSQL's {name} is not here: scripts/ensure.sh postgresql installs it.")
    return path


def is_here() -> bool:
    """Whether a server can be started here."""
    return _path("initdb") is not None


def _path(name: str) -> str | None:
    versions = sorted(INSTALLED.glob("*/bin"), key=lambda path: [int(part) for part in path.parent.name.split(".")])
    places = [folder / name for folder in reversed(versions) if (folder / name).exists()]
    return str(places[0]) if places else shutil.which(name)


def as_a_user(command: Sequence[str]) -> list[str]:
    """The command as a user without rights: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return list(command)
    owner = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *command]


@contextmanager
def server() -> Iterator[Server]:
    """A new server that runs until the block ends."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        _make_cluster(folder / "data")
        started = Server(folder, free_port())
        try:
            started.start()
            yield started
        finally:
            started.stop()


def _make_cluster(data: Path) -> None:
    command = [program("initdb"), "-D", str(data), *INITDB, *ENGLISH]
    made = subprocess.run(as_a_user(command), cwd=data.parent, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")


def main(command: Sequence[str]) -> int:
    with server() as running:
        url = running.create("site")
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
