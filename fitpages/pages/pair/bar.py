"""The bar: what the model takes of what the GPU offers, part by part, drawn to one scale."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from fit.assessment import ExactFit, QuantFit
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures

SCALE = 1000


class BarPart(NamedTuple):
    """A stretch of the bar, and its entry in the key. `kind` is the class that colours it; lengths are of SCALE."""

    kind: str
    start: int
    length: int
    label: str
    value: str


class MemoryBar(NamedTuple):
    """`text` says the same for those who do not see it."""

    text: str
    parts: tuple[BarPart, ...]


def memory_bar(assessed: AssessedPair) -> MemoryBar:
    """The bar of the quantization that the verdict speaks of: as counted where it fits exactly, else by the rule."""
    exact = assessed.shown.exact
    if assessed.best and exact:
        return _exact_bar(assessed, exact)
    if exact and assessed.by_accounting:
        return _missing_bar(assessed, exact)
    return _rule_bar(assessed.shown, assessed.shown_name, assessed.assessment.usable_bytes)


def _exact_bar(assessed: AssessedPair, exact: ExactFit) -> MemoryBar:
    parts, context = exact.accounting.reference_parts, exact.accounting.reference_context
    offered = assessed.assessment.offer.total_bytes
    tokens = figures.tokens(context)
    pieces = (
        ("need", f"Weights at {assessed.shown_name}", parts.weights_bytes),
        ("cache", f"KV cache at {tokens}", parts.cache_bytes),
        ("buffers", "Buffers", parts.compute_bytes),
        ("rest", "Left over", offered - parts.total_bytes),
    )
    total, offer = figures.counted_apart(parts.total_bytes, offered)
    return MemoryBar(
        text=f"{assessed.shown_name} takes {total} at {tokens} tokens; {offer} is offered.",
        parts=_stacked(pieces, offered, figures.counted),
    )


def _missing_bar(assessed: AssessedPair, exact: ExactFit) -> MemoryBar:
    """What is exactly missing, where the rule of thumb would have said yes, or has nothing to say."""
    context = figures.tokens(exact.accounting.reference_context)
    offered, total = assessed.assessment.offer.total_bytes, exact.accounting.reference_bytes
    pieces = (
        ("need", "Offered", offered),
        ("over", f"Missing at {assessed.shown_name} with {context} tokens", total - offered),
    )
    need, offer = figures.counted_apart(total, offered)
    text = f"{assessed.shown_name} takes {need} with {context} tokens; {offer} is offered."
    return MemoryBar(text=text, parts=_stacked(pieces, total, figures.counted))


def _rule_bar(fit: QuantFit, quant_name: str, usable_bytes: Decimal) -> MemoryBar:
    """What the rule says is needed and left over, or usable and missing."""
    need, usable = figures.memories_apart(fit.size_bytes, usable_bytes)
    whole, least = max(fit.size_bytes, usable_bytes), min(fit.size_bytes, usable_bytes)
    if fit.fits:
        pieces = (("need", f"Needed at {quant_name}", least), ("rest", "Left over", whole - least))
    else:
        pieces = (("need", "Usable", least), ("over", f"Missing at {quant_name}", whole - least))
    return MemoryBar(
        text=f"{quant_name} needs {need}; {usable} is usable.", parts=_stacked(pieces, whole, figures.memory)
    )


def _stacked(
    pieces: Iterable[tuple[str, str, Decimal | int]], whole: Decimal | int, in_words: Callable[[Decimal | int], str]
) -> tuple[BarPart, ...]:
    """The pieces one after the other, their sizes `in_words`; the last one reaches the end."""
    parts: list[BarPart] = []
    position: Decimal | int = 0
    for kind, label, size in pieces:
        start, end = int(SCALE * position // whole), int(SCALE * (position + size) // whole)
        parts.append(BarPart(kind=kind, start=start, length=end - start, label=label, value=in_words(size)))
        position += size
    return tuple(parts)
