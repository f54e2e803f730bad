"""The words that a record is found by: on the site's own search, and in the lists of the desk.

A name is taken apart into words ("RTX 4090" into rtx, 4090 and rtx4090), a query likewise.
"""

import re
from collections.abc import Set

LONGEST_QUERY = 100
MOST_WORDS = 8


def query_words(query: str, most: int = MOST_WORDS) -> tuple[str, ...]:
    """The words of a query, at most so many: "Qwen-72B on L4" is qwen, 72b, l4."""
    parts = re.split(r"[^a-z0-9.]+", query[:LONGEST_QUERY].lower())
    cleaned = (part.strip(".") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part and part not in {"on", "with"}))[:most]


def name_words(name: str, most: int = MOST_WORDS) -> frozenset[str]:
    """The words that a name is found by, joined neighbours and parts at the border of letters and digits too."""
    words = query_words(name, most)
    joined = ["".join(words[start : start + count]) for count in (2, 3) for start in range(len(words) - count + 1)]
    parts = [part for word in words for part in re.findall(r"[a-z]+|[0-9.]+", word) if len(part) > 1]
    return frozenset([*words, *joined, *parts, "".join(words)])


def begins(word: str, names: Set[str]) -> bool:
    """Whether a word of a query begins a word of a name; a letter alone begins too many."""
    return any(name.startswith(word) for name in names) if len(word) > 1 or word.isdigit() else False
