"""The constants of the speed estimate, fitted to observations by a least-squares solver that the caller hands in.

Errors are ratios, so they are fitted as logarithms, with outliers counting less (soft L1). A card measured hundreds of
times must not speak for all: its rows weigh less the more there are. Classes are drawn a little towards each other,
which decides for those with few cards. Held out means: calibrated once more without any row of that card.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from fit.calibration.prefill_values import NO_PREFILL
from fit.calibration.ranges import NO_RANGE, HeldOut, held_out_table, with_ranges
from fit.observation import LAYER_SPLIT, Observation, predicted_tokens_s
from fit.speed import MS_PER_S
from fit.speed_constants import DecodeClass, SpeedConstants
from fit.units import GB

CACHE_READ = 1.2
MOST_EFFICIENCY = 0.92
ROW_WEIGHT = -0.25
PULL_EFFICIENCY, PULL_OVERHEAD, PULL_MIXTURE = 0.2, 0.1, 0.1
FEWEST_CARDS = 2
NOTHING = (
    "There is nothing to calibrate on: it takes published measurements for calibration, of dense models on at least "
    "two cards, with everything on one GPU and a build of today."
)
START = SpeedConstants(
    cache_read=CACHE_READ,
    layer_ms=0.02,
    mixture_efficiency=1,
    mixture_ms=0,
    card_ms=0,
    ram_gb_s=32,
    runtimes=MappingProxyType({"llama.cpp": 1.0}),
    old_build_ms=MappingProxyType({}),
    classes=MappingProxyType({}),
    other=DecodeClass(efficiency=0.7, overhead_ms=1, dense=NO_RANGE, mixture=NO_RANGE),
    held_out=MappingProxyType({}),
    prefill=NO_PREFILL,
)

Residuals = Callable[[Sequence[float]], list[float]]
# The values, each at most its highest, whose residuals are least: from residuals, where to start, and the highest.
Solver = Callable[[Residuals, Sequence[float], Sequence[float]], Sequence[float]]


def calibrate(observations: Sequence[Observation], solve: Solver) -> SpeedConstants:
    """Constants with held-out predictions and ranges; the same observations give the same constants.

    ValueError where they are too few: without any one card, there must be a dense model on another.
    """
    used = sorted((row for row in observations if row.calibrates), key=lambda row: row.slug)
    if len({row.card for row in used if not row.work.mixture}) < FEWEST_CARDS:
        raise ValueError(NOTHING)
    constants = _with_ram(_with_old_builds(_fit(used, START, solve), observations), observations)
    held_out = [held for card in sorted({row.card for row in used}) for held in _without(card, used, constants, solve)]
    constants = replace(constants, held_out=held_out_table(held_out))
    return with_ranges(constants, held_out)


def _without(card: str, rows: Sequence[Observation], near: SpeedConstants, solve: Solver) -> list[HeldOut]:
    constants = _fit([row for row in rows if row.card != card], near, solve)
    return [HeldOut(observation=row, tokens_s=predicted_tokens_s(row, constants)) for row in rows if row.card == card]


def _fit(rows: Sequence[Observation], near: SpeedConstants, solve: Solver) -> SpeedConstants:
    """Dense models first: classes, layers and programs; then what is different with a mixture. Starts from `near`."""
    constants = _fit_dense([row for row in rows if not row.work.mixture], near, solve)
    return _fit_mixture([row for row in rows if row.work.mixture], constants, solve)


@dataclass(frozen=True)
class _DenseValues:
    """The constants of dense models as the list of logarithms that a solver moves: efficiencies and overheads of the
    classes, the milliseconds of a layer, the factors of the programs."""

    classes: list[str]
    runtimes: list[str]

    def start(self, near: SpeedConstants) -> list[float]:
        classes = [near.classes.get(name, near.other) for name in self.classes]
        return [
            *(min(math.log(decode_class.efficiency), math.log(MOST_EFFICIENCY) - 1e-4) for decode_class in classes),
            *(math.log(decode_class.overhead_ms) for decode_class in classes),
            math.log(near.layer_ms),
            *(math.log(near.runtimes.get(name, 0.9)) for name in self.runtimes),
        ]

    def highest(self) -> list[float]:
        count = len(self.classes)
        return [math.log(MOST_EFFICIENCY)] * count + [math.inf] * (count + 1 + len(self.runtimes))

    def constants(self, values: Sequence[float]) -> SpeedConstants:
        efficiencies, overheads, (layer, *factors) = self._parts(values)
        return replace(
            START,
            layer_ms=math.exp(layer),
            runtimes={"llama.cpp": 1.0, **dict(zip(self.runtimes, map(math.exp, factors), strict=True))},
            classes=dict(zip(self.classes, map(_decode_class, efficiencies, overheads), strict=True)),
            other=_decode_class(statistics.fmean(efficiencies), statistics.fmean(overheads)),
        )

    def pull(self, values: Sequence[float]) -> list[float]:
        """How far each class is from the mean of all."""
        efficiencies, overheads, _ = self._parts(values)
        to_efficiency, to_overhead = statistics.fmean(efficiencies), statistics.fmean(overheads)
        return [
            *(PULL_EFFICIENCY * (value - to_efficiency) for value in efficiencies),
            *(PULL_OVERHEAD * (value - to_overhead) for value in overheads),
        ]

    def _parts(self, values: Sequence[float]) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
        count = len(self.classes)
        return values[:count], values[count : 2 * count], values[2 * count :]


def _fit_dense(rows: Sequence[Observation], near: SpeedConstants, solve: Solver) -> SpeedConstants:
    dense = _DenseValues(
        classes=sorted({row.speed_class for row in rows}),
        runtimes=sorted({row.runtime for row in rows} - {"llama.cpp"}),
    )
    residuals = _residuals(rows, dense.constants, dense.pull)
    return dense.constants(solve(residuals, dense.start(near), dense.highest()))


def _fit_mixture(rows: Sequence[Observation], dense: SpeedConstants, solve: Solver) -> SpeedConstants:
    def constants(values: Sequence[float]) -> SpeedConstants:
        return replace(dense, mixture_efficiency=math.exp(values[0]), mixture_ms=math.exp(values[1]))

    if not rows:
        return dense
    residuals = _residuals(rows, constants, lambda values: [PULL_MIXTURE * values[0]])
    return constants(solve(residuals, [-0.1, 0.0], [0.0, math.inf]))


def _residuals(
    rows: Sequence[Observation],
    constants: Callable[[Sequence[float]], SpeedConstants],
    pull: Callable[[Sequence[float]], list[float]],
) -> Residuals:
    """How far the constants of some values are from `rows`, each row's weight counted, and from each other."""
    counts = Counter((row.card, row.runtime) for row in rows)
    weights = [counts[row.card, row.runtime] ** ROW_WEIGHT for row in rows]
    errors = _Errors(rows)

    def residuals(values: Sequence[float]) -> list[float]:
        plain_values = [float(value) for value in values]
        row_errors = errors.of(constants(plain_values))
        return [*(weight * error for weight, error in zip(weights, row_errors, strict=True)), *pull(plain_values)]

    return residuals


class _Errors:
    """Logarithms of predicted over measured. Rows whose constants were seen before are not computed again.

    A step along one constant changes the rows of one class or program, and a fit takes hundreds of steps.
    """

    def __init__(self, rows: Sequence[Observation]) -> None:
        self.rows = rows
        self.kinds: dict[tuple[str, str], list[int]] = {}
        for index, row in enumerate(rows):
            self.kinds.setdefault((row.speed_class, row.runtime), []).append(index)
        self.seen: dict[tuple[object, ...], list[float]] = {}

    def of(self, constants: SpeedConstants) -> list[float]:
        """In the order of the rows."""
        errors = [0.0] * len(self.rows)
        for kind, indices in self.kinds.items():
            for index, error in zip(indices, self._of_kind(kind, constants), strict=True):
                errors[index] = error
        return errors

    def _of_kind(self, kind: tuple[str, str], constants: SpeedConstants) -> list[float]:
        speed_class, runtime = kind
        decode_class = constants.classes.get(speed_class, constants.other)
        shared = (constants.layer_ms, constants.mixture_efficiency, constants.mixture_ms)
        key = (kind, constants.runtimes.get(runtime), decode_class.efficiency, decode_class.overhead_ms, *shared)
        if key not in self.seen:
            rows = [self.rows[index] for index in self.kinds[kind]]
            self.seen[key] = [math.log(predicted_tokens_s(row, constants, decode_class) / row.tokens_s) for row in rows]
        return self.seen[key]


def _decode_class(log_efficiency: float, log_overhead: float) -> DecodeClass:
    return DecodeClass(
        efficiency=math.exp(log_efficiency), overhead_ms=math.exp(log_overhead), dense=NO_RANGE, mixture=NO_RANGE
    )


def _with_old_builds(constants: SpeedConstants, observations: Iterable[Observation]) -> SpeedConstants:
    """What old builds took longer, and what each further card costs, which only old builds were measured for."""
    old = [row for row in observations if row.for_calibration and row.is_old_build and not row.offload]
    single: dict[str, list[float]] = {}
    for row in old:
        if row.cards == 1 and row.runtime == "llama.cpp":
            single.setdefault(row.backend, []).append(_excess_ms(row, replace(constants, old_build_ms={})))
    medians = {backend: statistics.median(values) for backend, values in sorted(single.items())}
    constants = replace(constants, old_build_ms=medians)
    several = [row for row in old if row.cards > 1 and row.split == LAYER_SPLIT]
    card_ms = [_excess_ms(row, constants) / (row.cards - 1) for row in several]
    return replace(constants, card_ms=max(0.0, statistics.median(card_ms)) if card_ms else 0.0)


def _with_ram(constants: SpeedConstants, observations: Iterable[Observation]) -> SpeedConstants:
    """The pace of RAM, from observations that say what was there."""
    paces = []
    for row in observations:
        if row.ram_bytes and not row.is_old_build:
            in_ram_ms = _excess_ms(row, replace(constants, ram_gb_s=math.inf))
            if in_ram_ms > 0:
                paces.append(MS_PER_S * row.ram_bytes / GB / in_ram_ms)
    return replace(constants, ram_gb_s=statistics.median(paces)) if paces else constants


def _excess_ms(row: Observation, constants: SpeedConstants) -> float:
    return MS_PER_S / row.tokens_s - MS_PER_S / predicted_tokens_s(row, constants)
