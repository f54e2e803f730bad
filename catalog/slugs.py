"""How a name is written in an address: the one rule, for what is typed there and for the slugs of new records.

No slug of the catalog is made anew by it; of the 5,387 records of the starting catalog 5,342 have the slug that it
proposes (tests/catalog/test_data.py). The others were shortened or told apart by hand.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping

LONGEST = 80
# The word that separates model and GPU in the address of a pair.
SEPARATING = "on"

_BETWEEN = re.compile(r"[._]+")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
# Command R+ is another model than Command R; in 142 + 400 the sign is between two figures.
_PLUS = re.compile(r"(?<=\w)\+(?!\w)")
_IN_BRACKETS = re.compile(r"\(.*?\)")
# Whoever looks for a card knows who makes it; processors are named in full, and so are the cards' series.
_MAKER = re.compile(r"^(nvidia|apple|amd( instinct)?|intel( data center gpu)?) (?!.*\bcpu\b)")
_GIGABYTES = re.compile(r"\b([0-9]+)gb\b")
_PICKED = re.compile(r"([0-9]+) gb (?:card|in one pool), ([^,]+)(, with ram)?")
# Uses whose words for readers are longer than their own.
_USES = {"long documents": "long", "pictures": "vision"}
_SEVERAL = re.compile(r"([0-9]+)x (.*)")


def as_slug(name: str) -> str:
    """A name as slugs are written: Qwen2.5_72B is qwen2-5-72b."""
    return _BETWEEN.sub("-", name.lower())


def of_name(kind: str, name: str) -> str:
    """The slug that a name gives a record of a kind (CatalogRecord.kind); "" where nothing in it can be in a slug."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", name)).strip().lower()
    shortened = _SHORTENED.get(kind, _as_it_is)(plain)
    words = _NO_SLUG.sub("-", as_slug(_PLUS.sub(" plus", shortened))).split("-")
    return _cut("-".join(word for word in words if word and word != SEPARATING), LONGEST)


def free(slug: str, taken: Collection[str]) -> str:
    """The slug, or the first of slug-2, slug-3 and so on that is not taken; "" stays ""."""
    if not slug:
        return ""
    return next(candidate for candidate in _candidates(slug) if candidate not in taken)


def _candidates(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        ending = f"-{number}"
        yield f"{_cut(slug, LONGEST - len(ending))}{ending}"
        number += 1


def _cut(slug: str, most: int) -> str:
    """At most so many characters, whole words if there is more than one."""
    if len(slug) <= most:
        return slug
    whole, _, _ = slug[: most + 1].rpartition("-")
    return whole or slug[:most]


def _as_it_is(name: str) -> str:
    return name


def _card(name: str) -> str:
    """NVIDIA L4 is l4, A100 80GB is a100-80."""
    return _GIGABYTES.sub(r"\1", _MAKER.sub("", name))


def _measurement(name: str) -> str:
    """Begins with its card, then how many: 4x A100 80GB, Llama 3 8B is a100-80-x4-llama-3-8b."""
    cards, comma, rest = name.partition(",")
    several = _SEVERAL.fullmatch(cards)
    card = f"{_card(several[2])} x{several[1]}" if several else _card(cards)
    return f"{card}{comma}{rest}"


def _quantization(name: str) -> str:
    """FP16 (full) is fp16."""
    return _IN_BRACKETS.sub("", name)


def _repository(name: str) -> str:
    """A tag of Ollama's library, which has no owner, says whose it is."""
    return name if "/" in name else f"ollama {name}"


def _pick(name: str) -> str:
    """24 GB card, Long documents, with RAM is pick-24-long-with-ram."""
    picked = _PICKED.fullmatch(name)
    if not picked:
        return name
    memory, use, ram = picked.groups(default="")
    return f"pick {memory} {_USES.get(use, use)}{ram}"


_SHORTENED: Mapping[str, Callable[[str], str]] = {
    "gpu": _card,
    "benchmark": _measurement,
    "quant": _quantization,
    "repository": _repository,
    "pick": _pick,
}
