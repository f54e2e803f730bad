"""What tests of the catalog share."""

from pathlib import Path

import pytest

from tests.catalog.data_files import DataFiles


@pytest.fixture
def files(tmp_path: Path) -> DataFiles:
    """The shipped data files in a directory of the test's own."""
    return DataFiles(tmp_path / "data")
