"""What the guide to quantization compares between levels, from the table of levels on the pages of its pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit.level_rows import Counted, level_rows
from fit.verdict import Kind
from fitpages.matching import examples
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.pages.guides.pair_figures import PairFigures, pair_figures
from fitpages.text import figures


class LevelFigures(NamedTuple):
    """A level of a pair: what it takes in GiB, and its speed on the card; dashes where it is not made or not held."""

    takes: str
    tokens_s: str


@dataclass(frozen=True, kw_only=True)
class TradeRow:
    """One level of both models of a trade."""

    name: str
    larger: LevelFigures
    smaller: LevelFigures


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A larger model at fewer bits against a smaller one at more, on one card: each at the level advised there.

    `room` are the longest contexts that the card holds beside them at these levels.
    """

    larger: PairFigures
    larger_room: str
    smaller: PairFigures
    smaller_room: str
    rows: tuple[TradeRow, ...]


@dataclass(frozen=True, kw_only=True)
class SpeedGain:
    """One pair at two levels that its card holds: `faster` reads fewer bytes for a token."""

    pair: PairFigures
    slower_level: str
    slower: str
    faster_level: str
    faster: str
    ratio: str


def trade(snapshot: Snapshot) -> Trade | None:
    """None unless the card runs both models alone, and the larger one at a lower level than the smaller."""
    card = examples.card(snapshot, "rtx-4090", 24)
    large = examples.dense_model(snapshot, "qwen3-32b", 32 * 10**9)
    small = examples.dense_model(snapshot, "qwen3-14b", 14 * 10**9)
    if not (card and large and small) or large.spec.parameters <= small.spec.parameters:
        return None
    larger, smaller = answer(snapshot, large, card), answer(snapshot, small, card)
    places = [snapshot.all_quants.index(there.quant) for there in (larger, smaller)]
    if not (_is_on_card(larger) and _is_on_card(smaller)) or places[0] <= places[1]:
        return None
    of_larger, of_smaller = _counted(snapshot, larger), _counted(snapshot, smaller)
    return Trade(
        larger=pair_figures(larger),
        larger_room=figures.tokens(of_larger[larger.quant.slug].longest),
        smaller=pair_figures(smaller),
        smaller_room=figures.tokens(of_smaller[smaller.quant.slug].longest),
        rows=tuple(
            TradeRow(name=quant.name, larger=_figures(of_larger, quant.slug), smaller=_figures(of_smaller, quant.slug))
            for quant in snapshot.quants
        ),
    )


def speed_gain(snapshot: Snapshot) -> SpeedGain | None:
    """The best and the default level that a common card holds; None unless these are two."""
    card = examples.card(snapshot, "rtx-3060-12", 12)
    model = examples.dense_model(snapshot, "llama-3-1-8b", 8 * 10**9)
    if card is None or model is None:
        return None
    there, default = answer(snapshot, model, card), snapshot.default_quant
    counted = _counted(snapshot, there)
    speeds = {quant: _speed(counted.get(quant.slug)) for quant in snapshot.quants}
    best = next((quant for quant in snapshot.quants if speeds[quant]), default)
    slower, faster = speeds[best], speeds[default]
    if not (_is_on_card(there) and slower and faster) or faster <= slower:
        return None
    return SpeedGain(
        pair=pair_figures(there),
        slower_level=best.short_name,
        slower=figures.expected(slower),
        faster_level=default.short_name,
        faster=figures.expected(faster),
        ratio=figures.times(Decimal(faster) / Decimal(slower)),
    )


def _is_on_card(there: Answer) -> bool:
    return there.verdict.kind is Kind.ON_CARD and there.verdict.is_counted


def _counted(snapshot: Snapshot, there: Answer) -> Mapping[str, Counted]:
    """What the page of the pair counts of each level, by its slug."""
    rows = level_rows(candidates(snapshot, there.model), there.verdict, there.gpu.spec)
    return {row.quant.slug: row.counted for row in rows if row.counted}


def _figures(counted: Mapping[str, Counted], slug: str) -> LevelFigures:
    of_level = counted.get(slug)
    speed = _speed(of_level)
    return LevelFigures(
        takes=figures.bare_gibibytes(of_level.takes_bytes) if of_level else figures.NOT_SHOWN,
        tokens_s=figures.expected(speed) if speed else figures.NOT_SHOWN,
    )


def _speed(counted: Counted | None) -> float:
    """With all of the context that the table counts with; 0 where the card does not hold so much."""
    if counted is None or counted.speed is None or counted.speed_context < counted.context:
        return 0
    return counted.speed.tokens_s
