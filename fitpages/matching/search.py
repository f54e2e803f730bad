"""Search over models and GPUs that understands "qwen 72b l4" and leads to the pair.

A name is taken apart into words ("RTX 4090" into rtx, 4090 and rtx4090), a query likewise. A word of the query counts
for a name in full where they are equal, less where it begins one, and less again where it is one typing slip away.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Any

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.pairs import Pair

LONGEST_QUERY = 100
MOST_WORDS = 8
EQUAL, BEGINS, SLIP = 1.0, 0.7, 0.5
# A slip changes, adds or leaves out one letter in about four, or puts letters in another order.
LIKE_ENOUGH = 0.75


@dataclass(frozen=True)
class Results:
    """What a query found, the best first."""

    pairs: tuple[Pair, ...]
    models: tuple[PublishedModel, ...]
    gpus: tuple[PublishedGpu, ...]


@dataclass(frozen=True)
class _Match:
    item: Any
    weights: tuple[float, ...]
    spare: int

    @property
    def words_met(self) -> int:
        """How many words of the query are in the name."""
        return sum(1 for weight in self.weights if weight)

    @property
    def rank(self) -> tuple[float, int, str]:
        return -sum(self.weights), self.spare, self.item.slug


def search(snapshot: Snapshot, query: str, limit: int = 12) -> Results:
    """Models, GPUs and pairs for a query; nothing for an empty one."""
    words = query_words(query)
    if not words:
        return Results((), (), ())
    models = _matches(words, snapshot.models.values())
    gpus = _matches(words, snapshot.gpus.values())
    unknown = [index for index in range(len(words)) if not any(match.weights[index] for match in models + gpus)]
    if unknown:
        models = [_with_slips(words, unknown, match) for match in models]
        gpus = [_with_slips(words, unknown, match) for match in gpus]
    models, gpus = _ranked(models), _ranked(gpus)
    is_name_alone = any(sum(match.weights) == len(words) for match in models + gpus)
    pairs = [] if is_name_alone else _pairs(models, gpus)[:6]
    least = 1 if pairs else max((match.words_met for match in models + gpus), default=0)
    return Results(pairs=tuple(pairs), models=_best(models, least)[:limit], gpus=_best(gpus, least)[:limit])


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query: "Qwen-72B on L4" is qwen, 72b, l4."""
    parts = re.split(r"[^a-z0-9.]+", query[:LONGEST_QUERY].lower())
    cleaned = (part.strip(".") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part and part not in {"on", "with"}))[:MOST_WORDS]


@lru_cache(maxsize=8192)
def name_words(name: str) -> frozenset[str]:
    """The words that a name is found by, joined neighbours and parts at the border of letters and digits too."""
    words = query_words(name)
    joined = [first + second for first, second in pairwise(words)]
    parts = [part for word in words for part in re.findall(r"[a-z]+|[0-9.]+", word) if len(part) > 1]
    return frozenset([*words, *joined, *parts, "".join(words)])


def _matches(words: tuple[str, ...], items: Iterable[Any]) -> list[_Match]:
    return [_match(words, item) for item in items]


def _ranked(matches: list[_Match]) -> list[_Match]:
    """Those in which some word was found, the best first."""
    return sorted((match for match in matches if match.words_met), key=lambda match: match.rank)


def _best(matches: list[_Match], least: int) -> tuple[Any, ...]:
    """The records in which the most words were found, if those are at least `least`."""
    most = max((match.words_met for match in matches), default=0)
    return tuple(match.item for match in matches if match.words_met == most >= least)


def _match(words: tuple[str, ...], item: Any) -> _Match:
    names = name_words(f"{item.name} {item.vendor}")
    weights = tuple(_weight(word, names) for word in words)
    return _Match(item, weights, len(query_words(item.name)))


def _weight(word: str, names: frozenset[str]) -> float:
    if word in names:
        return EQUAL
    begun = any(name.startswith(word) for name in names) if len(word) > 1 or word.isdigit() else False
    return BEGINS if begun else 0.0


def _with_slips(words: tuple[str, ...], unknown: list[int], match: _Match) -> _Match:
    names = name_words(f"{match.item.name} {match.item.vendor}")
    weights = list(match.weights)
    for index in unknown:
        word = words[index]
        parts = re.findall(r"[a-z]+|[0-9.]+[a-z]?", word)
        if len(parts) > 1 and all(_weight(part, names) for part in parts):
            weights[index] = BEGINS
        elif len(word) > 2 and any(_is_slip(word, name) for name in names):
            weights[index] = SLIP
    return _Match(match.item, tuple(weights), match.spare)


def _is_slip(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 1 or word[0] != name[0]:
        return False
    if sorted(word) == sorted(name):
        return True
    return SequenceMatcher(None, word, name, autojunk=False).ratio() >= LIKE_ENOUGH


def _pairs(models: list[_Match], gpus: list[_Match]) -> list[Pair]:
    """Pairs that together take up every word, each side at least one word that the other does not need."""
    ranked = []
    for model in models[:60]:
        for gpu in gpus[:60]:
            together = [max(pair) for pair in zip(model.weights, gpu.weights, strict=True)]
            by_model = any(of_model > of_gpu for of_model, of_gpu in zip(model.weights, gpu.weights, strict=True))
            by_gpu = any(of_gpu > of_model for of_model, of_gpu in zip(model.weights, gpu.weights, strict=True))
            if all(together) and by_model and by_gpu:
                rank = (-sum(together), model.spare + gpu.spare, model.item.slug, gpu.item.slug)
                ranked.append((rank, Pair(model.item, gpu.item)))
    return [pair for _, pair in sorted(ranked, key=lambda entry: entry[0])]
