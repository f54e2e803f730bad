"""The catalog as it ships, in a database of its own: for checks that ask what the site itself says."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.loaded_site import load_site
from tests.processes import environment


@contextmanager
def fresh_catalog() -> Iterator[dict[str, str]]:
    """The environment of a process with a fresh copy of the catalog, which is gone when the block ends.

    Loading takes some seconds, the first time.
    """
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "truth.sqlite3")
        load_site(environ)
        yield environ
