"""What a search found; and of what is asked side by side ("3090 or 4090 for a 70b") the findings put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, zip_longest
from typing import TypeVar

from catalog.snapshot import PublishedGpu, PublishedModel
from fitpages.matching.pairs import Pair
from fitpages.matching.search_words import Asked

MOST_PAIRS = 6

Record = TypeVar("Record", PublishedModel, PublishedGpu)


@dataclass(frozen=True)
class Results:
    """What a query found, the best first. `unknown` are its words that no name has."""

    asked: Asked
    pairs: tuple[Pair, ...] = ()
    models: tuple[PublishedModel, ...] = ()
    gpus: tuple[PublishedGpu, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.pairs or self.models or self.gpus)


def side_by_side(sides: Sequence[Results], limit: int) -> Results:
    """The findings of parts of a query as one: the best of each before the second of any.

    What is the name of nothing is no part: "a 4090 or something".
    """
    named = [side for side in sides if not side.is_empty]
    if len(named) == 1:
        return replace(named[0], unknown=_unknown(sides))
    return replace(
        sides[0],
        pairs=tuple(_pairs(named))[:MOST_PAIRS],
        models=_in_turn([side.models for side in sides])[:limit],
        gpus=_in_turn([side.gpus for side in sides])[:limit],
        unknown=_unknown(sides),
    )


def _unknown(sides: Sequence[Results]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for side in sides for word in side.unknown))


def _pairs(sides: Sequence[Results]) -> Iterator[Pair]:
    """Of parts that are pairs their best; of machines and models these of one part with those of the others.

    Where a part finds several models, as a size does, each is held against every machine, as many as there is room for.
    """
    if all(side.pairs for side in sides):
        yield from dict.fromkeys(side.pairs[0] for side in sides)
        return
    gpus = dict.fromkeys(gpu for side in sides for gpu in _gpus(side)[:1])
    groups = [group for group in map(_models, sides) if group]
    most = max(len(groups), MOST_PAIRS // max(1, len(gpus)))
    yield from (Pair(model, gpu) for model, gpu in product(_in_turn(groups)[:most], gpus))


def _models(side: Results) -> tuple[PublishedModel, ...]:
    return tuple(dict.fromkeys(pair.model for pair in side.pairs)) or side.models


def _gpus(side: Results) -> tuple[PublishedGpu, ...]:
    return tuple(dict.fromkeys(pair.gpu for pair in side.pairs)) or (() if side.models else side.gpus)


def _in_turn(lists: Sequence[tuple[Record, ...]]) -> tuple[Record, ...]:
    """The first of each, then the second of each."""
    return tuple(dict.fromkeys(record for of_place in zip_longest(*lists) for record in of_place if record))
