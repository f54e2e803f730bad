"""What the exact accounting says of a pair: the context grid, and up to which context each row really fits."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fit.kv_cache import CacheType
from fit.memory import Accounting, Basis
from fit.verdict import ADVISED_CACHE_TYPES, Assessment, ExactFit, QuantFit
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures, wording

GRID_CONTEXTS = tuple(1024 * 2**power for power in range(2, 14))
MOST_COLUMNS = 8


class GridTotals(NamedTuple):
    """One quantization with one type of cache; many cards have these in common, and they are rendered once."""

    name: str
    accounting: Accounting
    cache_type: CacheType
    fitting_columns: int

    @property
    def fitting(self) -> tuple[str, ...]:
        """Totals in GB that fit, by growing context."""
        return _totals(self.accounting, self.cache_type)[: self.fitting_columns]

    @property
    def over(self) -> tuple[str, ...]:
        """Totals in GB that do not."""
        return _totals(self.accounting, self.cache_type)[self.fitting_columns :]


class GridRow(NamedTuple):
    """A row of the grid, with the longest context that fits at its end."""

    totals: GridTotals
    longest: str


class ContextGrid(NamedTuple):
    """Totals by context. `beyond` says which columns need rope scaling."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
    beyond: str


class ExactSection(NamedTuple):
    """`missing` says why there is no accounting; then the rest is empty."""

    missing: str
    disagreement: str
    basis: str
    grid: ContextGrid | None


def exact_section(facts: AssessedPair) -> ExactSection:
    """Everything that the page says under "How much context it leaves"."""
    missing = "" if any(row.exact for row in facts.assessment.quants) else _missing(facts)
    return ExactSection(
        missing=missing,
        disagreement=_disagreement(facts),
        basis=_basis(facts),
        grid=None if missing else _grid(facts),
    )


def _missing(facts: AssessedPair) -> str:
    return (
        f"The tensors of {facts.pair.model.name} are not known here, so only the rule of thumb is shown, which knows "
        "neither the context nor which tensors stay at higher precision."
    )


def _disagreement(facts: AssessedPair) -> str:
    too_early = [facts.name(row) for row in facts.assessment.quants if row.exact and row.fits and not row.exact.fits]
    too_late = [facts.name(row) for row in facts.assessment.quants if row.exact and not row.fits and row.exact.fits]
    context = figures.tokens(_reference(facts.assessment))
    said = []
    if too_early:
        said.append(f"says yes at {wording.listed(too_early)}, where {context} tokens of context do not fit")
    if too_late:
        said.append(f"says no at {wording.listed(too_late)}, where {context} tokens of context really fit")
    return f"The rule of thumb {', and '.join(said)}. The advice here follows the exact accounting." if said else ""


def _reference(assessment: Assessment) -> int:
    return next((row.exact.accounting.reference_context for row in assessment.quants if row.exact), 0)


def _basis(facts: AssessedPair) -> str:
    """Where the bytes come from, of the row that is shown."""
    exact = facts.shown.exact
    if exact is None:
        return ""
    if exact.accounting.basis is Basis.PUBLISHED:
        file = facts.files[facts.shown.quant.slug]
        return f"Weights at {facts.shown_name}: the size of the file that {file.publisher} published."
    if exact.accounting.basis is Basis.APPROXIMATE:
        return "Weights are approximate: some layers of this model are of a kind whose types are not proven."
    return "Weights are computed from the model's own tensors, type by type, as llama.cpp quantizes them."


def _grid(facts: AssessedPair) -> ContextGrid:
    rows = [
        row
        for row in facts.assessment.quants
        if row.exact and row.quant.worth_recommending and max(row.exact.longest_by_cache.values())
    ]
    shown = rows or [row for row in (facts.default_row, facts.assessment.smallest) if row.exact]
    accounting = next(row.exact.accounting for row in shown if row.exact)
    columns = _columns(accounting.context_limit, accounting.native_context)
    return ContextGrid(
        caption=f"Total in GB by tokens of context and type of cache; {facts.about_gpu.offered} is offered",
        heads=columns.heads,
        rows=tuple(_grid_rows(facts, {row.quant.slug: row for row in shown}, columns)),
        beyond=columns.beyond,
    )


class _Columns(NamedTuple):
    contexts: tuple[int, ...]
    heads: tuple[str, ...]
    beyond: str


@lru_cache(maxsize=1024)
def _columns(limit: int, native: int) -> _Columns:
    contexts = grid_contexts(limit)
    beyond = [figures.tokens(context) for context in contexts if context > native]
    said = f"Contexts of {wording.listed(beyond)} need rope scaling." if beyond else ""
    return _Columns(contexts, tuple(figures.tokens(context) for context in contexts), said)


def _grid_rows(facts: AssessedPair, rows: dict[str, QuantFit], columns: _Columns) -> Iterator[GridRow]:
    for row in rows.values():
        for cache_type in ADVISED_CACHE_TYPES:
            if row.exact:
                name = f"{facts.short_name(row)}, {cache_type}"
                yield _grid_row(name, row.exact, cache_type, columns.contexts)


def _grid_row(name: str, exact: ExactFit, cache_type: CacheType, contexts: tuple[int, ...]) -> GridRow:
    longest = exact.longest_with(cache_type)
    shown = figures.tokens(longest) if longest else "none"
    return GridRow(GridTotals(name, exact.accounting, cache_type, bisect_right(contexts, longest)), shown)


@lru_cache(maxsize=8192)
def _totals(accounting: Accounting, cache_type: CacheType) -> tuple[str, ...]:
    contexts = grid_contexts(accounting.context_limit)
    return tuple(figures.bare_gigabytes(accounting.total(context, cache_type)) for context in contexts)


def grid_contexts(limit: int) -> tuple[int, ...]:
    """Powers of two from 4K on, at most seven, and the model's limit."""
    below = [context for context in GRID_CONTEXTS if context < limit]
    return (*below[: MOST_COLUMNS - 1], limit)
