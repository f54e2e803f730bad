"""The catalog of two older releases, with an edit, taken over by this one."""

import io
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults import catalog
from tests.faults.site import environment, running
from tests.faults.table import Line, line
from tests.faults.visitor import Visitors
from tests.processes import ROOT, get

# The releases before the commits that added these: their catalogs end with the migration before.
BEFORE = ("catalog/migrations/0007_what_a_machine_leaves.py", "catalog/migrations/0009_what_was_measured_how.py")
MOST_S = 10.0


def faults(make_url: dict[str, str], folder: Path) -> Iterator[Line]:
    """A line a release and a kind of database, whose addresses `make_url` has by their names."""
    for migration in BEFORE:
        commit = _before(migration)
        for name, url in make_url.items():
            title = f"upgrade from before {Path(migration).name[:4]} ({name})"
            if commit is None:
                yield Line(title, faults=("the commit is not in this clone: a shallow one? `git fetch --unshallow`",))
            else:
                yield _upgrade(title, commit, url.replace("N", Path(migration).name[:4]), folder)


def _before(migration: str) -> str | None:
    """The last commit without a migration; None where the history does not go back so far."""
    added = _git("log", "--diff-filter=A", "--format=%H", "--", migration).split()
    if not added:
        return None
    parent = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{added[-1]}^"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return parent.stdout.strip() or None


def _upgrade(title: str, commit: str, url: str, folder: Path) -> Line:
    release = folder / commit
    if not release.exists():
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(release, filter="data")
    environ = environment(url)
    for command in (["migrate", "-v", "0"], ["load_catalog"], ["shell", "-c", catalog.EDIT.format(figure=345)]):
        _run_older(release, environ, command)
    catalog.prepare(environ)
    with running(environ, folder) as site:
        with Visitors(site.port) as visitors:
            time.sleep(2)
        page = get(f"http://127.0.0.1:{site.port}/gpus/l4/")
    wrong = [] if "345 GB/s" in page else ["the edit is gone"]
    return line(title, visitors.answers, most_s=MOST_S, remark=commit[:7], faults=wrong)


def _run_older(release: Path, environ: dict[str, str], command: list[str]) -> None:
    own = {**environ, "PYTHONPATH": str(release)}
    subprocess.run([sys.executable, "manage.py", *command], cwd=release, env=own, check=True, capture_output=True)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout
