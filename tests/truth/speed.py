"""`make truth`, the part about speed: tokens per second against measurements, on a catalog of its own.

Without a file, the catalog's own benchmarks: those calibrated on are predicted by a calibration that had not seen their
card. With one, its rows as the calibration stands; its columns are those that tests/truth/benchmarks_file.py reads.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.processes import manage
from tests.truth.fresh_catalog import fresh_catalog

LEFT_OUT = "measured by a program without an estimate, or without the bandwidth or the bytes that a token reads."


def run(benchmarks: Path | None) -> str:
    """The tables as text, from a process with a fresh copy of the catalog."""
    with fresh_catalog() as environ:
        argument = "None" if benchmarks is None else repr(str(benchmarks.resolve()))
        try:
            return manage(environ, "shell", "-v0", "-c", f"from tests.truth.speed import tables; tables({argument})")
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip().splitlines()[-1].removeprefix("tests.truth.benchmarks_file.BenchmarksError: ")
            sys.exit(f"The speed could not be compared: {reason}")


def tables(path: str | None) -> None:
    """Print everything; in a process that has a catalog."""
    from dataclasses import replace

    from catalog.observations import observations
    from catalog.prompt_observations import prompt_observations
    from catalog.snapshot import current
    from fit.calibration.agreement import report
    from fit.calibration.prefill_agreement import prompt_report
    from fit.speed_constants import load_constants
    from tests.truth.benchmarks_file import read
    from tests.truth.every_placement import every_placement

    snapshot = current()
    if path is not None:
        benchmarks = list(read(Path(path)))
        observed = list(observations(snapshot, benchmarks))
        print(report(observed, replace(load_constants(), held_out={})))
        print(f"\n{len(benchmarks)} rows read, {len(benchmarks) - len(observed)} of them left out: {LEFT_OUT}")
        return
    observed = list(observations(snapshot, snapshot.benchmarks))
    print(report(observed, load_constants()))
    print(f"\n{prompt_report(prompt_observations(snapshot, snapshot.benchmarks), load_constants().prefill)}")
    print(f"\n{len(snapshot.benchmarks)} rows, {len(snapshot.benchmarks) - len(observed)} of them left out: {LEFT_OUT}")
    print(f"\n{_twice()}")
    pairs, above = _above_bandwidth()
    print(f"{pairs:,} estimates over all pairs, {above} above what the bandwidth allows")
    placed = [(offered.model, offered.fault) for offered in every_placement(snapshot)]
    faults = [fault for fault in placed if fault[1]]
    print(f"{len(placed):,} placements over all pairs, {len(faults)} with a fault", *faults[:3])


def _twice() -> str:
    from catalog.management.commands.calibrate import calibrate_all
    from catalog.observations import observations
    from catalog.prompt_observations import prompt_observations
    from catalog.snapshot import current
    from fit import speed_constants

    snapshot = current()
    rows = list(observations(snapshot, snapshot.benchmarks))
    prompts = list(prompt_observations(snapshot, snapshot.benchmarks))
    texts = {speed_constants.to_text(calibrate_all(rows, prompts)) for _ in range(2)}
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
    from fitpages.matching.fits import needs_of

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
