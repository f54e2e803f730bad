"""The context that a query asks for: "at 32k", "32k context", "a 30k prompt"."""

import re
from collections.abc import Set

_THOUSANDS = r"(\d{1,4})\s*k"
_OF = r"(?:[\s-]*(?:of|tokens?))*[\s-]*"
_CONTEXT = r"(?:context|contexts|ctx|prompts?|window)\b"
_NAMED = rf"\b{_THOUSANDS}{_OF}{_CONTEXT}"
_AFTER = rf"\b(?:at|context|ctx|prompt)\s+(?:(?:of|size|length|window)\s+)*{_THOUSANDS}\b"
_IN_TOKENS = rf"\b{_THOUSANDS}\s*tokens?\b"
CONTEXT = re.compile(rf"{_NAMED}|{_AFTER}|{_IN_TOKENS}")
# A number of thousands alone, which may be of a name: "phi 3 mini 4k". Dollars are none.
ALONE = re.compile(r"(?<![$\d.,])\b(\d{1,4})k\b")
BEFORE_DOLLARS = re.compile(r"\b(?:under|below|less than|up to|max|around|budget)\s*$")
TOKENS_OF_K = 1024


def without_context(text: str, of_models: Set[str]) -> tuple[str, int | None]:
    """A text in lower case without a context, and that in tokens; `of_models` are the words of the names of models."""
    match = CONTEXT.search(text) or _alone(text, of_models)
    if match is None:
        return text, None
    thousands = next(int(digits) for digits in match.groups() if digits)
    return f"{text[: match.start()]} {text[match.end() :]}", thousands * TOKENS_OF_K or None


def _alone(text: str, of_models: Set[str]) -> re.Match[str] | None:
    matches = (match for match in ALONE.finditer(text) if match[0] not in of_models)
    return next((match for match in matches if not BEFORE_DOLLARS.search(text[: match.start()])), None)
