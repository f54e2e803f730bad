"""`make truth`, the part about speed: tokens per second against measurements, on a catalog of its own.

Without a file, the catalog's own benchmarks: those calibrated on are predicted by a calibration that had not seen their
card. With one, its rows as the calibration stands; its columns are those that tests/truth/benchmarks_file.py reads.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.processes import environment, manage


def run(benchmarks: Path | None) -> str:
    """The tables as text, from a process with a fresh copy of the catalog."""
    with tempfile.TemporaryDirectory() as folder:
        environ = environment(Path(folder) / "truth.sqlite3")
        manage(environ, "migrate")
        manage(environ, "load_catalog")
        asked = "None" if benchmarks is None else repr(str(benchmarks.resolve()))
        return manage(environ, "shell", "-v0", "-c", f"from tests.truth.speed import tables; tables({asked})")


def tables(path: str | None) -> None:
    """Print everything; in a process that has a catalog."""
    from dataclasses import replace

    from catalog.calibration.report import report
    from catalog.measurements import measurements
    from catalog.snapshot import current
    from fit.speed_constants import constants
    from tests.truth.benchmarks_file import read

    snapshot = current()
    if path is not None:
        print(report(list(measurements(snapshot, read(Path(path)))), replace(constants(), held_out={})))
        return
    print(report(list(measurements(snapshot, snapshot.benchmarks)), constants()))
    print(f"\n{_twice()}")
    pairs, above = _above_bandwidth()
    print(f"{pairs:,} estimates over all pairs, {above} above what the bandwidth allows")


def _twice() -> str:
    from catalog.calibration import calibrate
    from catalog.measurements import measurements
    from catalog.snapshot import current
    from fit import speed_constants

    snapshot = current()
    texts = {speed_constants.to_text(calibrate(list(measurements(snapshot, snapshot.benchmarks)))) for _ in range(2)}
    same = "identical bytes" if len(texts) == 1 else "DIFFERENT bytes"
    as_shipped = speed_constants.PATH.read_text(encoding="utf-8") in texts
    return f"calibrated twice: {same}, {'the same as' if as_shipped else 'NOT those of'} fit/speed_constants.json"


def _above_bandwidth() -> tuple[int, int]:
    estimates = list(all_estimates())
    return len(estimates), sum(highest > most for highest, most in estimates)


def all_estimates() -> Iterator[tuple[float, float]]:
    """For every pair at every quantization, at 4K and at the longest context that fits (f16): the most that is
    expected, and what the bandwidth on paper allows."""
    from catalog.snapshot import current
    from fit import speed
    from fit.offer import offer
    from fitpages.pairings import needs_of

    snapshot = current()
    for model in snapshot.models.values():
        for need in needs_of(snapshot, model):
            if need.accounting is None:
                continue
            for gpu in snapshot.gpus.values():
                longest = need.accounting.longest_context(offer(gpu.spec).total_bytes)
                for context in {min(4096, longest), longest} - {0}:
                    estimate = speed.decode(need.accounting, gpu.spec, context)
                    work = speed.work_at(need.accounting, context)
                    yield max(estimate.tokens_s, estimate.high), speed.most_tokens_s(work, gpu.spec)
