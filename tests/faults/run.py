"""`make test-faults`: each fault that the site survives, done to it while visitors ask for pages.

`--only WORD` does those whose group has the word. Needs PostgreSQL, and root for full disks; the loopback alone. Exits
with 1 where something was lost that should not be, or took too long.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import DatabaseError

from tests import postgres
from tests.faults import catalog, of_databases, of_disks, of_loads, of_processes, of_upgrades
from tests.faults.site import environment
from tests.faults.table import HEADING, Line

Group = Callable[[], Iterator[Line]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a word of: processes, databases, loads, disks, upgrades")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which loads are killed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as name, postgres.server() as server:
        Path(name).chmod(0o755)
        sys.exit(_report(_groups(server, Path(name), options.seed), options.only))


def _groups(server: postgres.Server, folder: Path, seed: int) -> dict[str, Group]:
    chance = random.Random(seed)

    def loads() -> Iterator[Line]:
        for kind, url in (("SQLite", _sqlite(folder, "loads")), ("PostgreSQL", _postgresql(server, "loads"))):
            yield Line(f"-- loads, on {kind}")
            yield from of_loads.faults(url, _folder(folder, f"loads-{kind}"), chance)

    upgraded = {"SQLite": f"sqlite:///{folder}/upgraded-N.sqlite3", "PostgreSQL": server.url("upgraded-N")}

    def upgrades() -> Iterator[Line]:
        for migration in of_upgrades.BEFORE:
            server.create(f"upgraded-{Path(migration).name[:4]}")
        yield from of_upgrades.faults(upgraded, _folder(folder, "upgrades"))

    return {
        "processes": lambda: of_processes.faults(_sqlite(folder, "processes"), _folder(folder, "processes")),
        "databases": lambda: of_databases.faults(server, _postgresql(server, "site"), _folder(folder, "databases")),
        "disks": lambda: of_disks.faults(server, _folder(folder, "disks")),
        "loads": loads,
        "upgrades": upgrades,
    }


def _folder(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _sqlite(folder: Path, name: str) -> str:
    url = f"sqlite:///{folder}/{name}.sqlite3"
    catalog.prepare(environment(url))
    return url


def _postgresql(server: postgres.Server, name: str) -> str:
    url = server.create(name)
    catalog.prepare(environment(url))
    return url


def _to_its_end(name: str, group: Group) -> Iterator[Line]:
    """The lines of a group; one that stops in the middle is a fault of its own, and no end of the others."""
    try:
        yield from group()
    except (OSError, RuntimeError, subprocess.SubprocessError, DatabaseError) as error:
        output = getattr(error, "stderr", None) or ""
        yield Line(f"-- {name} stopped", faults=(f"{error!r} {str(output)[-500:]}",))


def _report(groups: dict[str, Group], only: str) -> int:
    """Print each line as it comes; 1 where one has a fault."""
    print(HEADING, flush=True)
    wrong = 0
    for name, group in groups.items():
        if only in name:
            for line in _to_its_end(name, group):
                print(line, flush=True)
                wrong += bool(line.faults)
    print(f"{wrong} faults were not survived." if wrong else "All were survived.")
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
