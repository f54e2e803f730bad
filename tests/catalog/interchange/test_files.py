"""Each kind of record has a file of its own, and every file is needed but those that older versions had not."""

import pytest

from catalog.interchange.files import file_name
from catalog.interchange.load import YOUNGEST, InterchangeError
from tests.catalog.data_files import NAMES, DataFiles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name in NAMES if name not in map(file_name, YOUNGEST)])
def test_every_file_is_needed(files: DataFiles, name: str) -> None:
    (files.directory / name).unlink()
    with pytest.raises(InterchangeError, match=f"^{name}: cannot be read"):
        files.load()
