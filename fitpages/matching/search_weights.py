"""How well the words of a query are those of a name: in full, the beginning of one, or a typing slip away."""

import re
from collections.abc import Iterable, Sequence, Set
from difflib import SequenceMatcher
from itertools import pairwise

from fitpages.matching.search_names import Names

EQUAL, BEGINS, SLIP = 1.0, 0.7, 0.5
# A slip changes, adds or leaves out one letter in about four, or puts letters in another order.
LIKE_ENOUGH = 0.75

Weights = tuple[float, ...]


def weights(words: Sequence[str], names: Names) -> Weights:
    """A weight for each word of a query; neighbours that a name writes as one count in full ("qwen 3")."""
    of_words = [_weight(word, names) for word in words]
    for index, (first, second) in enumerate(pairwise(words)):
        if first + second in names.words:
            of_words[index] = of_words[index + 1] = EQUAL
    return tuple(of_words)


def with_slips(words: Sequence[str], names: Sequence[Names], rows: list[Weights]) -> list[Weights]:
    """The weights of many names, words that none of them has being taken for slips."""
    unmet = [index for index in range(len(words)) if not any(row[index] for row in rows)]
    if not unmet:
        return rows
    every_word = frozenset().union(*(of_record.words for of_record in names))
    slips = {index: _slips(words[index], every_word) for index in unmet}
    return [_with_slips(words, slips, *of_record) for of_record in zip(names, rows, strict=True)]


def _weight(word: str, names: Names) -> float:
    if word in names.words:
        return EQUAL
    return BEGINS if word in names.nicknames or _begins(word, names.words) else 0.0


def _begins(word: str, names: Set[str]) -> bool:
    """Whether a word begins one of a name: a letter alone begins too many, and a number is not the half of another."""
    if len(word) == 1 and not word.isdigit():
        return False
    begun = (name for name in names if name.startswith(word) and " " not in name)
    return any(not (word[-1].isdigit() and name[len(word) : len(word) + 1].isdigit()) for name in begun)


def _slips(word: str, every_word: Iterable[str]) -> frozenset[str]:
    """The words that are one typing slip away from a word: many names have the same words."""
    if len(word) <= 2:
        return frozenset()
    return frozenset(name for name in every_word if name[0] == word[0] and _is_slip(word, name))


def _is_slip(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 1:
        return False
    if sorted(word) == sorted(name):
        return True
    return SequenceMatcher(None, word, name, autojunk=False).ratio() >= LIKE_ENOUGH


def _with_slips(words: Sequence[str], slips: dict[int, frozenset[str]], names: Names, row: Weights) -> Weights:
    of_words = list(row)
    for index, slipped in slips.items():
        parts = re.findall(r"[a-z]+|[0-9.]+[a-z]?", words[index])
        if len(parts) > 1 and all(_weight(part, names) for part in parts):
            of_words[index] = BEGINS
        elif not slipped.isdisjoint(names.words):
            of_words[index] = SLIP
    return tuple(of_words)
