"""While a load runs, nobody else writes and everybody reads. On SQLite a transaction is alone as it is."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from catalog.interchange.load import keep_edits_waiting, load_catalog

pytestmark = pytest.mark.django_db

EDIT = "UPDATE catalog_gpu SET bandwidth_gb_s = 345 WHERE slug = 'l4'"
LOAD = "LOCK TABLE catalog_quant IN SHARE ROW EXCLUSIVE MODE"
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's alone; `make test-postgres` runs it."
)


def another() -> psycopg.Connection:
    """The connection of another process, which waits for a tenth of a second."""
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        dbname=settings["NAME"],
        options="-c lock_timeout=100",
    )


@only_postgresql
@pytest.mark.parametrize("statement", [EDIT, LOAD])
def test_an_edit_and_another_load_wait_until_it_ends(statement: str) -> None:
    with another() as other:
        other.execute(statement.encode())
        other.rollback()
        keep_edits_waiting()
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(statement.encode())


@only_postgresql
def test_readers_do_not_wait() -> None:
    keep_edits_waiting()
    with another() as other:
        assert other.execute(b"SELECT count(*) FROM catalog_gpu").fetchone() is not None


def test_a_load_sees_to_it_before_it_reads_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop() -> None:
        raise RuntimeError("before anything was read")

    monkeypatch.setattr("catalog.interchange.load.keep_edits_waiting", stop)
    monkeypatch.setattr("catalog.interchange.load.Loader", None)
    with pytest.raises(RuntimeError, match="before anything was read"):
        load_catalog()


def test_a_load_without_its_turn_says_so_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("catalog.interchange.load.keep_edits_waiting", busy)
    with pytest.raises(CommandError, match=r"Nothing was loaded\. Another change has not ended yet\."):
        call_command("load_catalog")
