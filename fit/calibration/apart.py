"""Constants that measurements of their own give, once classes and machines are fitted: builds of 2023 and 2024, further
cards, and what is reached of RAM's pace. Each is a median over rows or over cards."""

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fit.decode_time import CUDA, MS_PER_S, token_ms
from fit.observation import Observation, card_of, own_ms, predicted_tokens_s
from fit.programs import BENCHMARK
from fit.several_cards import LAYER_SPLIT
from fit.speed_constants import SpeedConstants
from fit.units import GB


def with_apart(constants: SpeedConstants, observations: Iterable[Observation]) -> SpeedConstants:
    """The constants with all of these."""
    rows = sorted(observations, key=lambda row: row.slug)
    constants = replace(constants, old_build_ms=_old_build_ms(rows, constants))
    by_layer = [row for row in rows if row.for_calibration and row.run.split == LAYER_SPLIT and row.cards > 1]
    constants = replace(constants, **_further_cards(by_layer, constants))
    return replace(constants, **_ram_shares(rows, constants))


def _old_build_ms(rows: Sequence[Observation], constants: SpeedConstants) -> Mapping[str, float]:
    """What builds of 2023 and 2024 took longer, by backend."""
    excess: dict[str, list[float]] = {}
    for row in rows:
        if row.for_calibration and row.is_old_build and row.is_plain and row.runtime == BENCHMARK:
            backend = card_of(row, constants).backend
            excess.setdefault(backend, []).append(_excess_ms(row, constants))
    return {backend: max(0.0, statistics.median(values)) for backend, values in sorted(excess.items())}


def _further_cards(rows: Sequence[Observation], constants: SpeedConstants) -> dict[str, Any]:
    """What each further card adds: milliseconds on CUDA, elsewhere a share of the time of one."""
    alone = replace(constants, card_ms=0.0, card_share=0.0)

    def on_cuda(row: Observation) -> float:
        return max(0.0, _excess_ms(row, alone) / (row.cards - 1))

    def elsewhere(row: Observation) -> float:
        return on_cuda(row) / token_ms(row.work, card_of(row, alone), alone)

    is_cuda = [row for row in rows if card_of(row, constants).backend == CUDA]
    others = [row for row in rows if row not in is_cuda]
    return {
        "card_ms": _nearest("card_ms", alone, is_cuda, on_cuda),
        "card_share": _nearest("card_share", alone, others, elsewhere),
    }


def _nearest(
    name: str, constants: SpeedConstants, rows: Sequence[Observation], of_row: Callable[[Observation], float]
) -> float:
    """Of what each row says by itself, the constant of which all are least off, as ratios; 0 without rows."""

    def off(value: float) -> float:
        changed: dict[str, Any] = {name: value}
        tried = replace(constants, **changed)
        return statistics.fmean(abs(math.log(predicted_tokens_s(row, tried) / row.tokens_s)) for row in rows)

    return min(sorted({0.0, *map(of_row, rows)}), key=off) if rows else 0.0


def _ram_shares(rows: Sequence[Observation], constants: SpeedConstants) -> dict[str, Any]:
    """What is reached of RAM's pace on paper, where the source names the RAM: by layers first, then by experts."""
    stated = [row for row in rows if row.says_what_is_in_ram and row.ram_gb_s and not row.is_old_build]
    layers = [row for row in stated if row.work.ram_layer_bytes and not row.work.ram_expert_bytes]
    experts = [row for row in stated if row.work.ram_expert_bytes and not row.work.ram_layer_bytes]
    return {
        name: _median_of_cards(named, lambda row: _share_of_ram(row, constants)) or getattr(constants, name)
        for name, named in (("ram_layers", layers), ("ram_experts", experts))
    }


def _share_of_ram(row: Observation, constants: SpeedConstants) -> float:
    """Bytes in RAM over its pace on paper, beside what the token took longer than with them nowhere."""
    at_once = replace(constants, ram_layers=float("inf"), ram_experts=float("inf"))
    excess = _excess_ms(row, at_once)
    least = MS_PER_S * row.work.ram_bytes / GB / (row.ram_gb_s or 1)
    return min(1.0, least / excess) if excess > 0 else 1.0


def _excess_ms(row: Observation, constants: SpeedConstants) -> float:
    """What a token took longer on the cards than is predicted."""
    return own_ms(row, constants) - token_ms(row.work, card_of(row, constants), constants, row.run)


def _median_of_cards(rows: Sequence[Observation], figure: Callable[[Observation], float]) -> float:
    """The median of the cards' medians; 0 without rows."""
    of_card: dict[str, list[float]] = {}
    for row in rows:
        of_card.setdefault(row.card, []).append(figure(row))
    return statistics.median(map(statistics.median, of_card.values())) if of_card else 0.0
