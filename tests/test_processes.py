"""Processes of tests: what they are told by the environment, whatever stands in a developer's .env."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, SECRET_KEY, environment

OF_ONES_OWN = """
DEBUG=perhaps
SITE_URL=https://example.org
SITE_CONTACT=errors@example.org
ALLOWED_HOSTS=www.example.org
TRUSTED_PROXIES=127.0.0.1
HSTS_SUBDOMAINS=on
HSTS_PRELOAD=on
PORT=1
EMAIL_URL=ftp://
RELEASED_AT=2001-01-01
SECRET_KEY=short
DATABASE_URL=mysql://
"""
NAMES = [line.partition("=")[0] for line in OF_ONES_OWN.split()]
ASK = "from config import settings as s; print(s.SITE_URL, s.DEBUG, s.HTTPS, s.SITE_CONTACT, s.ALLOWED_HOSTS)"


def test_what_stands_in_a_file_of_ones_own_reaches_no_process_of_tests(tmp_path: Path) -> None:
    """`.env` is read from the folder above config/, so the settings are asked in a copy that has one."""
    shutil.copytree(ROOT / "config", tmp_path / "config", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("catalog", "fit", "fitpages", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".env").write_text(OF_ONES_OWN)
    environ = {**environment(tmp_path / "db.sqlite3"), "PYTHONPATH": str(tmp_path)}
    answer = subprocess.run([sys.executable, "-c", ASK], cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert answer.stdout.split(maxsplit=3) == [
        *("http://localhost:8000", "False", "False"),
        "['localhost', 'localhost', '127.0.0.1', '[::1]']\n",
    ], answer.stderr


def test_every_variable_that_the_settings_read_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(NAMES) == sorted(listed)
    monkeypatch.setenv("SITE_URL", "https://example.org")
    environ = environment(tmp_path / "db.sqlite3", SITE_CONTACT="errors@example.org")
    values = {name: environ[name] for name in listed if environ[name]}
    assert values == {
        "SECRET_KEY": SECRET_KEY,
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "SITE_CONTACT": "errors@example.org",
    }
