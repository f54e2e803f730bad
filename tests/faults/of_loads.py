"""Loads that are killed, that meet another load, or that an edit meets; and a clock that goes back."""

import random
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.faults import catalog
from tests.faults.site import Site, environment, running
from tests.faults.table import Line, line, until
from tests.faults.visitor import Visitors
from tests.processes import get

INTERRUPTED, EDITS = 15, 4
# A load and three visitors share the processors, and each new state of the catalog is read by each worker.
MOST_S = 10.0
BUSY = "Another change has not ended yet"


def faults(url: str, folder: Path, chance: random.Random) -> Iterator[Line]:
    """The lines of all of them, on a loaded database."""
    environ = environment(url)
    files = [catalog.changed_files(folder / f"files-{by}", by) for by in (100, 200)]
    with running(environ, folder) as site:
        yield _interrupted(site, environ, url, files, chance)
        yield _two_at_once(site, environ, url, files)
        yield _edits(site, environ, files, chance)
        yield _clock_back(site, environ, url)


def _interrupted(site: Site, environ: dict[str, str], url: str, files: list[Path], chance: random.Random) -> Line:
    """Killed at any moment, a load has changed everything or nothing."""
    seconds, states = [], []
    for folder in files:
        began = time.monotonic()
        catalog.manage(environ, "load_catalog", str(folder))
        seconds.append(time.monotonic() - began)
        states.append(catalog.state(url))
    halves, ends = 0, [0, 0]
    with Visitors(site.port) as visitors:
        for turn in range(INTERRUPTED):
            load = catalog.start(environ, "load_catalog", str(files[turn % 2]))
            time.sleep(chance.uniform(0.3, 1.1) * min(seconds))
            load.send_signal(signal.SIGKILL)
            load.communicate()
            now = catalog.state(url)
            halves += now not in states
            ends[now == states[turn % 2]] += 1
    wrong = [f"{halves} left half a load"] if halves else []
    remark = f"{ends[0]} as before, {ends[1]} as after or as it was"
    return line(
        f"{INTERRUPTED} interrupted loads (SIGKILL)", visitors.answers, most_s=MOST_S, remark=remark, faults=wrong
    )


def _two_at_once(site: Site, environ: dict[str, str], url: str, files: list[Path]) -> Line:
    """One waits for the other, or says that it did not."""
    states = []
    for folder in files:
        catalog.manage(environ, "load_catalog", str(folder))
        states.append(catalog.state(url))
    with Visitors(site.port) as visitors:
        loads = [catalog.start(environ, "load_catalog", str(folder)) for folder in files]
        words = [load.communicate()[0] for load in loads]
    codes = [load.returncode for load in loads]
    wrong = [text[-200:] for code, text in zip(codes, words, strict=True) if code and BUSY not in text]
    if catalog.state(url) not in states:
        wrong.append("the catalog is of neither")
    remark = "one waited" if codes == [0, 0] else "one said that the other had not ended"
    return line("two loads at once", visitors.answers, most_s=MOST_S, remark=remark, faults=wrong)


def _edits(site: Site, environ: dict[str, str], files: list[Path], chance: random.Random) -> Line:
    """Whenever an edit comes, it is there when both have ended."""
    lost = 0
    with Visitors(site.port) as visitors:
        for turn in range(EDITS):
            load = catalog.start(environ, "load_catalog", "--overwrite", str(files[turn % 2]))
            load.communicate()
            load = catalog.start(environ, "load_catalog", str(files[(turn + 1) % 2]))
            time.sleep(chance.uniform(0, 1.5))
            catalog.edit(environ, 1000 + turn)
            load.communicate()
            lost += f"{1000 + turn:,} GB/s" not in get(f"http://127.0.0.1:{site.port}/gpus/l4/")
    wrong = [f"{lost} edits were overwritten"] if lost else []
    return line(f"{EDITS} edits during a load", visitors.answers, most_s=MOST_S, faults=wrong)


def _clock_back(site: Site, environ: dict[str, str], url: str) -> Line:
    """An edit that is, by the clock, a year older than the page before it is in the next answer."""
    address = f"http://127.0.0.1:{site.port}/gpus/l4/"
    future = f"token = 'of-the-future', changed_at = '{time.gmtime().tm_year + 1}-01-01 00:00:00+00:00'"
    with Visitors(site.port) as visitors:
        catalog.run_statement(url, f"UPDATE catalog_catalogrevision SET {future}")
        with urllib.request.urlopen(address, timeout=10) as answer:
            conditions = {"If-Modified-Since": answer.headers["Last-Modified"]}
        catalog.edit(environ, 777)
        with urllib.request.urlopen(urllib.request.Request(address, headers=conditions), timeout=10) as answer:
            page = answer.read().decode()
        recovered = until(lambda: "777 GB/s" in get(address), 5)
    wrong = [] if "777 GB/s" in page else ["an older page was served"]
    return line("the clock goes back a year", visitors.answers, most_s=MOST_S, recovered_s=recovered, faults=wrong)
