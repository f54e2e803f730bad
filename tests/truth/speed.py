"""`make truth`, the part about speed: tokens per second against measurements, on a catalog of its own.

Without a file, the catalog's own benchmarks: those calibrated on are predicted by a calibration that had not seen their
card. With one, its rows as the calibration stands; its columns are those that tests/truth/benchmarks_file.py reads.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fit import speed
from fit.calibration.prefill_agreement import prompt_report, prompt_report_as_it_stands
from fit.calibration.report import report
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.ram import GB_S, RamKind
from fit.several_cards import Run
from fit.specs import GpuSpec
from fit.work import work_at
from tests.processes import manage
from tests.truth.fresh_catalog import fresh_catalog

if TYPE_CHECKING:
    from catalog.snapshot import Snapshot

# Sums in another order differ in the last digits.
ROUNDING = 1 + 1e-12
LEFT_OUT = "measured by a program without an estimate, or without the bandwidth or the bytes that a token reads."


def run(benchmarks: Path | None, rows_to: Path | None = None) -> str:
    """The tables as text, from a process with a fresh copy of the catalog; rows go to a file where one is named."""
    with fresh_catalog() as environ:
        arguments = ", ".join("None" if path is None else repr(str(path.resolve())) for path in (benchmarks, rows_to))
        try:
            return manage(environ, "shell", "-v0", "-c", f"from tests.truth.speed import tables; tables({arguments})")
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip().splitlines()[-1].removeprefix("tests.truth.benchmarks_file.BenchmarksError: ")
            sys.exit(f"The speed could not be compared: {reason}")


def tables(path: str | None, rows_to: str | None = None) -> None:
    """Print everything; in a process that has a catalog."""
    from catalog.observations import observations
    from catalog.prompt_observations import prompt_observations
    from catalog.snapshot import current
    from fit.speed_constants import load_constants
    from tests.truth.benchmarks_file import read
    from tests.truth.speed_rows import decode_rows, prompt_rows

    snapshot, constants = current(), load_constants()
    benchmarks = list(snapshot.benchmarks if path is None else read(Path(path)))
    if path is not None:
        constants = replace(constants, held_out={}, prefill=replace(constants.prefill, unseen={}))
    observed, prompts = list(observations(snapshot, benchmarks)), list(prompt_observations(snapshot, benchmarks))
    print(report(observed, constants))
    print(f"\n{(prompt_report if path is None else prompt_report_as_it_stands)(prompts, constants.prefill)}")
    print(f"\n{len(benchmarks)} rows read, {len(benchmarks) - len(observed)} of them left out: {LEFT_OUT}")
    if rows_to is not None:
        rows = [*decode_rows(observed, constants), *prompt_rows(prompts, constants)]
        Path(rows_to).write_text(json.dumps(rows), encoding="utf-8")
    if path is None:
        _print_checks(snapshot)


def _print_checks(snapshot: "Snapshot") -> None:
    """What is checked of the catalog's own calibration and of every pair."""
    from tests.truth.every_placement import every_placement

    print(f"\n{_twice()}")
    pairs, above = _above_bandwidth()
    print(f"{pairs:,} estimates over all pairs, {above} above what the bandwidth allows or faster by a quantized cache")
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


def all_estimates(every: int = 1) -> Iterator[tuple[float, float]]:
    """Of every pair (of every so many models), at every quantization, at 4K and at the longest context that fits (f16):
    the most that is expected, and what the bandwidth on paper allows; what is expected with a q8_0 cache, and with f16.
    Then with half of the layers in RAM of two channels of DDR4, and what both bandwidths allow."""
    from catalog.snapshot import current
    from fitpages.matching.fits import needs_of

    snapshot = current()
    for model in list(snapshot.models.values())[::every]:
        for need in needs_of(snapshot, model):
            if need.accounting is not None:
                for gpu in snapshot.gpus.values():
                    yield from _estimates(need.accounting, gpu.spec)
                    yield _half_in_ram(need.accounting, gpu.spec)


def _estimates(accounting: Accounting, gpu: GpuSpec) -> Iterator[tuple[float, float]]:
    longest = accounting.longest_context(gpu.offer.total_bytes)
    for context in {min(4096, longest), longest} - {0}:
        estimate, work = speed.decode(accounting, gpu, context), work_at(accounting, context)
        yield max(estimate.tokens_s, estimate.high), speed.most_tokens_s(work, gpu)
        if CacheType.Q8_0 in accounting.cache_types:
            yield speed.decode(accounting, gpu, context, CacheType.Q8_0).tokens_s, estimate.tokens_s


def _half_in_ram(accounting: Accounting, gpu: GpuSpec) -> tuple[float, float]:
    """Experts of half of the layers where there are any, else half of the layers."""
    half = len(accounting.weights.layers) // 2
    flags = Flags(None, half) if accounting.is_mixture else Flags(half)
    pace = GB_S[RamKind.DDR4_2]
    estimate = speed.decode_offloaded(accounting, gpu, flags, 4096, ram_gb_s=pace)
    most = speed.most_tokens_s(work_at(accounting, 4096, flags=flags), gpu, Run(ram_gb_s=pace))
    return estimate.high, most * ROUNDING
