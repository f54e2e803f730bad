"""DATABASE_URL: what each kind becomes, and a sentence for whatever is none."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import EXPECTED, POSTGRESQL_OPTIONS, database

AFTER = "after the ? may stand sslmode, sslrootcert, sslcert, sslkey, target_session_attrs, application_name, not "


def test_a_relative_file_is_one_of_the_project(tmp_path: Path) -> None:
    settings = database("sqlite:///db.sqlite3", tmp_path)
    assert (settings["ENGINE"], settings["NAME"]) == ("config.sqlite", str(tmp_path / "db.sqlite3"))
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_absolute_file_is_where_it_says(tmp_path: Path) -> None:
    assert database(f"sqlite:///{tmp_path}/a%20b.sqlite3", Path("/"))["NAME"] == f"{tmp_path}/a b.sqlite3"


@pytest.mark.parametrize("url", ["sqlite://:memory:", "sqlite:///:memory:"])
def test_a_database_in_memory_is_a_database(url: str, tmp_path: Path) -> None:
    assert database(url, tmp_path)["NAME"] == ":memory:"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_server_is_taken_apart_and_every_wait_for_it_ends(scheme: str) -> None:
    settings = database(f"{scheme}://editor:p%40ss%2Fword@db.example.org:5433/catalog?sslmode=require", Path("/"))
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE")
    assert [settings[name] for name in names] == [
        "config.postgresql",
        "catalog",
        "editor",
        "p@ss/word",
        "db.example.org",
        5433,
        0,
    ]
    options = settings["OPTIONS"]
    assert (options["connect_timeout"], options["tcp_user_timeout"], options["sslmode"]) == (3, 10_000, "require")
    for time_out in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert f"-c {time_out}=" in options["options"]


def test_what_a_server_is_told_besides_stands_beside_our_time_outs() -> None:
    query = "sslrootcert=/etc/ca.pem&target_session_attrs=read-write&application_name=fit%20pages"
    options = database(f"postgres://db.example.org/catalog?{query}", Path("/"))["OPTIONS"]
    assert {**options, **POSTGRESQL_OPTIONS} == options
    assert (options["sslrootcert"], options["application_name"]) == ("/etc/ca.pem", "fit pages")


@pytest.mark.parametrize("options", ["-csearch_path%3Dpublic", "-c%20statement_timeout%3D0", ""])
def test_nobody_turns_off_our_time_outs(options: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{re.escape(AFTER)}'options'."):
        database(f"postgres://db.example.org/catalog?options={options}", Path("/"))


def test_a_socket_is_a_folder_with_its_capital_letters() -> None:
    assert database("postgres://site@%2Fvar%2FRun/catalog", Path("/"))["HOST"] == "/var/Run"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "it begins with neither"),
        ("the database over there", "it begins with neither"),
        ("db.sqlite3", "it begins with neither"),
        ("mysql://localhost/catalog", "it begins with mysql://"),
        ("sqlite3:///db.sqlite3", "it begins with sqlite3://"),
        ("sqlite://db.sqlite3", "a path begins after three slashes, an absolute one with a fourth"),
        ("sqlite:///", "it names no file"),
        ("sqlite:///data/", "it names no file"),
        ("sqlite:///a%00b", "it names no file"),
        ("postgres://localhost", "it names no database"),
        ("postgres://localhost/", "it names no database"),
        ("postgres://localhost/a/b", "a database's name has no slash"),
        ("postgres://localhost:port/catalog", "its port is no number to 65535"),
        ("postgres://localhost:99999/catalog", "its port is no number to 65535"),
        ("postgres://[::1/catalog", "it is no address."),
        ("postgres://localhost/catalog?nonsense=1", f"{AFTER}'nonsense'."),
        ("postgres://localhost/catalog?connect_timeout=abc", f"{AFTER}'connect_timeout'."),
        ("postgres://localhost/catalog?sslmode=maybe", "sslmode is disable, allow, prefer, require, verify-ca, "),
        ("postgres://localhost/catalog?target_session_attrs=rw", "target_session_attrs is any, read-write, "),
        ("postgres://localhost/catalog?sslrootcert", "sslrootcert is not empty, not ''."),
        ("postgres://localhost/catalog?sslmode=require&sslmode=disable", "a name stands twice after the ?."),
        ("postgres://localhost/catalog#top", "nothing follows a #; in a password it is written as %23."),
        ("sqlite:///x?mode=ro", "a file has no parameters after a ?; in a name it is written as %3F."),
    ],
)
def test_nonsense_is_refused_with_what_is_expected(url: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database(url, tmp_path)
    assert str(caught.value).startswith(f"DATABASE_URL must be {EXPECTED}; {reason}")


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    for url in (
        "mysql://me:secret@host/x",
        "postgres://me:secret/1@host/x",
        "sqlite://me:secret@x",
        "postgres://:secret@[",
    ):
        with pytest.raises(ImproperlyConfigured) as caught:
            database(url, tmp_path)
        assert "secret" not in str(caught.value)


def test_a_file_in_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"there is no folder {tmp_path}/data."):
        database(f"sqlite:///{tmp_path}/data/db.sqlite3", tmp_path)
    with pytest.raises(ImproperlyConfigured, match=f"{tmp_path} is a folder."):
        database(f"sqlite:///{tmp_path}", tmp_path)
