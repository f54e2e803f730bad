"""Every test that uses the database sees the whole starting catalog; what a test changes is undone after it."""

from typing import Any

import pytest
from django.conf import settings

from catalog import snapshot as catalog_snapshot
from fitpages.serving.responses import RENDERED


def pytest_configure() -> None:
    settings.SECRET_KEY = "only-for-tests"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from catalog.interchange.load import load_catalog

    with django_db_blocker.unblock():
        load_catalog()


@pytest.fixture
def snapshot(db: None) -> catalog_snapshot.Snapshot:
    """What the public pages know of the starting catalog."""
    return catalog_snapshot.current()


@pytest.fixture(autouse=True)
def _no_page_from_before() -> None:
    """Pages rendered by another test, perhaps under an address that is not theirs, are not served."""
    RENDERED.reset()


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Static files by their plain names, as before `collectstatic` has run."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
