"""What a query asks, in people's words: names, sizes, a use, RAM, a price, a context; without the words around them.

"best coding model for my 12 GB card under $500" is the word 12gb, the use code and 500 dollars. "3090 or 4090" are two
that are asked side by side.
"""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from typing import NamedTuple

from catalog.models.uses import Use
from catalog.name_words import LONGEST_QUERY, MOST_WORDS, query_words
from fitpages.matching.for_use import LONG
from fitpages.matching.search_lengths import without_context

Phrase = tuple[str, ...]

# What people call each use.
USE_WORDS = {
    Use.CODE: "code coding coder programming programmer development software copilot",
    Use.VISION: "vision image images picture pictures photo photos screenshot screenshots ocr multimodal vlm",
    Use.REASONING: "reasoning thinking math maths logic",
    Use.TRANSLATION: "translation translations translate translating translator",
    Use.LANGUAGES: "multilingual languages",
    Use.AUDIO: "audio speech voice sound",
    Use.MEDICINE: "medicine medical health",
    Use.CHAT: "chat chatting chatbot assistant general",
}
LONG_WORDS = frozenset(("long", text) for text in ("documents", "document", "context", "texts", "prompt", "prompts"))
USE_OF = {
    **{word: use.value for use, words in USE_WORDS.items() for word in words.split()},
    **{" ".join(phrase): LONG for phrase in LONG_WORDS},
}
# Words of questions, and of what everything here is: they tell nothing apart.
PASSED_OVER = frozenset(
    re.findall(
        "[a-z]+",
        """
        a about ai an and any are as at best better biggest built buy can card cards computer context could ctx decent
        do does enough fast fastest find fit fits for from get good gpu gpus graphics great have hello help hosted how
        i in is it largest llm llms local locally machine machines me memory model models most much my need needed
        needs of offline old one ones or our pc please prompt prompts quick recommend recommended run running runs self
        setup should slow smallest smart some speed strongest suggest suggestion than that the their there this to
        token tokens top try use used using versus video vram vs want was we well what whats when where which will
        work works would you your
        """,
    )
)

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*(k\b)?"
_NO_UNIT = r"(?!\s*(?:gb?|gib|b|tok\w*|t/s|w)\b)"
PRICE = re.compile(rf"(?:\$\s*{_NUMBER}|\b(?:under|below|less than)\s+{_NUMBER}\b{_NO_UNIT})(?:\s*(?:usd|dollars?))?")
BEFORE_A_PRICE = re.compile(r"\b(?:under|below|less than|up to|max|around|for|budget|of)\s*$")
_BEFORE_RAM = r"\s*(?:gb|gib|g)?\s*(?:of\s+)?(?:system\s+)?"
RAM = re.compile(rf"\b(\d{{1,4}}){_BEFORE_RAM}(?:ram\b|(?=ddr[45]\b))|\bram\s+(\d{{1,4}})\s*gb\b")
MEMORY = re.compile(r"\b(\d{1,4})\s*(?:gb|gib|gigs?|g)\b")
# 2x 3090, dual P40; but not 8x7B, which is a model.
COUNT = re.compile(r"\b(?:[2-8]\s*x|dual|two|triple|quad)\s*(?=(?:[a-z]+\s*)?\d{3,4}|(?:p|v|t|a|mi)\d)")
LARGEST_PRICE = 1_000_000
# A level of quantization, as files and people write it: q4, Q4_K_M, q4 k m, IQ3_XXS, 4-bit, MXFP4.
_K = r"(?:[_ -](?:k|[01]|nl|x{0,2}s|[ml])\b|_[a-z0-9]+)*"
LEVEL = re.compile(rf"\b(?:i?q[1-8]{_K}|[2-8][ -]?bits?|(?:mxfp|nvfp|fp)4|fp8|b?fp?(?:16|32)|int[48])\b")
# A memory or a number of parameters.
SIZE = re.compile(r"[0-9.]+(gb|b)")
# What stands between two that are asked side by side; each is a search of its own.
MOST_SIDES = 4
OR = re.compile(r"\b(?:or|vs|versus)\b")


class Asked(NamedTuple):
    """A query taken apart. `words` are lower case, a name of several words that the catalog knows being one of them.

    `use` is one of a model's uses, LONG or "". `price` is the most in US dollars, `ram` in GiB, `context` in tokens;
    None where not asked. `sides` are the words of each part where some are asked side by side, else nothing.
    """

    words: tuple[str, ...]
    use: str = ""
    price: int | None = None
    ram: int | None = None
    context: int | None = None
    sides: tuple[tuple[str, ...], ...] = ()


def take_apart(query: str, phrases: Set[Phrase], of_models: Set[str]) -> Asked:
    """What a query asks; `phrases` are names of several words, `of_models` the words of the names of models."""
    text, context = without_context(query[:LONGEST_QUERY].lower(), of_models)
    text, price = _without_price(text)
    text, ram = _without_ram(text)
    parts = [_words(part, phrases) for part in OR.split(COUNT.sub(" ", MEMORY.sub(r" \1gb ", LEVEL.sub(" ", text))))]
    words = tuple(dict.fromkeys(word for part in parts for word in part))
    use = next((USE_OF[word] for word in words if word in USE_OF), "")
    # "llama vision" is a name as much as a use.
    is_of_model = any(word in of_models for word in words if word not in USE_OF)
    kept = [word for word in words if word not in USE_OF or (is_of_model and word in of_models)][:MOST_WORDS]
    sides = [tuple(word for word in part if word in kept) for part in parts]
    return Asked(tuple(kept), use, price, ram, context, _sides([side for side in sides if side]))


def _words(text: str, phrases: Set[Phrase]) -> list[str]:
    words = _joined(query_words(text, LONGEST_QUERY), phrases | LONG_WORDS)
    return [word for word in words if word not in PASSED_OVER]


def _sides(parts: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """A part that is a size alone has the words of the part before: "llama 8b or 70b"."""
    parts = list(dict.fromkeys(parts))[:MOST_SIDES]
    if len(parts) < 2:
        return ()
    sides = parts[:1]
    for part in parts[1:]:
        sizes = [size for size in map(SIZE.fullmatch, part) if size]
        units = {size[1] for size in sizes} if len(sizes) == len(part) else set()
        sides.append((*_of_other_units(sides[-1], units), *part) if units else part)
    return tuple(sides)


def _of_other_units(words: tuple[str, ...], units: Set[str]) -> tuple[str, ...]:
    """The words without sizes in these units."""
    return tuple(word for word in words if not ((size := SIZE.fullmatch(word)) and size[1] in units))


def _without_price(text: str) -> tuple[str, int | None]:
    match = PRICE.search(text)
    if match is None:
        return text, None
    digits, thousands = (match[1], match[2]) if match[1] else (match[3], match[4])
    amount = Decimal(digits.replace(",", "")) * (1000 if thousands else 1)
    before = BEFORE_A_PRICE.sub(" ", text[: match.start()].rstrip())
    return f"{before} {text[match.end() :]}", min(int(amount), LARGEST_PRICE) or None


def _without_ram(text: str) -> tuple[str, int | None]:
    match = RAM.search(text)
    if match is None:
        return text, None
    ram: str = match[1] or match[2]
    return f"{text[: match.start()]} {text[match.end() :]}", int(ram) or None


def _joined(words: tuple[str, ...], phrases: Set[Phrase]) -> Iterator[str]:
    """The words, those that make up a phrase as one; the longest phrase first."""
    longest = max(map(len, phrases), default=1)
    place = 0
    while place < len(words):
        of_words = (words[place : place + count] for count in range(longest, 1, -1))
        phrase = next((part for part in of_words if part in phrases), words[place : place + 1])
        yield " ".join(phrase)
        place += len(phrase)
