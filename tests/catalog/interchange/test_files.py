"""Each kind of record has a file of its own, and every file is needed."""

import pytest

from catalog.interchange.load import InterchangeError
from tests.catalog.data_files import NAMES, PICKS, POPULARITY, PRICES, SCORES, DataFiles

pytestmark = pytest.mark.django_db

# A folder of an older version has none of these: test_load_what_people_run.py.
YOUNGEST = (POPULARITY, SCORES, PRICES, PICKS)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in YOUNGEST])
def test_every_file_is_needed(files: DataFiles, name: str) -> None:
    (files.directory / name).unlink()
    with pytest.raises(InterchangeError, match=f"^{name}: cannot be read"):
        files.load()
