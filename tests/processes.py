"""Real servers for tests and the benchmark: started on the loopback, waited for, and ended by their id."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# As long as a real one must be, and no secret.
SECRET_KEY = "only-for-tests-and-benchmarks-7Qx2Lr9Zk4Vd8Nw3Hs6Bt1Yp5"


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database: Path, **more: str) -> dict[str, str]:
    """The environment of a process of the site on a database of its own."""
    return on_database(f"sqlite:///{database}", **more)


def on_database(url: str, **more: str) -> dict[str, str]:
    """The environment of a process of the site: each variable of .env.example is set, so that no .env is heard."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    unset = dict.fromkeys(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE), "")
    own = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY}
    return {**inherited, **unset, **own, "PYTHONPATH": str(ROOT), **more}


def manage(environ: Mapping[str, str], *arguments: str, cwd: Path = ROOT) -> str:
    """Run a management command in a folder; its output, or CalledProcessError."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env=environ, check=True, capture_output=True, text=True).stdout


@contextmanager
def running(
    command: Sequence[str], environ: Mapping[str, str], origin: str, *, cwd: Path = ROOT, patience_s: float = 20
) -> Iterator[subprocess.Popen[str]]:
    """A process and all it starts, from when `origin` answers until the block ends."""
    process = subprocess.Popen(
        command, cwd=cwd, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, process_group=0
    )
    try:
        _wait_until_served(process, f"{origin}/healthz", patience_s)
        yield process
    finally:
        _end(process)


@contextmanager
def serving(environ: Mapping[str, str]) -> Iterator[str]:
    """gunicorn with the settings of the project and one worker; gives its origin."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "config.wsgi"]
    with running(command, environ, f"http://127.0.0.1:{port}"):
        yield f"http://127.0.0.1:{port}"


def get(address: str) -> str:
    """The body of a page that answers 200."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


def _wait_until_served(process: subprocess.Popen[str], address: str, patience_s: float) -> None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended before it served:\n{process.communicate()[0]}")
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {patience_s} seconds.")


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)
