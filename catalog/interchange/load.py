"""Records in and out of the catalog: one JSON object a line, sorted by slug, one file a kind.

A load is one transaction and can be repeated. It never overwrites what an editor changed: each row remembers the
record it was loaded from, so a field that differs from it was edited here, and is kept unless told.
"""

from pathlib import Path

from django.db import connection, transaction

from catalog.interchange import former_addresses
from catalog.interchange.files import DATA_DIRECTORY, FILE_NAMES, file_name
from catalog.interchange.former_addresses import FormerAddresses
from catalog.interchange.loader import Loader, Loading
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.questions import questions
from catalog.interchange.references import References
from catalog.interchange.report import LoadReport
from catalog.models import RECORD_MODELS, BoardScore, CatalogRecord, CatalogRevision, Pick, Popularity, Price
from catalog.patience import within

# A load of the whole catalog takes seconds.
WAIT_S = 60
# Exports of older versions have no files of these.
YOUNGEST = frozenset({Popularity, BoardScore, Price, Pick})
ALL_NAMES = (*FILE_NAMES.values(), former_addresses.FILE_NAME)


def load_catalog(
    directory: Path = DATA_DIRECTORY, *, only: str = "", overwrite: bool = False, dry_run: bool = False
) -> LoadReport:
    """Load every file of `directory`, or `only` that of one name; or nothing. `overwrite` gives up editors' changes,
    `dry_run` undoes all.

    Raises InterchangeError.
    """
    if only and only not in ALL_NAMES:
        raise InterchangeError(f"There is no data file {only}; they are {', '.join(ALL_NAMES)}.")
    report = LoadReport()
    with transaction.atomic():
        keep_edits_waiting()
        with CatalogRevision.as_one_change():
            former = FormerAddresses(directory / former_addresses.FILE_NAME if _is_read(only) else None)
            loading = Loading(References(), report, former, overwrite=overwrite, alone=bool(only))
            for model in RECORD_MODELS:
                _load_kind(model, loading, directory, only)
        report.questions = questions(report.began_at, report.created + report.updated)
        if dry_run:
            transaction.set_rollback(True)
    return report


def _is_read(only: str) -> bool:
    """Whether former addresses are read: they are not, where one other file alone is loaded."""
    return only in ("", former_addresses.FILE_NAME)


def _load_kind(model: type[CatalogRecord], loading: Loading, directory: Path, only: str) -> None:
    path = directory / file_name(model)
    if not only and model in YOUNGEST and not path.exists():
        loading.report.remarks.append(f"{path.name}: not there; a folder of an older version has none.")
    elif only in ("", path.name):
        Loader(model, loading).load(path)
    loading.former.keep(model)


def keep_edits_waiting() -> None:
    """Until the transaction ends, edits and other loads wait, and readers do not: no row is written as it was before.

    A transaction of SQLite is alone from its beginning (config.databases). Raises OperationalError after WAIT_S.
    """
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in RECORD_MODELS)
    with within(WAIT_S + 5), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_S}s'; SET LOCAL statement_timeout = 0")
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
