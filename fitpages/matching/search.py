"""Search over models and machines in people's words: "can i run qwen 72b on l4" leads to the pair.

A query is taken apart (search_words.py), and its words are held against those of names (search_names.py,
search_weights.py). Of names that are met alike comes first who is called just that, then who is common, then what
people take most or what is newest.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from itertools import product
from typing import Any, Generic, NamedTuple, TypeVar

from catalog.name_words import name_words
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.for_use import serves
from fitpages.matching.machine_order import order
from fitpages.matching.pairs import Pair
from fitpages.matching.popularity import place
from fitpages.matching.prices import costs_at_most
from fitpages.matching.search_names import KINDS, names_of, phrases, words_of_models
from fitpages.matching.search_results import MOST_PAIRS, Results, side_by_side
from fitpages.matching.search_weights import EQUAL, weights, with_slips
from fitpages.matching.search_words import Asked, take_apart

# Of each kind, the best that are put together to pairs.
MOST_OF_A_KIND = 60


Record = TypeVar("Record", PublishedModel, PublishedGpu)


class _Match(NamedTuple, Generic[Record]):
    """How well a record's names are those of a query: a weight for each word of the query, then what decides."""

    record: Record
    weights: tuple[float, ...]
    order: tuple[Any, ...]

    @property
    def words_met(self) -> int:
        """How many words of the query are in the names."""
        return sum(1 for weight in self.weights if weight)

    @property
    def rank(self) -> tuple[Any, ...]:
        return -sum(self.weights), self.order


_AnyMatch = _Match[PublishedModel] | _Match[PublishedGpu]


class _Matches(NamedTuple):
    """Records in which some word is met, the best first, and the words that are met in none."""

    models: list[_Match[PublishedModel]]
    gpus: list[_Match[PublishedGpu]]
    unknown: tuple[str, ...]


def search(snapshot: Snapshot, query: str, limit: int = 12) -> Results:
    """Models, machines and pairs for a query; nothing for an empty one."""
    asked = take_apart(query, phrases(snapshot), words_of_models(snapshot))
    sides = [_find(snapshot, asked._replace(words=words), limit) for words in asked.sides]
    return replace(side_by_side(sides, limit), asked=asked) if sides else _find(snapshot, asked, limit)


def _find(snapshot: Snapshot, asked: Asked, limit: int) -> Results:
    matches = _matches(snapshot, asked)
    if asked.ram and not any(_is_named(snapshot, asked, match.record) for match in matches.gpus):
        # Where nothing but RAM is named, it is what the model lies in.
        asked = asked._replace(words=(*asked.words, f"{asked.ram}gb", "ram"))
        matches = _matches(snapshot, asked)
    both: list[_AnyMatch] = [*matches.models, *matches.gpus]
    is_name_alone = any(set(match.weights) == {EQUAL} for match in both)
    pairs = [] if is_name_alone else _pairs(matches.models, matches.gpus)
    least = 1 if pairs else max((match.words_met for match in both), default=0)
    return Results(
        asked=asked,
        pairs=tuple(pairs[:MOST_PAIRS]),
        models=_best(matches.models, least)[:limit],
        gpus=_best(matches.gpus, least)[:limit],
        unknown=matches.unknown,
    )


def _matches(snapshot: Snapshot, asked: Asked) -> _Matches:
    """Words that no name has may have slips; those that have none either are left out."""
    models = list(snapshot.models.values())
    gpus = list(snapshot.gpus.values())
    records: list[PublishedModel | PublishedGpu] = [*models, *gpus]
    names = [names_of(snapshot, record) for record in records]
    rows = with_slips(asked.words, names, [weights(asked.words, of_record) for of_record in names])
    is_met = [any(row[index] for row in rows) for index in range(len(asked.words))]
    rows = [tuple(weight for weight, met in zip(row, is_met, strict=True) if met) for row in rows]
    words = _as_in_names(asked)
    of_gpus = _ranked(gpus, rows[len(models) :], lambda gpu: _order_of_gpu(snapshot, gpu, words))
    return _Matches(
        _ranked(models, rows[: len(models)], lambda model: _order_of_model(snapshot, model, asked, words)),
        [match for match in of_gpus if costs_at_most(snapshot, match.record, asked.price)],
        tuple(word for word, met in zip(asked.words, is_met, strict=True) if not met),
    )


def _ranked(
    records: Sequence[Record], rows: Sequence[tuple[float, ...]], tie: Callable[[Record], tuple[Any, ...]]
) -> list[_Match[Record]]:
    """Those in which some word is met, the best first."""
    matches = [_Match(record, row, tie(record)) for record, row in zip(records, rows, strict=True) if any(row)]
    return sorted(matches, key=lambda match: match.rank)


def _order_of_model(snapshot: Snapshot, model: PublishedModel, asked: Asked, words: Set[str]) -> tuple[Any, ...]:
    """First models for the use that is asked, then one that is called just that, then what people take most."""
    return (
        not serves(model, asked.use),
        not names_of(snapshot, model).own <= words,
        place(snapshot)[model.slug],
    )


def _order_of_gpu(snapshot: Snapshot, gpu: PublishedGpu, words: Set[str]) -> tuple[Any, ...]:
    """First names in which least was not asked for, then common machines, then the newest."""
    names = names_of(snapshot, gpu)
    is_named = any(word in names.own - KINDS or " " in word for word in words & names.words)
    return len(names.own - words) if is_named else 0, order(gpu)


def _is_named(snapshot: Snapshot, asked: Asked, gpu: PublishedGpu) -> bool:
    """Whether a word of the query is of the machine's own name, and not of its kind or its memory alone."""
    return bool(names_of(snapshot, gpu).own & _as_in_names(asked) - KINDS)


def _as_in_names(asked: Asked) -> frozenset[str]:
    """The words of a query as names might write them; a nickname of several words stays whole."""
    return name_words(" ".join(word for word in asked.words if " " not in word)) | frozenset(asked.words)


def _best(matches: list[_Match[Record]], least: int) -> tuple[Record, ...]:
    """The records in which the most words are met, if those are at least `least`."""
    most = max((match.words_met for match in matches), default=0)
    return tuple(match.record for match in matches if match.words_met == most >= least)


def _pairs(models: Iterable[_Match[PublishedModel]], gpus: Iterable[_Match[PublishedGpu]]) -> list[Pair]:
    """Pairs that together take up every word, each side at least one word that the other does not need."""
    ranked = []
    for model, gpu in product(list(models)[:MOST_OF_A_KIND], list(gpus)[:MOST_OF_A_KIND]):
        together = list(zip(model.weights, gpu.weights, strict=True))
        by_model = any(of_model > of_gpu for of_model, of_gpu in together)
        by_gpu = any(of_gpu > of_model for of_model, of_gpu in together)
        if by_model and by_gpu and all(map(max, together)):
            ranked.append(((-sum(map(max, together)), model.order, gpu.order), Pair(model.record, gpu.record)))
    return [pair for _, pair in sorted(ranked, key=lambda entry: entry[0])]
