"""What each surface of the site says of a pair, read off its HTML as a reader would: nothing is asked of the code."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.html_page import HtmlPage

NUMBER = r"[\d.,]+|under 0\.1"
SPEED = rf"(?:about )?(?P<speed>{NUMBER}) tokens? per second(?:, measured)?"
LEVEL, CONTEXT = r"(?P<level>[\w.-]+?)", r"(?P<context>[\d,]+[KM]?)"
WITH = rf"with {CONTEXT} of context(?: and a q8_0 cache)?"
HEADLINES = {
    "on the card": (rf"Yes, at {LEVEL} {WITH}: {SPEED}", rf"Yes, at {LEVEL}, by the rule of thumb:"),
    "with RAM": (rf"Yes, with .+? in RAM: {SPEED} at {LEVEL} {WITH}",),
    "short": (
        rf"Yes, but short: {CONTEXT} at {LEVEL}(?:, \S+ with a q8_0 cache)?; {SPEED}",
        rf"Yes, but only at {LEVEL}: below the levels worth recommending, {WITH}, {SPEED}",
        rf"Yes, but only with a q8_0 cache: {CONTEXT} at {LEVEL}, {SPEED}",
    ),
    "not in practice": (
        rf"Not in practice\. It fits at {LEVEL} {WITH}, but makes {SPEED}",
        rf"Not in practice\. It takes .+? of RAM at {LEVEL} {WITH}, and then makes {SPEED}",
        rf"Not in practice\. It does not fit .+? RAM {SPEED} at {LEVEL} {WITH}",
    ),
    "no": (r"No\. ",),
}
TITLES = {
    "on the card": (rf": yes, {LEVEL} at {CONTEXT}, (?P<speed>{NUMBER}) tokens/s$", rf": yes, {LEVEL} by the rule"),
    "with RAM": (rf": yes, .+? in RAM, (?P<speed>{NUMBER}) tokens/s at {CONTEXT}$",),
    "short": (rf": short, {LEVEL} at {CONTEXT}, (?P<speed>{NUMBER}) tokens/s$",),
    "not in practice": (rf": not in practice, (?P<speed>{NUMBER}) tokens/s at {CONTEXT}$",),
    "no": (r": no(?:, it takes [\d.,]+ [GM]iB)?$",),
}
DESCRIPTIONS = {
    "on the card": (rf": yes, at {LEVEL} {WITH}, {SPEED}", rf": yes, at {LEVEL}, by the rule"),
    "with RAM": (rf": yes, with .+? in RAM, {SPEED} at {LEVEL} {WITH}",),
    "short": (rf": short, (?:at )?{LEVEL} {WITH}, {SPEED}",),
    "not in practice": (rf": not in practice, {SPEED} at {LEVEL} {WITH}",),
    "no": (r": no\. ",),
}
LINES = {
    "short": (rf"^short: {LEVEL}, {CONTEXT} · (?P<speed>{NUMBER}) tokens/s$",),
    "not in practice": (rf"^not in practice: {LEVEL}, {CONTEXT} · (?P<speed>{NUMBER}) tokens/s$",),
    "with RAM": (rf"^{LEVEL}, {CONTEXT}, .+? in RAM · (?P<speed>{NUMBER}) tokens/s$",),
    "on the card": (rf"^{LEVEL}, {CONTEXT} · (?P<speed>{NUMBER}) tokens/s$", rf"^{LEVEL} by the rule of thumb$"),
    "no": ("^no$",),
}
KINDS_OF_HEADS = {
    "On the card": "on the card",
    "In memory": "on the card",
    "In shared memory": "on the card",
    "With a part in RAM": "with RAM",
    "Short": "short",
    "Not in practice": "not in practice",
    "No": "no",
}
Patterns = dict[str, tuple[str, ...]]


class Said(NamedTuple):
    """What a surface says: "" where it leaves something out."""

    kind: str
    level: str = ""
    context: str = ""
    speed: str = ""

    def agrees(self, other: "Said") -> bool:
        """Whether nothing that both say differs."""
        return all(mine == theirs or not mine or not theirs for mine, theirs in zip(self, other, strict=True))


class UnreadableError(ValueError):
    """A text that is in no form that an answer has."""


def read(text: str, forms: Patterns) -> Said:
    """What a text says; UnreadableError where it is in none of the forms."""
    for kind, patterns in forms.items():
        for pattern in patterns:
            match = re.search(pattern, text)
            if match:
                parts = match.groupdict()
                return Said(kind, *(parts.get(name) or "" for name in ("level", "context", "speed")))
    raise UnreadableError(text)


def on_its_page(page: HtmlPage, answer: str) -> Iterator[tuple[str, Said]]:
    """The headline, the title, the description, and the use with the context of the headline."""
    headline = read(answer, HEADLINES)
    yield "headline", headline
    yield "title", read(page.title, TITLES)
    yield "description", read(page.description, DESCRIPTIONS)


def of_row(cells: dict[str, str], kind: str = "") -> Said:
    """A line of a list; `kind` is that of its group, where the line says none."""
    named = cells.get("Answer", "") or cells.get("Where", "") or kind
    kind = "on the card" if named == "in memory" else "with RAM" if "RAM" in named else named
    return Said(kind, *(_bare(cells.get(head, "")) for head in ("Level", "Context", "Tokens/s")))


def _bare(cell: str) -> str:
    """Without what stands beside the figure; a dash says nothing."""
    first = re.split(r"\s{2,}| (?=measured|q8_0|by the)", cell.strip())[0]
    return "" if first == "—" else first
