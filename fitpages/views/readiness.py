"""Whether the process lives, and whether what it serves is what the database has."""

import time
from collections.abc import Iterator
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse

from catalog import snapshot as catalog_snapshot
from catalog.database_faults import OUTAGES, in_words
from catalog.models import RECORD_MODELS, CatalogRevision
from catalog.patience import within
from fitpages.serving.page_view import read_only

ANSWER_S = 3.0


@read_only
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process serves: 200 as long as it does. A database that is away is no reason to end it."""
    return _lines(["ok"], 200)


@read_only
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve the catalog of now: 200, or 503 with a word for what is missing.

    Lines of a name and a value. Public pages may well go on without: from the last picture, whose age is the last line.
    """
    try:
        missing, lines = _asked()
    except OUTAGES as error:
        connection.close()
        missing, lines = "database", [f"database: {in_words(error)}"]
    status = [f"not ready: {missing}"] if missing else ["ready"]
    return _lines([*status, *lines, *_picture()], 503 if missing else 200)


def _asked() -> tuple[str, list[str]]:
    """A word for what is missing, "" for nothing; and what the database says."""
    if catalog_snapshot.OUTAGE.is_on() and not catalog_snapshot.OUTAGE.is_worth_asking():
        return "database", ["database: It did not answer a moment ago."]
    with catalog_snapshot.OUTAGE.asking(), within(ANSWER_S):
        missing, lines = _tables()
    if missing:
        return missing, lines
    # Who is ready has read the catalog: no visitor waits for that.
    picture = catalog_snapshot.current()
    lines.append(f"revision: {CatalogRevision.current_token()}")
    return "" if picture.quants else "catalog", lines


def _tables() -> tuple[str, list[str]]:
    lines, missing = [], ""
    for word, names in (("tables", _tables_missing()), ("migrations", _migrations_missing())):
        lines.append(f"{word}: {f'{len(names)} missing, such as {min(names)}' if names else 'all there'}")
        missing = missing or (word if names else "")
    return missing, lines


def _tables_missing() -> set[str]:
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
    needed = {CatalogRevision._meta.db_table, *(model._meta.db_table for model in RECORD_MODELS)}
    return needed - set(present)


def _migrations_missing() -> set[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {".".join(key) for key in _migrations() if key not in applied}


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those of this release, by app and name."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _picture() -> Iterator[str]:
    picture = catalog_snapshot.at_hand()
    if picture is None:
        yield "snapshot: none yet"
    else:
        age = time.monotonic() - picture.read_at_s
        yield f"snapshot: revision {picture.revision.token}, read {age:.0f} seconds ago"


def _lines(lines: list[str], status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", **({"Retry-After": "5"} if status == 503 else {})}
    return HttpResponse(
        "\n".join([*lines, ""]), content_type="text/plain; charset=utf-8", status=status, headers=headers
    )
