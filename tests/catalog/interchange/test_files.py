"""Each kind of record has a file of its own, and every file is needed."""

import pytest

from catalog.interchange.load import InterchangeError
from tests.catalog.data_files import NAMES, DataFiles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_needed(files: DataFiles, name: str) -> None:
    (files.directory / name).unlink()
    with pytest.raises(InterchangeError, match=f"^{name}: cannot be read"):
        files.load()
