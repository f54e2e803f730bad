"""Tests about code take the small catalog. Those that use the database see the whole starting catalog, and what they
change is undone after them."""

from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from catalog import snapshot as catalog_snapshot
from catalog.outage import Outage
from fitpages.serving.responses import RENDERED
from fitpages.views.machines import SITEMAPS
from tests import loaded_site
from tests.processes import ROOT
from tests.small_catalog import small_catalog


def pytest_configure() -> None:
    for database in settings.DATABASES.values():
        if "sqlite" in database["ENGINE"]:
            # Said, for side by side each process would otherwise name a file of its own after the site's.
            database.setdefault("TEST", {})["NAME"] = ":memory:"
    settings.SECRET_KEY = "only-for-tests"
    # No test is a measurement of time: a busy machine is no fault of the code.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file share a process, and those of the browser share one: no others run while it does."""
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        item.add_marker(pytest.mark.xdist_group(folder if folder == "browser" else str(item.path)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from catalog.interchange.load import load_catalog

    with django_db_blocker.unblock():
        load_catalog()
        if connection.vendor == "sqlite":
            loaded_site.keep(connection.connection)


@pytest.fixture
def snapshot(db: None) -> catalog_snapshot.Snapshot:
    """What the public pages know of the starting catalog."""
    return catalog_snapshot.current()


@pytest.fixture
def small() -> catalog_snapshot.Snapshot:
    """Five cards and four models, made up and without a database: for tests about code."""
    return small_catalog()


@pytest.fixture(autouse=True)
def _no_page_from_before() -> None:
    """Pages rendered by another test, perhaps under an address that is not theirs, are not served."""
    RENDERED.reset()
    SITEMAPS.reset()


@pytest.fixture(autouse=True)
def _no_outage_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that failed another test is asked by this one at once."""
    monkeypatch.setattr(catalog_snapshot, "OUTAGE", Outage())


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Static files by their plain names, as before `collectstatic` has run."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
