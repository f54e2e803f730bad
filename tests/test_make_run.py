"""`make run` on a fresh clone, stopped and run again."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.editor import Editor, make_account
from tests.processes import ROOT, environment, free_port, get, running

PAIR = "/run/qwen2-5-72b-on-l4/"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of this working tree that git knows or would know, alone in a folder."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def _bare_environment() -> dict[str, str]:
    """No variable of the site, and no virtual environment."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def test_a_second_run_starts_at_once_and_keeps_what_was_edited(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    origin, command = f"http://127.0.0.1:{port}", ["make", "run", f"PORT={port}"]
    with running(command, _bare_environment(), origin, cwd=clone, patience_s=300):
        assert "300 GB/s" in get(origin + PAIR)
        make_account(environment(clone / "db.sqlite3"))
        Editor(origin).change_gpu("l4", bandwidth_gb_s="345")
    installed = (clone / ".venv/.runtime").stat().st_mtime_ns
    start = time.monotonic()
    with running(command, _bare_environment(), origin, cwd=clone, patience_s=60):
        seconds = time.monotonic() - start
        page = get(origin + PAIR)
    assert "345 GB/s" in page
    assert (clone / ".venv/.runtime").stat().st_mtime_ns == installed, "the second run installed again"
    with capsys.disabled():
        print(f"\nThe second `make run` served after {seconds:.1f} seconds.")


def test_a_port_in_use_is_said_and_another_proposed(clone: Path) -> None:
    (clone / ".venv").symlink_to(ROOT / ".venv")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = ["make", "run", f"PORT={port}"]
        answer = subprocess.run(command, cwd=clone, env=_bare_environment(), capture_output=True, text=True, timeout=60)
    assert answer.returncode != 0
    assert f"Port {port} is in use" in answer.stdout
    assert not (clone / "db.sqlite3").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "8000x"])
def test_what_is_no_port_is_not_called_one_in_use(clone: Path, port: str) -> None:
    (clone / ".venv").symlink_to(ROOT / ".venv")
    command = ["make", "run", f"PORT={port}"]
    answer = subprocess.run(command, cwd=clone, env=_bare_environment(), capture_output=True, text=True, timeout=60)
    assert answer.returncode != 0
    assert answer.stdout == f"PORT must be a port number from 1 to 65535, not '{port}'.\n"
