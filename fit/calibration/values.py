"""What a solver moves: the constants of decoding as a list of values, each with where it starts, how high it may go,
what draws it, and which observations it touches.

Values are logarithms. Those of classes are drawn towards the mean of all classes, which decides for classes of few
cards; shared ones and factors of backends towards where they start, which decides where little was measured.
"""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fit.calibration.start import NO_SPANS, START
from fit.decode_time import CUDA
from fit.mix_families import MXFP4, USUAL, WHOLE_BYTES
from fit.observation import Observation
from fit.programs import BENCHMARK
from fit.speed_constants import DecodeClass, Runtime, SpeedConstants

MOST_EFFICIENCY = 0.92
PULL_EFFICIENCY, PULL_LAYER, PULL_SHARED, PULL_BACKEND, PULL_RUNTIME = 0.2, 0.05, 0.1, 0.3, 0.05
# Where the search begins, and what few measurements are drawn to.
EFFICIENCY, LAYER_MS = 0.7, 0.05
MIXES = {WHOLE_BYTES: 1.1, MXFP4: 1.2}
SHARED = {"cache_read": 1.1, "latent_read": 2.0, "expert_layer": 0.6, "expert_share": 0.9, "linear_layer": 0.2}
QUANTIZED_CACHE = {CUDA: 1.2, "other": 1.5}
RUNTIME = Runtime(factor=0.92, ms=0.5)
# What cannot be more than this.
HIGHEST = {"expert_share": 0.0}

Name = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value: `pull` draws it towards `usual`, or with `to_mean` towards the mean of those of its kind."""

    name: Name
    usual: float
    highest: float = math.inf
    pull: float
    to_mean: bool = False
    touches: Callable[[Observation], bool]


def values_of(rows: Sequence[Observation]) -> list[Value]:
    """The values that the observations say something of, and the shared ones."""
    return [*_of_classes(rows), *_shared(), *_of_mixes(), *_of_caches(rows), *_of_runtimes(rows), *_of_backends(rows)]


def _of_classes(rows: Sequence[Observation]) -> list[Value]:
    values = []
    for name in sorted({row.class_name for row in rows}):
        common: dict[str, Any] = {"to_mean": True, "touches": _in_class(name)}
        highest = math.log(MOST_EFFICIENCY)
        efficiency, layer_ms = math.log(EFFICIENCY), math.log(LAYER_MS)
        values.append(
            Value(name=("efficiency", name), usual=efficiency, highest=highest, pull=PULL_EFFICIENCY, **common)
        )
        values.append(Value(name=("layer_ms", name), usual=layer_ms, pull=PULL_LAYER, **common))
    return values


def _in_class(name: str) -> Callable[[Observation], bool]:
    return lambda row: row.class_name == name


SHARED_TOUCH: Mapping[str, Callable[[Observation], bool]] = {
    "cache_read": lambda row: row.work.cache_bytes > 0,
    "latent_read": lambda row: row.work.latent_bytes > 0,
    "expert_layer": lambda row: row.work.mixture,
    "expert_share": lambda row: row.work.mixture,
    "linear_layer": lambda row: row.work.linear_layers > 0,
}


def _shared() -> list[Value]:
    return [
        Value(
            name=(name,),
            usual=math.log(start),
            highest=HIGHEST.get(name, math.inf),
            pull=PULL_SHARED,
            touches=SHARED_TOUCH[name],
        )
        for name, start in SHARED.items()
    ]


def _of_mixes() -> list[Value]:
    def touches(family: str) -> Callable[[Observation], bool]:
        return lambda row: row.work.mix == family

    return [
        Value(name=("mixes", family), usual=math.log(start), pull=PULL_SHARED, touches=touches(family))
        for family, start in MIXES.items()
    ]


def _of_caches(rows: Sequence[Observation]) -> list[Value]:
    usual = usual_backends(rows)

    def touches(kind: str) -> Callable[[Observation], bool]:
        return lambda row: (
            row.work.quantized_cache and ((row.backend or usual[row.class_name]) == CUDA) == (kind == CUDA)
        )

    return [
        Value(name=("quantized_cache", kind), usual=math.log(start), pull=PULL_SHARED, touches=touches(kind))
        for kind, start in QUANTIZED_CACHE.items()
    ]


def _of_runtimes(rows: Sequence[Observation]) -> list[Value]:
    def touches(name: str) -> Callable[[Observation], bool]:
        return lambda row: row.runtime == name

    values = []
    for name in sorted({row.runtime for row in rows} - {BENCHMARK}):
        values.append(
            Value(
                name=("runtime", name),
                usual=math.log(RUNTIME.factor),
                highest=0.0,
                pull=PULL_RUNTIME,
                touches=touches(name),
            )
        )
        values.append(
            Value(name=("runtime_ms", name), usual=math.log(RUNTIME.ms), pull=PULL_RUNTIME, touches=touches(name))
        )
    return values


def _of_backends(rows: Sequence[Observation]) -> list[Value]:
    usual = usual_backends(rows)

    def touches(name: str, backend: str) -> Callable[[Observation], bool]:
        return lambda row: row.class_name == name and row.backend == backend

    pairs = sorted({(row.class_name, row.backend) for row in rows})
    return [
        Value(name=("backend", name, backend), usual=0.0, pull=PULL_BACKEND, touches=touches(name, backend))
        for name, backend in pairs
        if backend not in ("", usual[name])
    ]


def usual_backends(rows: Sequence[Observation]) -> dict[str, str]:
    """Of each class the backend with most cards measured; of as many, the first by name."""
    cards: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        if row.backend:
            cards.setdefault(row.class_name, {}).setdefault(row.backend, set()).add(row.card)
    usual = {name: min(of, key=lambda backend: (-len(of[backend]), backend)) for name, of in cards.items()}
    return {row.class_name: usual.get(row.class_name, "") for row in rows}


def constants_of(named: Mapping[Name, float], usual: Mapping[str, str]) -> SpeedConstants:
    """The constants that the values stand for."""
    number = {name: math.exp(value) for name, value in named.items()}
    classes = {name: _class(number, name, backend) for name, backend in sorted(usual.items())}
    runtimes = sorted(name[1] for name in named if name[0] == "runtime")
    shared: dict[str, Any] = {name: number[name,] for name in SHARED}
    return replace(
        START,
        **shared,
        mixes={USUAL: 1.0, **{family: number["mixes", family] for family in MIXES}},
        quantized_cache={kind: max(1.0, number["quantized_cache", kind]) for kind in QUANTIZED_CACHE},
        runtimes={
            BENCHMARK: Runtime(factor=1.0, ms=0.0),
            **{name: Runtime(factor=number["runtime", name], ms=number["runtime_ms", name]) for name in runtimes},
        },
        classes=classes,
        other=_other(classes),
    )


def _class(number: Mapping[Name, float], name: str, backend: str) -> DecodeClass:
    others = {key[2]: value for key, value in number.items() if key[0] == "backend" and key[1] == name}
    return DecodeClass(
        efficiency=number["efficiency", name],
        layer_ms=number["layer_ms", name],
        cards=0,
        backend=backend,
        backends=others,
        unseen=NO_SPANS,
        measured=NO_SPANS,
    )


def _other(classes: Mapping[str, DecodeClass]) -> DecodeClass:
    """The middle of all classes, as logarithms."""

    def middle(numbers: Sequence[float]) -> float:
        return math.exp(statistics.fmean(map(math.log, numbers)))

    return DecodeClass(
        efficiency=middle([entry.efficiency for entry in classes.values()]),
        layer_ms=middle([entry.layer_ms for entry in classes.values()]),
        cards=0,
        backend="",
        backends={},
        unseen=NO_SPANS,
        measured=NO_SPANS,
    )
