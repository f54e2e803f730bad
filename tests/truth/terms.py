"""What each term of the time of a token is worth: held-out errors with it and without, on the catalog's measurements.

python -m tests.truth.terms [TERM ...]      a line for each term, in a minute or two; quoted in
                                            docs/decisions/time-of-a-token.md

Without a term its values are held at where they change nothing, and everything else is fitted anew.
"""

import math
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from unittest.mock import patch

from fit.calibration import fitting
from fit.calibration.fitting import Solver, fit
from fit.calibration.held_out import HeldOut, held_out
from fit.calibration.values import Value, values_of
from fit.observation import Observation

HELD_FAST = 1e3
NOTHING = math.log(1e-6)
# The values of each term, and where they change nothing; a time a layer that is the same for all is drawn to its mean.
TERMS: Mapping[str, tuple[tuple[str, ...], float]] = {
    "as it is": ((), 0.0),
    "a layer of linear attention": (("linear_layer",), NOTHING),
    "a layer of experts": (("expert_layer",), NOTHING),
    "a share of experts": (("expert_share",), 0.0),
    "a share by mix": (("mixes",), 0.0),
    "what a latent costs": (("latent_read",), 0.0),
    "what a quantized cache costs": (("quantized_cache",), 0.0),
    "backends": (("backend",), 0.0),
    "milliseconds of programs": (("runtime_ms",), NOTHING),
    "a time a layer": (("layer_ms",), NOTHING),
    "a time a layer by class": (("layer_ms",), math.nan),
}
KINDS: Mapping[str, Callable[[Observation], bool]] = {
    "all": lambda row: True,
    "dense": lambda row: not row.work.mixture,
    "mixtures": lambda row: row.work.mixture,
    "linear": lambda row: row.work.linear_layers > 0,
    "under 2B": lambda row: bool(row.parameters and row.parameters < 2 * 10**9),
    "HBM": lambda row: row.speed_class == "nvidia-hbm",
    "latent": lambda row: row.work.latent_bytes > 0,
    "quantized cache": lambda row: row.work.quantized_cache,
    "LocalScore": lambda row: row.runtime.startswith("llamafile"),
}


def without(term: str, rows: Sequence[Observation], solve: Solver) -> list[HeldOut]:
    """Every row held out, by a calibration without the term."""
    names, nothing = TERMS[term]

    def values(of: Sequence[Observation]) -> list[Value]:
        return [_held(value, nothing) if value.name[0] in names else value for value in values_of(of)]

    with patch.object(fitting, "values_of", values):
        return held_out(rows, fit(rows, solve), solve)


def _held(value: Value, nothing: float) -> Value:
    if math.isnan(nothing):
        return replace(value, pull=HELD_FAST)
    return replace(value, usual=nothing, pull=HELD_FAST, to_mean=False, highest=math.inf)


def line(held: Sequence[HeldOut]) -> str:
    """Median / 90th percentile of each kind in percent; then of machines with two other models measured."""
    parts = [_errors([entry for entry in held if is_of_kind(entry.observation)]) for is_of_kind in KINDS.values()]
    two = [replace(entry, tokens_s=entry.after_two) for entry in held if entry.after_two]
    return " | ".join([*parts, _errors(two)])


def _errors(held: Sequence[HeldOut]) -> str:
    errors = sorted(abs(entry.tokens_s / entry.observation.tokens_s - 1) for entry in held)
    if not errors:
        return "-"
    return f"{100 * statistics.median(errors):.1f} / {100 * errors[round(0.9 * (len(errors) - 1))]:.0f}"


def tables(terms: Sequence[str]) -> None:
    """Print a line for each term; in a process that has a catalog."""
    from catalog.management.solver import least_squares
    from catalog.observations import observations
    from catalog.snapshot import current

    snapshot = current()
    rows = sorted(
        (row for row in observations(snapshot, snapshot.benchmarks) if row.calibrates), key=lambda row: row.slug
    )
    print(" | ".join(["without", *KINDS, "two models"]))
    for term in terms or TERMS:
        print(f"{term} | {line(without(term, rows, least_squares))}", flush=True)


if __name__ == "__main__":
    from tests.processes import manage
    from tests.truth.fresh_catalog import fresh_catalog

    with fresh_catalog() as environ:
        call = f"from tests.truth.terms import tables; tables({sys.argv[1:]!r})"
        print(manage(environ, "shell", "-v0", "-c", call))
