"""The constants of the speed estimate, fitted to observations by a least-squares solver that the caller hands in.

Errors are ratios, so they are fitted as logarithms, with outliers counting less (soft L1). A card measured hundreds of
times must not speak for all: its rows weigh less the more there are. Classes are drawn a little towards each other,
which decides for those with few cards. Held out means: calibrated once more without any row of that card.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from fit.calibration.prefill import with_prefill
from fit.calibration.ranges import NO_RANGE, HeldOut, held_out_table, with_ranges
from fit.observation import Measurement, predicted_tokens_s
from fit.speed import GB, MS_PER_S
from fit.speed_constants import DecodeClass, PrefillClass, SpeedConstants

CACHE_READ = 1.2
MOST_EFFICIENCY = 0.92
ROW_WEIGHT = -0.25
PULL_EFFICIENCY, PULL_OVERHEAD = 0.2, 0.1
FEWEST_CARDS = 2
NOTHING = (
    "There is nothing to calibrate on: it takes published measurements for calibration, of dense models on at least "
    "two cards, with everything on one GPU and a build of today."
)

Residuals = Callable[[Sequence[float]], list[float]]
# The values, each at most its highest, whose residuals are least: from residuals, where to start, and the highest.
Solver = Callable[[Residuals, Sequence[float], Sequence[float]], Sequence[float]]


def calibrate(found: Sequence[Measurement], solve: Solver) -> SpeedConstants:
    """Constants from `found`, held-out predictions and ranges included; the same input gives the same constants.

    ValueError where they are too few: without any one card, there must be a dense model on another.
    """
    rows = sorted((one for one in found if one.calibrates), key=lambda one: one.slug)
    if len({row.card for row in rows if not row.work.mixture}) < FEWEST_CARDS:
        raise ValueError(NOTHING)
    known = _with_ram(_with_old_builds(_fit(rows, solve), found), found)
    held_out = [one for card in sorted({row.card for row in rows}) for one in _without(card, rows, known, solve)]
    known = replace(known, held_out=held_out_table(held_out))
    return with_prefill(with_ranges(known, held_out), found)


def _without(card: str, rows: Sequence[Measurement], near: SpeedConstants, solve: Solver) -> list[HeldOut]:
    known = _fit([row for row in rows if row.card != card], solve, near)
    return [HeldOut(row, predicted_tokens_s(row, known)) for row in rows if row.card == card]


def _fit(rows: Sequence[Measurement], solve: Solver, near: SpeedConstants | None = None) -> SpeedConstants:
    """Dense models first: classes, layers and programs; then what is different with a mixture.

    `near` are constants that these will come near to, to start from.
    """
    known = _fit_dense([row for row in rows if not row.work.mixture], near or EMPTY, solve)
    return _fit_mixture([row for row in rows if row.work.mixture], known, solve)


def _fit_dense(rows: Sequence[Measurement], near: SpeedConstants, solve: Solver) -> SpeedConstants:
    classes = sorted({row.speed_class for row in rows})
    runtimes = sorted({row.runtime for row in rows} - {"llama.cpp"})
    count = len(classes)

    def constants(values: Sequence[float]) -> SpeedConstants:
        efficiencies, overheads = values[:count], values[count : 2 * count]
        of_class = map(_decode_class, efficiencies, overheads)
        other = _decode_class(statistics.fmean(efficiencies), statistics.fmean(overheads))
        factors = {name: math.exp(value) for name, value in zip(runtimes, values[2 * count + 1 :], strict=True)}
        return replace(
            EMPTY,
            layer_ms=math.exp(values[2 * count]),
            runtimes={"llama.cpp": 1.0, **factors},
            classes=dict(zip(classes, of_class, strict=True)),
            other=other,
        )

    def pull(values: Sequence[float]) -> list[float]:
        efficiencies, overheads = values[:count], values[count : 2 * count]
        to_efficiency, to_overhead = statistics.fmean(efficiencies), statistics.fmean(overheads)
        return [
            *(PULL_EFFICIENCY * (value - to_efficiency) for value in efficiencies),
            *(PULL_OVERHEAD * (value - to_overhead) for value in overheads),
        ]

    starts = [near.classes.get(name, near.other) for name in classes]
    start = [
        *(min(math.log(of_class.efficiency), math.log(MOST_EFFICIENCY) - 1e-4) for of_class in starts),
        *(math.log(of_class.overhead_ms) for of_class in starts),
        math.log(near.layer_ms),
        *(math.log(near.runtimes.get(name, 0.9)) for name in runtimes),
    ]
    highest = [math.log(MOST_EFFICIENCY)] * count + [math.inf] * (len(start) - count)
    return constants(_least_errors(rows, constants, pull, start, highest, solve))


def _fit_mixture(rows: Sequence[Measurement], known: SpeedConstants, solve: Solver) -> SpeedConstants:
    def constants(values: Sequence[float]) -> SpeedConstants:
        return replace(known, mixture_efficiency=math.exp(values[0]), mixture_ms=math.exp(values[1]))

    if not rows:
        return known
    return constants(
        _least_errors(rows, constants, lambda values: [0.1 * values[0]], [-0.1, 0.0], [0.0, math.inf], solve)
    )


def _least_errors(
    rows: Sequence[Measurement],
    constants: Callable[[Sequence[float]], SpeedConstants],
    pull: Callable[[Sequence[float]], list[float]],
    start: list[float],
    highest: list[float],
    solve: Solver,
) -> list[float]:
    """The values whose constants come nearest to `rows`."""
    counts = Counter((row.card, row.runtime) for row in rows)
    weights = [counts[row.card, row.runtime] ** ROW_WEIGHT for row in rows]
    errors = _Errors(rows)

    def residuals(values: Sequence[float]) -> list[float]:
        known = constants([float(value) for value in values])
        of_rows = (weight * error for weight, error in zip(weights, errors.of(known), strict=True))
        return [*of_rows, *pull([float(value) for value in values])]

    return list(solve(residuals, start, highest))


class _Errors:
    """Logarithms of predicted over measured. Rows whose constants were seen before are not computed again.

    A step along one constant changes the rows of one class or program, and a fit takes hundreds of steps.
    """

    def __init__(self, rows: Sequence[Measurement]) -> None:
        self.rows = rows
        self.kinds: dict[tuple[str, str], list[int]] = {}
        for index, row in enumerate(rows):
            self.kinds.setdefault((row.speed_class, row.runtime), []).append(index)
        self.seen: dict[tuple[object, ...], list[float]] = {}

    def of(self, known: SpeedConstants) -> list[float]:
        """In the order of the rows."""
        errors = [0.0] * len(self.rows)
        for kind, indices in self.kinds.items():
            for index, error in zip(indices, self._of_kind(kind, known), strict=True):
                errors[index] = error
        return errors

    def _of_kind(self, kind: tuple[str, str], known: SpeedConstants) -> list[float]:
        speed_class, runtime = kind
        of_class, factor = known.classes.get(speed_class, known.other), known.runtimes.get(runtime)
        shared = (known.layer_ms, known.mixture_efficiency, known.mixture_ms)
        key = (kind, factor, of_class.efficiency, of_class.overhead_ms, *shared)
        if key not in self.seen:
            rows = [self.rows[index] for index in self.kinds[kind]]
            self.seen[key] = [math.log(predicted_tokens_s(row, known, of_class) / row.tokens_s) for row in rows]
        return self.seen[key]


def _decode_class(log_efficiency: float, log_overhead: float) -> DecodeClass:
    return DecodeClass(
        efficiency=math.exp(log_efficiency), overhead_ms=math.exp(log_overhead), dense=NO_RANGE, mixture=NO_RANGE
    )


def _with_old_builds(known: SpeedConstants, found: Iterable[Measurement]) -> SpeedConstants:
    """What old builds took longer, and what each further card costs, which only old builds were measured for."""
    old = [one for one in found if one.for_calibration and one.is_old_build and not one.offload]
    single: dict[str, list[float]] = {}
    for one in old:
        if one.cards == 1 and one.runtime == "llama.cpp":
            single.setdefault(one.backend, []).append(_excess_ms(one, replace(known, old_build_ms={})))
    known = replace(known, old_build_ms={name: statistics.median(values) for name, values in sorted(single.items())})
    several = [_excess_ms(one, known) / (one.cards - 1) for one in old if one.cards > 1 and one.split == "layer"]
    return replace(known, card_ms=max(0.0, statistics.median(several)) if several else 0.0)


def _with_ram(known: SpeedConstants, found: Iterable[Measurement]) -> SpeedConstants:
    """The pace of RAM, from measurements that say what was there."""
    paces = []
    for one in found:
        if one.ram_bytes and not one.is_old_build:
            in_ram_ms = _excess_ms(one, replace(known, ram_gb_s=math.inf))
            if in_ram_ms > 0:
                paces.append(MS_PER_S * one.ram_bytes / GB / in_ram_ms)
    return replace(known, ram_gb_s=statistics.median(paces)) if paces else known


def _excess_ms(one: Measurement, known: SpeedConstants) -> float:
    return MS_PER_S / one.tokens_s - MS_PER_S / predicted_tokens_s(one, known)


EMPTY = SpeedConstants(
    cache_read=CACHE_READ,
    layer_ms=0.02,
    mixture_efficiency=1,
    mixture_ms=0,
    mixture_prefill=1,
    card_ms=0,
    ram_gb_s=32,
    runtimes=MappingProxyType({"llama.cpp": 1.0}),
    old_build_ms=MappingProxyType({}),
    classes=MappingProxyType({}),
    other=DecodeClass(efficiency=0.7, overhead_ms=1, dense=NO_RANGE, mixture=NO_RANGE),
    prefill=MappingProxyType({}),
    prefill_other=PrefillClass(utilization=0.3, range=NO_RANGE),
    held_out=MappingProxyType({}),
)
