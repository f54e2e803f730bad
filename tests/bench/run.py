"""`make bench`: requests per second of the site's pages as ratios to a bare view under the same server.

Machines are noisy, so nothing is judged by seconds: every scenario is measured in turns with the bare view, and the
median of the ratios counts. Before the first turn every model and every GPU is asked for once, so that a large catalog
is not measured while it is still being read. Needs wrk.
"""

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.processes import ROOT, environment, manage, serving

ROUNDS, SECONDS = 9, 2
GOALS = {"pair, rendered afresh": 0.35, "pair, repeated": 0.75, "pair, 304": 0.75}
PAIR = "/run/qwen2-5-72b-on-l4/"
OTHER_PAGES = (
    "/",
    "/run/?vendor=NVIDIA&memory=24&page=2",
    "/models/qwen2-5-72b/?sort=speed",
    "/gpus/rtx-4090/?ram=64&page=2",
    "/calculator/?model=qwen2-5-72b&gpu=l4",
)


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("make bench needs wrk: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.sqlite3"
        environ = environment(database, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        manage(environ, "migrate")
        manage(environ, "load_catalog")
        results = _measure(environ, Path(folder))
        manage(environ, "shell", "-c", "from tests.bench.grow import grow; grow(10)")
        grown = _measure_fresh(environ, Path(folder))
    _report(results, grown)


def _measure(environ: dict[str, str], folder: Path) -> dict[str, list[float]]:
    addresses = _shuffled_pairs(environ, folder)
    with serving(environ) as origin:
        _warm(environ, origin)
        etag = urllib.request.urlopen(origin + PAIR).headers["ETag"]
        ratios: dict[str, list[float]] = {}
        bare = _rate(origin + "/bare/")
        for turn in range(ROUNDS):
            for name, measure in _scenarios(origin, etag, addresses, turn).items():
                rate, before, bare = measure(), bare, _rate(origin + "/bare/")
                ratios.setdefault(name, []).append(2 * rate / (before + bare))
    return ratios


def _scenarios(origin: str, etag: str, addresses: Path, turn: int) -> dict[str, Callable[[], float]]:
    return {
        "pair, rendered afresh": lambda: _rate(origin, script=addresses, offset=turn * 8000),
        "pair, repeated": lambda: _rate(origin + PAIR),
        "pair, 304": lambda: _rate(origin + PAIR, etag=etag),
        **{page: partial(_rate, origin + page) for page in OTHER_PAGES if turn < 3},
    }


def _measure_fresh(environ: dict[str, str], folder: Path) -> list[float]:
    addresses = _shuffled_pairs(environ, folder)
    ratios = []
    with serving(environ) as origin:
        _warm(environ, origin)
        for turn in range(ROUNDS):
            bare = _rate(origin + "/bare/")
            ratios.append(_rate(origin, script=addresses, offset=turn * 8000) / bare)
    return ratios


def _warm(environ: dict[str, str], origin: str) -> None:
    """Ask for every model and every GPU once."""
    listing = (
        "from itertools import cycle; from catalog.snapshot import current as c; from fitpages.addresses import pair\n"
        "s = c(); print(*map(pair, s.models, cycle(s.gpus)), sep='\\n')"
    )
    for line in manage(environ, "shell", "-v0", "-c", listing).splitlines():
        if line.startswith("/run/"):
            urllib.request.urlopen(origin + line).read()


def _shuffled_pairs(environ: dict[str, str], folder: Path) -> Path:
    listing = (
        "from catalog.snapshot import current as c; from fitpages.addresses import pair\n"
        "s = c(); print(*(pair(m, g) for m in s.models for g in list(s.gpus)[:300]), sep='\\n')"
    )
    output = manage(environ, "shell", "-v0", "-c", listing)
    addresses = [line for line in output.splitlines() if line.startswith("/run/")]
    random.Random(1).shuffle(addresses)
    path = folder / "addresses.txt"
    path.write_text("\n".join(addresses[:100_000]))
    return path


def _rate(address: str, *, script: Path | None = None, offset: int = 0, etag: str = "") -> float:
    """Requests per second that succeeded, four connections on one thread."""
    command = ["wrk", "-t1", "-c4", f"-d{SECONDS}s", address]
    if etag:
        command[1:1] = ["-H", f"If-None-Match: {etag}"]
    if script:
        command[1:1] = ["-s", str(ROOT / "tests/bench/addresses.lua")]
        command += ["--", str(script), str(offset)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or re.search(r"FAILED [1-9]", output) or "Socket errors" in output:
        sys.exit(f"{address}: some requests failed.\n{output}")
    match = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if not match:
        sys.exit(f"{address}: wrk gave no rate.\n{output}")
    return float(match[1])


def _report(results: dict[str, list[float]], grown: list[float]) -> None:
    table = {name: round(statistics.median(ratios), 2) for name, ratios in results.items()}
    for name, ratio in table.items():
        goal = f"goal {GOALS[name]:.2f}" if name in GOALS else ""
        print(f"{name:40} {ratio:5.2f} of the bare view  {goal}")
    slowdown = round(statistics.median(results["pair, rendered afresh"]) / statistics.median(grown), 2)
    print(f"{'pair, rendered afresh, catalog x 10':40} {slowdown:5.2f} times the time  goal 1.20")
    print(json.dumps({"ratios": table, "times_as_long_with_10_times_the_catalog": slowdown}))
    missed = [name for name, goal in GOALS.items() if table[name] < goal]
    if missed or slowdown > 1.2:
        sys.exit(f"Goals missed: {', '.join(missed) or 'catalog x 10'}")


if __name__ == "__main__":
    main()
