"""Sources: at least one line begins with an address, or says why there is none, and no address is broken."""

import re
from collections.abc import Iterator

from catalog.doubts.doubt import Doubt
from catalog.models import Benchmark, CatalogRecord, Price

# The names of what is asked here: no figure is wrong by it.
CHECKS = frozenset({"address", "no_address", "no_source"})
ADDRESS = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(?=[/?#\s,;)]|$)", re.IGNORECASE)
# What was meant for an address: it has the marks of one, or is a single word with a point or a stroke.
MEANT = re.compile(r"^\S*:/|^www\.|^https?\b|^\S+[./]\S+$", re.IGNORECASE)
NONE = re.compile(r"no address: *\S.{4,}", re.IGNORECASE)
# Figures that have a source of their own.
OWN_SOURCES = {
    "launch_price_usd": ("launch_price_source", "The price at launch"),
    "reported_memory_mib": ("reported_source", "The reported total"),
}


def doubts(row: CatalogRecord) -> Iterator[Doubt]:
    """What is asked about the sources of a record."""
    lines = list(row.source_list)
    for number, line in enumerate(lines, start=1):
        yield from _line("sources", f"Line {number}", line)
    yield from _any_address(row, lines)
    for figure, (field, words) in OWN_SOURCES.items():
        if getattr(row, figure, None):
            yield from _own(field, words, str(getattr(row, field)))


def _line(field: str, where: str, line: str) -> Iterator[Doubt]:
    if MEANT.match(line) and not ADDRESS.match(line):
        yield Doubt(
            "address",
            field,
            f"{where} looks like an address and is none: “{line[:80]}”. Begin it with https:// and the site's name.",
        )


def _any_address(row: CatalogRecord, lines: list[str]) -> Iterator[Doubt]:
    """A reason is enough for a draft, and for a price. A measurement that no page prints says why at its own field."""
    if not lines or any(map(ADDRESS.match, lines)) or _is_hidden(row):
        return
    if row.is_published and not _is_dated_price(row):
        says = "No line of the sources begins with an address: nobody can check the figures of a public record."
    elif not any(map(NONE.match, lines)):
        says = "No line of the sources begins with an address. Add one (https://…), or write “no address:” and why."
    else:
        return
    yield Doubt("no_address", "sources", says)


def _is_hidden(row: CatalogRecord) -> bool:
    return isinstance(row, Benchmark) and bool(row.hidden_because)


def _is_dated_price(row: CatalogRecord) -> bool:
    """What a seller asked is not there to be read a month later: who asked, and when, says it all."""
    return isinstance(row, Price) and bool(row.seller and row.seen_in)


def _own(field: str, words: str, text: str) -> Iterator[Doubt]:
    if not text:
        yield Doubt("no_source", field, f"{words} has no source. Write the address, or where it was seen.")
    yield from _line(field, "The source", text)
