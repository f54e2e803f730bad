"""The environment: each variable read once, and a wrong value named with what to do."""

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.storage import CollectedFilesStorage
from tests.processes import ROOT, environment

LONG_KEY = "k3J" + "x7-Pq_92mZ" * 6
DATABASE = "sqlite:///db.sqlite3"
LISTED = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def _python(code: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return _run(("-c", code), tmp_path, **variables)


def _run(arguments: tuple[str, ...], tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {**environment(tmp_path / "db.sqlite3"), "SECRET_KEY": "", **variables}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True)


def test_the_example_lists_every_variable_that_is_read() -> None:
    settings = (ROOT / "config/settings.py").read_text()
    read = set(re.findall(r"""(?:env\.\w+\(|_read\(\w+,)\s*["']([A-Z_]+)["']""", settings))
    assert read == set(LISTED)
    assert len(read) >= 11


# What reads a variable; all of them may be handed on to another program.
READS = r"(?<!\*\*)os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv|environ\.Env"


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for folder in ("config", "catalog", "fit", "fitpages")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(READS, path.read_text())
    ]
    assert readers == ["config/settings.py"]


def test_serving_without_a_secret_key_is_refused_with_what_to_set(tmp_path: Path) -> None:
    answer = _python("import config.wsgi", tmp_path)
    assert answer.returncode != 0
    assert "Serving needs a SECRET_KEY while DEBUG is off. Set it in the environment or in .env" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1, answer.stderr


@pytest.mark.parametrize("variables", [{"DEBUG": "on"}, {"SECRET_KEY": LONG_KEY}])
def test_serving_works_with_a_key_or_for_debugging(tmp_path: Path, variables: dict[str, str]) -> None:
    assert _python("import config.wsgi", tmp_path, **variables).returncode == 0


KEY_ADVICE = "Write what this prints: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
AT_THE_ROOT = "SITE_URL must end with the host, for the site is served at its root: https://example.org, not "
NO_CONTACT = (
    "SITE_CONTACT must be an e-mail address such as errors@example.org, or a web address such as "
    "https://example.org/report, not "
)
NO_HOST = "ALLOWED_HOSTS must be host names separated by commas, such as www.example.org, without https:// and "
WRONG = [
    ({"DEBUG": "perhaps"}, "DEBUG must be on or off, not 'perhaps'."),
    ({"DEBUG": "on", "SITE_URL": "https://example.org"}, "DEBUG must be off where SITE_URL is an https:// address"),
    (
        {"SECRET_KEY": "s3cret"},
        "SECRET_KEY must be 50 characters or more, all random, for it signs sessions: here are 6",
    ),
    ({"SECRET_KEY": "abc" * 30}, f"here are 90, 3 of them different. {KEY_ADVICE}"),
    ({"SECRET_KEY": f"django-insecure-{LONG_KEY}"}, "SECRET_KEY must be 50 characters or more, all random"),
    ({"SITE_URL": "example.org"}, "SITE_URL must be a web address such as https://example.org, not 'example.org'."),
    ({"SITE_URL": "https://example.org:http"}, "SITE_URL must be a web address such as https://example.org, not "),
    ({"SITE_URL": "https://example.org/fit"}, f"{AT_THE_ROOT}'https://example.org/fit'."),
    ({"SITE_URL": "https://example.org/?a=b"}, f"{AT_THE_ROOT}'https://example.org/?a=b'."),
    ({"SITE_URL": "https://me:pw@example.org"}, "SITE_URL must have no user and no password: pages show it."),
    ({"SITE_CONTACT": "javascript:alert(1)"}, f"{NO_CONTACT}'javascript:alert(1)'."),
    ({"SITE_CONTACT": "http://example.org/"}, f"{NO_CONTACT}'http://example.org/'."),
    ({"PORT": "http"}, "PORT must be a port number from 1 to 65535, not 'http'."),
    ({"ALLOWED_HOSTS": "https://example.org"}, f"{NO_HOST}without ports, not 'https://example.org'."),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must not be * while DEBUG is off"),
    ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES must be addresses or networks separated by commas, such as"),
    ({"TRUSTED_PROXIES": "0.0.0.0/0"}, "TRUSTED_PROXIES must name the proxies, not every address: '0.0.0.0/0' lets"),
    (
        {"BEHIND_PROXY": "on"},
        "BEHIND_PROXY is not read any more. Remove it. Where it was on, write the address of the ",
    ),
    ({"HSTS_PRELOAD": "on"}, "HSTS_PRELOAD=on needs HSTS_SUBDOMAINS=on: browsers preload a domain with all below it"),
    ({"DATABASE_URL": "the database"}, "DATABASE_URL must be sqlite:////absolute/path or postgres://"),
    ({"RELEASED_AT": "soon"}, "RELEASED_AT must be a time such as 2026-11-24T12:00:00+00:00, not 'soon'."),
    (
        {"RELEASED_AT": "2999-01-01"},
        "RELEASED_AT must be a time since 2000 that is not still to come, not '2999-01-01'",
    ),
]


def _settings(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The settings as they follow from these variables alone."""
    for name in LISTED:
        monkeypatch.setenv(name, variables.get(name, ""))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "config/settings.py"))


@pytest.mark.parametrize(
    ("variables", "sentence"),
    WRONG,
    ids=[" ".join(f"{name}={value}" for name, value in variables.items()) for variables, _ in WRONG],
)
def test_a_wrong_setting_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)):
        _settings(monkeypatch, **{"DATABASE_URL": DATABASE, "SECRET_KEY": LONG_KEY, **variables})


@pytest.mark.parametrize("command", [("manage.py", "migrate"), ("-m", "gunicorn", "--check-config", "config.wsgi")])
def test_a_wrong_setting_ends_everything_with_its_sentence_and_no_traceback(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The first that reads the settings is `manage.py migrate` in `make run`, and gunicorn where that is run alone."""
    answer = _run(command, tmp_path, SECRET_KEY=LONG_KEY, SITE_URL="https://example.org/fit")
    assert answer.returncode != 0
    assert answer.stderr.splitlines() == [f"{AT_THE_ROOT}'https://example.org/fit'."]


def test_where_a_setting_was_refused_is_shown_to_those_who_ask(tmp_path: Path) -> None:
    answer = _run(("manage.py", "check", "--traceback"), tmp_path, PORT="http")
    assert "Traceback" in answer.stderr
    assert "PORT must be a port number" in answer.stderr


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(monkeypatch, DATABASE_URL=DATABASE, BEHIND_PROXY="")
    assert (settings["SITE_URL"], settings["DEBUG"]) == ("http://localhost:8000", False)
    assert (settings["TRUSTED_PROXIES"], settings["SECURE_HSTS_SECONDS"]) == ((), 0)


def test_the_site_answers_to_its_own_host_to_this_machine_and_to_what_is_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = {"DATABASE_URL": DATABASE, "SITE_URL": "https://Example.org:8443", "ALLOWED_HOSTS": "www.example.org"}
    hosts = _settings(monkeypatch, **site)["ALLOWED_HOSTS"]
    assert set(hosts) == {"example.org", "localhost", "127.0.0.1", "[::1]", "www.example.org"}


@pytest.mark.parametrize("subdomains", ["on", "off"])
def test_subdomains_and_preloading_are_a_choice(monkeypatch: pytest.MonkeyPatch, subdomains: str) -> None:
    chosen = {"HSTS_SUBDOMAINS": subdomains, "HSTS_PRELOAD": subdomains}
    settings = _settings(monkeypatch, DATABASE_URL=DATABASE, SITE_URL="https://example.org", **chosen)
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is settings["SECURE_HSTS_PRELOAD"] is (subdomains == "on")


def _deployment_check(tmp_path: Path, contact: str, *options: str) -> subprocess.CompletedProcess[str]:
    production = {"SECRET_KEY": LONG_KEY, "SITE_URL": "https://example.org"}
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
