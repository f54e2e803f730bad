"""The site under gunicorn with two workers, its log in a file, for faults to be done to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.visitor import PAGES, ask
from tests.processes import ROOT, free_port, on_database

WORKERS = 2


@dataclass
class Site:
    """A running site; `process` is gunicorn's first one, which starts the workers."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(identity) for identity in listed.split()]

    def wait_ready(self, patience_s: float = 60) -> None:
        """Until /readyz answered 200 so often that every worker has read the catalog, and made each page once."""
        deadline, ready = time.monotonic() + patience_s, 0
        while ready < 5 * WORKERS:
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"The site did not become ready:\n{self.log.read_text()[-3000:]}")
            if ask(self.port, "/readyz").status == 200:
                ready += 1
            else:
                time.sleep(0.1)
        for page in PAGES * (2 * WORKERS):
            ask(self.port, page)

    def lines(self, words: str) -> list[str]:
        """Lines of the log that have these words."""
        return [line for line in self.log.read_text().splitlines() if words in line]


def environment(url: str, **more: str) -> dict[str, str]:
    """The environment of the site on a database."""
    return on_database(url, PYTHONUNBUFFERED="1", **more)


@contextmanager
def running(environ: Mapping[str, str], folder: Path, *, prefix: tuple[str, ...] = ()) -> Iterator[Site]:
    """The site, ready, until the block ends; `prefix` is what its command is run by."""
    port, log = free_port(), folder / "site.log"
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*prefix, *gunicorn, "config.wsgi"], cwd=ROOT, env=environ, stdout=file, stderr=file, process_group=0
        )
    site = Site(port, process, log)
    try:
        site.wait_ready()
        yield site
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
