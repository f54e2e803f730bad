"""What tests of the catalog share."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.catalog.data_files import DataFiles
from tests.catalog.desk import Desk, desk_of


@pytest.fixture
def files(tmp_path: Path) -> DataFiles:
    """The shipped data files in a directory of the test's own."""
    return DataFiles(tmp_path / "data")


@pytest.fixture
def desk() -> Desk:
    """The desk of an editor who may do everything."""
    return desk_of(User.objects.create(username="editor", is_staff=True, is_superuser=True))
