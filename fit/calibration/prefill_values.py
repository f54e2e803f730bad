"""The constants of the time of a prompt as the list of logarithms that a solver moves, and how far they are off.

Errors are ratios, fitted as logarithms; a card's rows weigh less the more there are. Classes are drawn towards each
other, generations and backends towards their class: that decides for those with few cards.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from fit.prefill import Reached
from fit.prefill_constants import PrefillClass, PrefillConstants, Program, PromptTerms, Span, of_class
from fit.prompt_observation import PromptObservation, layer_ms_in, reached_in, seconds_in

ROW_WEIGHT = -0.25
PULL_UTILIZATION, PULL_ATTENTION, PULL_GENERATION, PULL_BACKEND, PULL_TERM = 0.1, 0.3, 0.2, 0.15, 0.02
# Attention of all classes: where only short prompts were measured, nothing else says what it is.
PULL_COMMON = 0.1
START_UTILIZATION, START_ATTENTION = 0.4, 0.3
START = PromptTerms(mixture_efficiency=0.5, hidden_passes=40, linear_layer_ms=0.5)
ATTENTION = "attention"
# A class has an attention of its own where llama.cpp read prompts up to so many tokens: short ones say little.
DEEP = 8192
START_PROGRAM = Program(utilization=0.8, attention=0.1, layer_ms=0.3)
TERMS, PROGRAM = (tuple(field.name for field in fields(kind)) for kind in (PromptTerms, Program))
NO_SPAN = Span(low=1, high=1)
NOTHING: Mapping[str, list[float]] = MappingProxyType({})

Residuals = Callable[[Sequence[float]], list[float]]


@dataclass(frozen=True)
class PrefillValues:
    """Which classes, generations, backends and programs have a value; they follow those of the terms, in this order,
    utilizations before attention, which is one for all classes but for the `deep` ones."""

    classes: tuple[str, ...]
    deep: tuple[str, ...]
    generations: tuple[str, ...]
    backends: tuple[str, ...]
    runtimes: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What each value is, in order."""
        attention = [f"attention of {name}" for name in self.deep]
        return [*TERMS, ATTENTION, *self.classes, *attention, *self.generations, *self.backends, *self._of_programs]

    @property
    def _of_programs(self) -> list[str]:
        return [f"{what} of {name}" for what in PROGRAM for name in self.runtimes]

    def start(self, near: Mapping[str, float]) -> list[float]:
        """Where to begin: what the names had in an earlier fit, else in round figures."""
        usual = [
            *(math.log(getattr(START, name)) for name in TERMS),
            math.log(START_ATTENTION),
            *(math.log(START_UTILIZATION) for _ in self.classes),
            *(0.0 for _ in (*self.deep, *self.generations, *self.backends)),
            *(math.log(getattr(START_PROGRAM, what)) for what in PROGRAM for _ in self.runtimes),
        ]
        return [near.get(name, value) for name, value in zip(self.names, usual, strict=True)]

    def highest(self) -> list[float]:
        """Attention and experts reach no more than other matrices do."""
        return [0.0 if name in (ATTENTION, "mixture_efficiency") else math.inf for name in self.names]

    def constants(self, values: Sequence[float]) -> PrefillConstants:
        """The constants of these values, without ranges and machines."""
        terms, (attention,), utilizations, deep, *factors = self._parts(values)
        attentions = [attention + dict(zip(self.deep, deep, strict=True)).get(name, 0) for name in self.classes]
        generations, backends = (list(map(math.exp, part)) for part in factors[:2])
        return replace(
            NO_PREFILL,
            terms=PromptTerms(**dict(zip(TERMS, map(math.exp, terms), strict=True))),
            classes=dict(zip(self.classes, map(_class, utilizations, attentions), strict=True)),
            other=_class(statistics.fmean(utilizations), attention),
            generations=dict(zip(self.generations, generations, strict=True)),
            backends=dict(zip(self.backends, backends, strict=True)),
            programs=dict(zip(self.runtimes, map(_program, *factors[2:]), strict=True)),
        )

    def pull(self, values: Sequence[float]) -> list[float]:
        """How far the values are from where they are drawn to."""
        terms, (attention,), utilizations, deep, generations, backends, *programs = self._parts(values)
        utilization = statistics.fmean(utilizations)
        return [
            *(PULL_TERM * (value - math.log(getattr(START, name))) for name, value in zip(TERMS, terms, strict=True)),
            *(PULL_UTILIZATION * (value - utilization) for value in utilizations),
            PULL_COMMON * (attention - math.log(START_ATTENTION)),
            *(PULL_ATTENTION * value for value in deep),
            *(PULL_GENERATION * value for value in generations),
            *(PULL_BACKEND * value for value in backends),
            *(
                PULL_TERM * (value - math.log(getattr(START_PROGRAM, what)))
                for what, part in zip(PROGRAM, programs, strict=True)
                for value in part
            ),
        ]

    def _parts(self, values: Sequence[float]) -> list[Sequence[float]]:
        parts_of = (
            TERMS,
            [ATTENTION],
            self.classes,
            self.deep,
            self.generations,
            self.backends,
            *[self.runtimes] * len(PROGRAM),
        )
        parts, start = [], 0
        for names in parts_of:
            parts.append(values[start : start + len(names)])
            start += len(names)
        return parts


def values_of(rows: Sequence[PromptObservation]) -> PrefillValues:
    """The values that some observations have something to say of."""
    return PrefillValues(
        classes=tuple(sorted({row.gpu.speed_class for row in rows})),
        deep=tuple(sorted({row.gpu.speed_class for row in rows if _is_deep(row)})),
        generations=tuple(sorted({_generation(row) for row in rows})),
        backends=tuple(sorted({_backend(row) for row in rows})),
        runtimes=tuple(sorted({row.runtime for row in rows if not row.by_own_program})),
    )


def _is_deep(row: PromptObservation) -> bool:
    return row.by_own_program and row.depth + row.work.tokens >= DEEP


def _generation(row: PromptObservation) -> str:
    return of_class(row.gpu.speed_class, row.gpu.chip_architecture)


def _backend(row: PromptObservation) -> str:
    return of_class(row.gpu.speed_class, row.backend)


def residuals_of(rows: Sequence[PromptObservation], values: PrefillValues) -> Residuals:
    """How far the constants of some values are from `rows`, each row's weight counted, and from where they are drawn
    to."""
    counts = Counter((row.card, row.runtime) for row in rows)
    weights = [counts[row.card, row.runtime] ** ROW_WEIGHT for row in rows]
    errors = _Errors(rows)

    def residuals(solved: Sequence[float]) -> list[float]:
        plain = [float(value) for value in solved]
        of_rows = errors.of(values.constants(plain))
        return [*(weight * error for weight, error in zip(weights, of_rows, strict=True)), *values.pull(plain)]

    return residuals


class _Errors:
    """Logarithms of predicted over measured. Rows whose constants were seen before are not computed again: a step along
    one value changes the rows of one kind, and a fit takes hundreds of steps."""

    def __init__(self, rows: Sequence[PromptObservation]) -> None:
        self.rows = rows
        self.kinds: dict[tuple[str, str, str], list[int]] = {}
        for index, row in enumerate(rows):
            self.kinds.setdefault((_generation(row), row.backend, row.runtime), []).append(index)
        self.seen: dict[tuple[object, ...], list[float]] = {}

    def of(self, constants: PrefillConstants) -> list[float]:
        """In the order of the rows."""
        errors = [0.0] * len(self.rows)
        for indices in self.kinds.values():
            for index, error in zip(indices, self._of_kind(indices, constants), strict=True):
                errors[index] = error
        return errors

    def _of_kind(self, indices: Sequence[int], constants: PrefillConstants) -> list[float]:
        row = self.rows[indices[0]]
        reached, layer_ms = reached_in(row, constants), layer_ms_in(row, constants)
        shares = (reached.matrices_tflops / row.tflops, reached.attention_tflops / row.tflops)
        key = (indices[0], *shares, layer_ms, constants.terms)
        if key not in self.seen:
            self.seen[key] = [_error(self.rows[index], shares, constants.terms, layer_ms) for index in indices]
        return self.seen[key]


def _error(row: PromptObservation, shares: tuple[float, float], terms: PromptTerms, layer_ms: float) -> float:
    """The logarithm of predicted over measured, with these shares of the card's arithmetic."""
    reached = Reached(row.tflops * shares[0], row.tflops * shares[1], row.gpu.bandwidth)
    return math.log(row.work.tokens / seconds_in(row, reached, terms, layer_ms) / row.tokens_s)


def _program(log_utilization: float, log_attention: float, log_layer_ms: float) -> Program:
    return Program(
        utilization=math.exp(log_utilization), attention=math.exp(log_attention), layer_ms=math.exp(log_layer_ms)
    )


def _class(log_utilization: float, log_attention: float) -> PrefillClass:
    return PrefillClass(
        utilization=math.exp(log_utilization),
        attention=math.exp(log_attention),
        cards=0,
        dense=NO_SPAN,
        mixture=NO_SPAN,
    )


# What stands where nothing was measured.
NO_PREFILL = PrefillConstants(
    terms=START,
    classes=MappingProxyType({}),
    other=_class(math.log(START_UTILIZATION), math.log(START_ATTENTION)),
    generations=MappingProxyType({}),
    backends=MappingProxyType({}),
    programs=MappingProxyType({}),
    machines=MappingProxyType({}),
    measured_dense=NO_SPAN,
    measured_mixture=NO_SPAN,
    unseen=NOTHING,
    other_models=NOTHING,
)
