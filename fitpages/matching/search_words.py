"""What a query asks, in people's words: names, sizes, a use, RAM, a price; without the words around them.

"best coding model for my 12 GB card under $500" is the word 12gb, the use code and 500 dollars.
"""

import re
from collections.abc import Iterator, Set
from decimal import Decimal
from typing import NamedTuple

from catalog.models.uses import Use
from catalog.name_words import LONGEST_QUERY, MOST_WORDS, query_words
from fitpages.matching.for_use import LONG

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
LONG_WORDS = frozenset({("long", "documents"), ("long", "document"), ("long", "context"), ("long", "texts")})
USE_OF = {
    **{word: use.value for use, words in USE_WORDS.items() for word in words.split()},
    **{" ".join(phrase): LONG for phrase in LONG_WORDS},
}
# Words of questions, and of what everything here is: they tell nothing apart.
PASSED_OVER = frozenset(
    re.findall(
        "[a-z]+",
        """
        a about ai an and any are as at best better biggest built buy can card cards computer could decent do does
        enough fast fastest find fit fits for from get good gpu gpus graphics great have hello help hosted how i in is
        it largest llm llms local locally machine machines me memory model models most much my need needed needs of
        offline old one ones or our pc please quick recommend recommended run running runs self setup should slow
        smallest smart some speed strongest suggest suggestion than that the their there this to token tokens top try
        use used using versus video vram vs want was we well what whats when where which will work works would you your
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


class Asked(NamedTuple):
    """A query taken apart. `words` are lower case, a name of several words that the catalog knows being one of them.

    `use` is one of a model's uses, LONG or "". `price` is the most in US dollars, `ram` in GiB; None where not asked.
    """

    words: tuple[str, ...]
    use: str = ""
    price: int | None = None
    ram: int | None = None


def take_apart(query: str, phrases: Set[Phrase], of_models: Set[str]) -> Asked:
    """What a query asks; `phrases` are names of several words, `of_models` the words of the names of models."""
    text, price = _without_price(query[:LONGEST_QUERY].lower())
    text, ram = _without_ram(text)
    text = COUNT.sub(" ", MEMORY.sub(r" \1gb ", text))
    words = [
        word for word in _joined(query_words(text, LONGEST_QUERY), phrases | LONG_WORDS) if word not in PASSED_OVER
    ]
    use = next((USE_OF[word] for word in words if word in USE_OF), "")
    names = [word for word in words if word not in USE_OF]
    # "llama vision" is a name as much as a use.
    is_of_model = any(word in of_models for word in names)
    kept = [word for word in words if word not in USE_OF or (is_of_model and word in of_models)]
    return Asked(tuple(kept[:MOST_WORDS]), use, price, ram)


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
