"""Whether the process lives, and whether what it serves is what the database has."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import Client

from catalog import snapshot as catalog_snapshot
from catalog.models import RECORD_MODELS, CatalogRevision, Quant
from tests.fitpages.views.outage import failing


def lines(answer: HttpResponse) -> dict[str, str]:
    """What each line says of what it names, the first one under ""."""
    first, *others = answer.content.decode().splitlines()
    return {"": first, **dict(line.split(": ", 1) for line in others)}


def test_healthz_is_of_the_process_and_needs_no_database(client: Client) -> None:
    """No test that may not use the database may: pytest would fail this one."""
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.django_db
def test_readyz_says_what_is_served(client: Client) -> None:
    answer = client.get("/readyz")
    token = CatalogRevision.current_token()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    said_of = lines(answer)
    assert said_of.pop("snapshot").startswith(f"revision {token}, read ")
    assert said_of == {"": "ready", "tables": "all there", "migrations": "all there", "revision": token}


@pytest.mark.django_db
def test_readyz_reads_the_catalog_so_that_no_visitor_waits_for_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    client.get("/readyz")
    assert catalog_snapshot.at_hand() is not None


@pytest.mark.django_db
def test_a_migration_that_was_not_applied_is_named(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="catalog", name="0009_what_was_measured_how").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert lines(answer)[""] == "not ready: migrations"
    assert lines(answer)["migrations"] == "1 missing, such as catalog.0009_what_was_measured_how"


@pytest.mark.django_db
def test_a_table_that_is_missing_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda cursor: ["catalog_quant"])
    answer = client.get("/readyz")
    assert (answer.status_code, lines(answer)[""]) == (503, "not ready: tables")
    assert lines(answer)["tables"] == f"{len(RECORD_MODELS)} missing, such as catalog_artifact"


@pytest.mark.django_db
def test_a_catalog_without_quantizations_is_not_ready(client: Client) -> None:
    Quant.objects.update(status="draft", is_default=False)
    answer = client.get("/readyz")
    assert (answer.status_code, lines(answer)[""]) == (503, "not ready: catalog")


@pytest.mark.django_db
def test_without_the_database_it_says_so_and_how_old_the_last_picture_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/readyz")
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "cursor", failing(OperationalError))
    answers = [client.get("/readyz")]
    catalog_snapshot.OUTAGE.noted(3.0)
    answers.append(client.get("/readyz"))
    assert {(answer.status_code, lines(answer)[""]) for answer in answers} == {(503, "not ready: database")}
    assert [lines(answer)["database"] for answer in answers] == [
        "The database cannot be reached.",
        "It did not answer a moment ago.",
    ]
    assert lines(answers[0])["snapshot"].startswith("revision ")
    assert client.get("/healthz").status_code == 200


def test_a_process_that_read_nothing_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_snapshot, "_last", None)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "cursor", failing(OperationalError))
    assert lines(client.get("/readyz"))["snapshot"] == "none yet"
