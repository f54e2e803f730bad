"""Search over models and GPUs that understands "qwen 72b l4" and leads to the pair.

Names and queries are taken apart into words (catalog/name_words.py). A word of the query counts for a name in full
where they are equal, less where it begins one, and less again where it is one typing slip away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from catalog.name_words import begins, name_words, query_words
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot

# Of each kind, the best that are put together to pairs.
MOST_OF_A_KIND = 60
EQUAL, BEGINS, SLIP = 1.0, 0.7, 0.5
# A slip changes, adds or leaves out one letter in about four, or puts letters in another order.
LIKE_ENOUGH = 0.75


@dataclass(frozen=True)
class Results:
    """What a query found, the best first."""

    pairs: tuple[Pair, ...]
    models: tuple[PublishedModel, ...]
    gpus: tuple[PublishedGpu, ...]


Record = TypeVar("Record", PublishedModel, PublishedGpu)


class _Names(NamedTuple):
    """The words that a record is found by, and how many its name has."""

    words: frozenset[str]
    length: int


@dataclass(frozen=True)
class _Match(Generic[Record]):
    """How well a record's names are those of a query: a weight for each word of the query."""

    record: Record
    names: _Names
    weights: tuple[float, ...]

    @property
    def words_met(self) -> int:
        """How many words of the query are in the names."""
        return sum(1 for weight in self.weights if weight)

    @property
    def rank(self) -> tuple[float, int, str]:
        return -sum(self.weights), self.names.length, self.record.slug


_AnyMatch = _Match[PublishedModel] | _Match[PublishedGpu]


def search(snapshot: Snapshot, query: str, limit: int = 12) -> Results:
    """Models, GPUs and pairs for a query; nothing for an empty one."""
    words = query_words(query)
    if not words:
        return Results((), (), ())
    models, gpus = _matches(snapshot, words)
    matches: list[_AnyMatch] = [*models, *gpus]
    is_name_alone = any(sum(match.weights) == len(words) for match in matches)
    pairs = [] if is_name_alone else _pairs(models, gpus)[:6]
    least = 1 if pairs else max((match.words_met for match in matches), default=0)
    return Results(pairs=tuple(pairs), models=_best(models, least)[:limit], gpus=_best(gpus, least)[:limit])


def _matches(
    snapshot: Snapshot, words: tuple[str, ...]
) -> tuple[list[_Match[PublishedModel]], list[_Match[PublishedGpu]]]:
    """Those in which some word is met, the best first; words that no name has may have slips."""
    models = [_match(snapshot, words, model) for model in snapshot.models.values()]
    gpus = [_match(snapshot, words, gpu) for gpu in snapshot.gpus.values()]
    matches: list[_AnyMatch] = [*models, *gpus]
    unmet = [index for index in range(len(words)) if not any(match.weights[index] for match in matches)]
    if unmet:
        slips = {index: _slips(words[index], matches) for index in unmet}
        models = [_with_slips(words, slips, match) for match in models]
        gpus = [_with_slips(words, slips, match) for match in gpus]
    return _ranked(models), _ranked(gpus)


@per_snapshot
def _names(_: Snapshot, record: PublishedModel | PublishedGpu) -> _Names:
    return _Names(name_words(f"{record.name} {record.vendor}"), len(query_words(record.name)))


def _ranked(matches: list[_Match[Record]]) -> list[_Match[Record]]:
    """Those in which some word is met, the best first."""
    return sorted((match for match in matches if match.words_met), key=lambda match: match.rank)


def _best(matches: list[_Match[Record]], least: int) -> tuple[Record, ...]:
    """The records in which the most words are met, if those are at least `least`."""
    most = max((match.words_met for match in matches), default=0)
    return tuple(match.record for match in matches if match.words_met == most >= least)


def _match(snapshot: Snapshot, words: tuple[str, ...], record: Record) -> _Match[Record]:
    names = _names(snapshot, record)
    return _Match(record, names, tuple(_weight(word, names.words) for word in words))


def _weight(word: str, names: frozenset[str]) -> float:
    if word in names:
        return EQUAL
    return BEGINS if begins(word, names) else 0.0


def _slips(word: str, matches: list[_AnyMatch]) -> frozenset[str]:
    """The words of all names that are one typing slip away from a word: many names have the same words."""
    if len(word) <= 2:
        return frozenset()
    every_word = {name for match in matches for name in match.names.words if name[0] == word[0]}
    return frozenset(name for name in every_word if _is_slip(word, name))


def _with_slips(words: tuple[str, ...], slips: Mapping[int, frozenset[str]], match: _Match[Record]) -> _Match[Record]:
    names, weights = match.names.words, list(match.weights)
    for index, slipped in slips.items():
        parts = re.findall(r"[a-z]+|[0-9.]+[a-z]?", words[index])
        if len(parts) > 1 and all(_weight(part, names) for part in parts):
            weights[index] = BEGINS
        elif not slipped.isdisjoint(names):
            weights[index] = SLIP
    return _Match(match.record, match.names, tuple(weights))


def _is_slip(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 1:
        return False
    if sorted(word) == sorted(name):
        return True
    return SequenceMatcher(None, word, name, autojunk=False).ratio() >= LIKE_ENOUGH


def _pairs(models: list[_Match[PublishedModel]], gpus: list[_Match[PublishedGpu]]) -> list[Pair]:
    """Pairs that together take up every word, each side at least one word that the other does not need."""
    ranked = []
    for model, gpu in product(models[:MOST_OF_A_KIND], gpus[:MOST_OF_A_KIND]):
        weights = list(zip(model.weights, gpu.weights, strict=True))
        by_model = any(of_model > of_gpu for of_model, of_gpu in weights)
        by_gpu = any(of_gpu > of_model for of_model, of_gpu in weights)
        if by_model and by_gpu and all(map(max, weights)):
            length = model.names.length + gpu.names.length
            rank = (-sum(map(max, weights)), length, model.record.slug, gpu.record.slug)
            ranked.append((rank, Pair(model.record, gpu.record)))
    return [pair for _, pair in sorted(ranked, key=lambda entry: entry[0])]
