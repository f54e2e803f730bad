"""The environment: each variable read once, and a wrong value named with what to do."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.storage import CollectedFilesStorage
from tests.processes import ROOT, environment

LONG_KEY = "k3J" + "x7-Pq_92mZ" * 6


def _python(code: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {**environment(tmp_path / "db.sqlite3"), "SECRET_KEY": "", **variables}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)


def test_the_example_lists_every_variable_that_is_read() -> None:
    settings = (ROOT / "config/settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_switch|_web_address|_port)\(\s*["\']([A-Z_]+)["\']', settings))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == listed
    assert len(read) >= 9


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for folder in ("config", "catalog", "fit", "fitpages")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(
            r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv|environ\.Env", path.read_text()
        )
    ]
    assert readers == ["config/settings.py"]


def test_serving_without_a_secret_key_is_refused_with_what_to_set(tmp_path: Path) -> None:
    answer = _python("import config.wsgi", tmp_path)
    assert answer.returncode != 0
    assert "Serving needs a SECRET_KEY while DEBUG is off. Set it in the environment or in .env" in answer.stderr


@pytest.mark.parametrize("variables", [{"DEBUG": "on"}, {"SECRET_KEY": LONG_KEY}])
def test_serving_works_with_a_key_or_for_debugging(tmp_path: Path, variables: dict[str, str]) -> None:
    assert _python("import config.wsgi", tmp_path, **variables).returncode == 0


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("DEBUG", "perhaps", "DEBUG must be on or off, not 'perhaps'."),
        ("SITE_URL", "example.org", "SITE_URL must be a web address such as https://example.org, not 'example.org'."),
        ("PORT", "http", "PORT must be a port number from 1 to 65535, not 'http'."),
        ("DATABASE_URL", "the database", "DATABASE_URL must be sqlite:////absolute/path or postgres://"),
        ("RELEASED_AT", "soon", "RELEASED_AT must be a time such as 2026-11-24T12:00:00+00:00, not 'soon'."),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, variable: str, value: str, sentence: str) -> None:
    answer = _python("import config.settings", tmp_path, **{variable: value})
    assert answer.returncode != 0
    assert sentence in answer.stderr


def _deployment_check(tmp_path: Path, contact: str, *options: str) -> subprocess.CompletedProcess[str]:
    production = {"SECRET_KEY": LONG_KEY, "SITE_URL": "https://example.org", "ALLOWED_HOSTS": "example.org"}
    code = "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
    command = [sys.executable, "-c", code, "check", "--deploy", *options]
    variables = {**production, "SITE_CONTACT": contact, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environ = {**environment(tmp_path / "db.sqlite3"), **variables}
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)


def test_the_deployment_check_is_clean_with_settings_like_production(tmp_path: Path) -> None:
    answer = _deployment_check(tmp_path, "errors@example.org", "--fail-level", "WARNING")
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_the_deployment_check_fails_where_readers_cannot_report(tmp_path: Path) -> None:
    answer = _deployment_check(tmp_path, "")
    assert answer.returncode != 0
    assert "SITE_CONTACT is empty." in answer.stderr


def test_a_page_names_static_files_as_they_are_before_they_are_collected(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    storage = CollectedFilesStorage()
    assert storage.url("fitpages/site.css") == "/static/fitpages/site.css"
    assert storage.url("admin/css/base.css") == "/static/admin/css/base.css"
