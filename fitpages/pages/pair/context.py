"""What the exact accounting says of a pair: the context grid, and up to which context each quantization really fits."""

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


def exact_section(assessed: AssessedPair) -> ExactSection:
    """Everything that the page says under "How much context it leaves"."""
    missing = "" if any(fit.exact for fit in assessed.assessment.quants) else _missing(assessed)
    return ExactSection(
        missing=missing,
        disagreement=_disagreement(assessed),
        basis=_basis(assessed),
        grid=None if missing else _grid(assessed),
    )


def _missing(assessed: AssessedPair) -> str:
    return (
        f"The tensors of {assessed.model.name} are not known here, so only the rule of thumb is shown, which knows "
        "neither the context nor which tensors stay at higher precision."
    )


def _disagreement(assessed: AssessedPair) -> str:
    counted = [fit for fit in assessed.assessment.quants if fit.exact]
    too_early = [assessed.name(fit) for fit in counted if fit.fits and not fit.advised]
    too_late = [assessed.name(fit) for fit in counted if fit.advised and not fit.fits]
    context = figures.tokens(_reference(assessed.assessment))
    clauses = []
    if too_early:
        clauses.append(f"says yes at {wording.listed(too_early)}, where {context} tokens of context do not fit")
    if too_late:
        clauses.append(f"says no at {wording.listed(too_late)}, where {context} tokens of context really fit")
    if not clauses:
        return ""
    return f"The rule of thumb {', and '.join(clauses)}. The advice here follows the exact accounting."


def _reference(assessment: Assessment) -> int:
    return next((fit.exact.accounting.reference_context for fit in assessment.quants if fit.exact), 0)


def _basis(assessed: AssessedPair) -> str:
    """Where the bytes come from, of the quantization that is shown."""
    exact = assessed.shown.exact
    if exact is None:
        return ""
    if exact.accounting.basis is Basis.PUBLISHED:
        file = assessed.files[assessed.shown.quant.slug]
        return f"Weights at {assessed.shown_name}: the size of the file that {file.publisher} published."
    if exact.accounting.basis is Basis.APPROXIMATE:
        return "Weights are approximate: some layers of this model are of a kind whose types are not proven."
    return "Weights are computed from the model's own tensors, type by type, as llama.cpp quantizes them."


def _grid(assessed: AssessedPair) -> ContextGrid:
    rows = [
        fit
        for fit in assessed.assessment.quants
        if fit.exact and fit.quant.worth_recommending and max(fit.exact.longest_by_cache.values())
    ]
    shown = rows or [fit for fit in (assessed.default_fit, assessed.assessment.smallest) if fit.exact]
    accounting = next(fit.exact.accounting for fit in shown if fit.exact)
    columns = _columns(accounting.context_limit, accounting.native_context)
    return ContextGrid(
        caption=f"Total in GB by tokens of context and type of cache; {assessed.about_gpu.offered} is offered",
        heads=columns.heads,
        rows=tuple(_grid_rows(assessed, {fit.quant.slug: fit for fit in shown}, columns)),
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
    sentence = f"Contexts of {wording.listed(beyond)} need rope scaling." if beyond else ""
    return _Columns(contexts, tuple(figures.tokens(context) for context in contexts), sentence)


def _grid_rows(assessed: AssessedPair, rows: dict[str, QuantFit], columns: _Columns) -> Iterator[GridRow]:
    for fit in rows.values():
        for cache_type in ADVISED_CACHE_TYPES:
            if fit.exact:
                name = f"{assessed.short_name(fit)}, {cache_type}"
                yield _grid_row(name, fit.exact, cache_type, columns.contexts)


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
