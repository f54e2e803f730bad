"""What the catalog of a running site answers, asked in a process beside it: Django's ORM refuses to work in ours.

Figures are raw, in bytes, tokens, seconds and US dollars: pages round them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.processes import manage


@dataclass(frozen=True)
class Said:
    """The answer to a pair. `wait_32k_s` is for a prompt of 32K; what is not known is None."""

    kind: str
    level: str
    context: int
    tokens_s: float | None
    ram_bytes: int
    wait_32k_s: float | None


@dataclass(frozen=True)
class Card:
    """A card that holds what was asked for, and how many tokens per second it makes at its fastest level."""

    name: str
    dollars: float
    tokens_s: float


@dataclass(frozen=True)
class CatalogSays:
    """`environ` is that of the site's processes."""

    environ: Mapping[str, str]

    def of_pair(self, name: str) -> Said:
        """By the name in its address."""
        return Said(**self._ask("of_pair", name))

    def takes(self, model: str, context: int) -> dict[str, int]:
        """The bytes that a model takes with a context, by level."""
        return dict(self._ask("takes", model, str(context)))

    def cheapest_holding(self, model: str, context: int, tokens_s: int) -> list[Card]:
        """Common cards with a price that hold a model alone with a context, fast enough: the cheapest first."""
        cards = [Card(**card) for card in self._ask("holding", model, str(context), str(tokens_s))]
        return sorted(cards, key=lambda card: card.dollars)

    def _ask(self, *words: str) -> Any:
        code = f"from tests.browser.catalog_answers import say; say(*{words!r})"
        return json.loads(manage(self.environ, "shell", "-v", "0", "--no-imports", "-c", code))
