"""What tests of the catalog share."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.catalog.desk import Desk, desk_of
from tests.catalog.few_files import FewFiles
from tests.catalog.small_files import SmallFiles


@pytest.fixture
def files(db: None, tmp_path: Path) -> FewFiles:
    """Some of the shipped records in a directory of the test's own: the catalog has no others."""
    return FewFiles(tmp_path / "data")


@pytest.fixture
def small_files(db: None, tmp_path: Path) -> SmallFiles:
    """A release of few records, loaded: the catalog has no others."""
    return SmallFiles(tmp_path / "small")


@pytest.fixture
def desk() -> Desk:
    """The desk of an editor who may do everything."""
    return desk_of(User.objects.create(username="editor", is_staff=True, is_superuser=True))
