"""Of which version a backup is."""

from datetime import UTC, datetime

import pytest
from django.db.migrations.loader import MigrationLoader

from catalog.backup.checking import BackupError, beside, check_migrations

ALL = list(MigrationLoader(None).disk_migrations)


def test_one_of_this_version_needs_nothing_and_an_older_one_is_to_be_migrated() -> None:
    assert check_migrations(ALL) is False
    assert check_migrations(ALL[:-1]) is True


def test_what_an_application_that_went_left_behind_does_not_matter() -> None:
    assert check_migrations([*ALL, ("gone", "0001_initial")]) is False


@pytest.mark.parametrize(
    ("applied", "words"),
    [
        ([*ALL, ("catalog", "9999_later")], "this one does not know catalog 9999_later"),
        ([("auth", "0001_initial")], "it has no tables of its catalog"),
    ],
)
def test_one_of_a_newer_version_and_one_of_another_site_are_refused(applied: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(BackupError, match=words):
        check_migrations(applied)


def test_a_former_database_has_the_time_in_its_name() -> None:
    at = datetime(2026, 11, 28, 12, 30, 5, tzinfo=UTC)
    assert beside("db.sqlite3", at) == "db.sqlite3.before-restore-20261128-123005"
