"""Two spellings of one name: "Qwen 2.5" beside "Qwen2.5"."""

from collections.abc import Iterator, Mapping

from catalog.doubts.doubt import Doubt

# Shorter words differ by a letter and mean something else: Yi and Hy3. So do first letters: Pixtral and Mixtral.
LONG_ENOUGH = 5


def misspelt(field: str, text: str, uses: Mapping[str, int]) -> Iterator[Doubt]:
    """A name that no other row has, when another differs from it in spaces, case, marks or one letter only.

    `uses` says how many other rows have each name.
    """
    if not text or uses.get(text):
        return
    like = [other for other, count in uses.items() if other and count and _is_like(text, other)]
    if like:
        usual = max(like, key=lambda other: (uses[other], other))
        rows = "record writes" if uses[usual] == 1 else "records write"
        yield Doubt(
            "spelling",
            field,
            f"“{text}” is new here; {uses[usual]} other {rows} “{usual}”. Take that spelling, if it is the same.",
        )


def _is_like(text: str, other: str) -> bool:
    if bare(text) == bare(other):
        return True
    words, of_other = text.casefold().split(), other.casefold().split()
    unlike = [pair for pair in zip(words, of_other, strict=False) if pair[0] != pair[1]]
    return len(words) == len(of_other) and len(unlike) == 1 and _is_a_letter_apart(*unlike[0])


def bare(text: str) -> str:
    """Letters and digits alone."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_a_letter_apart(word: str, other: str) -> bool:
    """One letter within a longer word is another, is missing, or stands twice. Digits tell versions apart."""
    if min(len(word), len(other)) < LONG_ENOUGH or abs(len(word) - len(other)) > 1:
        return False
    start = _shared(word, other)
    end = _shared(word[start:][::-1], other[start:][::-1])
    rest, of_other = word[start : len(word) - end], other[start : len(other) - end]
    return start > 0 and max(len(rest), len(of_other)) == 1 and (rest + of_other).isalpha()


def _shared(word: str, other: str) -> int:
    """How many letters two words have in common from the start."""
    unlike = (place for place, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1])
    return next(unlike, min(len(word), len(other)))
