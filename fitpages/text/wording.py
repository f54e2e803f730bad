"""Small words that depend on what they stand before."""

import re

# Letters whose names begin with a vowel sound: an A100, an L4, an MI300X, an RTX 4090.
_VOWEL_LETTERS = set("AEFHILMNORSX")
_VOWEL_NUMBER = re.compile(r"8|11(?!\d)|18(?!\d)")
_SPELLED_OUT = re.compile(r"[A-Z0-9+./-]+$")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def article(name: str) -> str:
    """ "a" or "an", by the sound of the first word: an A100, an NVIDIA L4, an RTX 4090, a GTX 1080, an 8B model."""
    first = name.split()[0]
    if first[0].isdigit():
        return "an" if _VOWEL_NUMBER.match(first) else "a"
    if _SPELLED_OUT.match(first):
        return "an" if first[0] in _VOWEL_LETTERS else "a"
    return "an" if first[0] in "AEIOaeio" else "a"


def with_article(name: str) -> str:
    """The name with its article: an RTX 4090."""
    return f"{article(name)} {name}"


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def count(number: int) -> str:
    """A small number in words: six."""
    return _COUNTS[number] if 0 <= number < len(_COUNTS) else f"{number:,}"


def listed(items: list[str], last: str = "and") -> str:
    """ "one, two and three"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"
