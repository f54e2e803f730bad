"""What the exact accounting says of a pair: the context grid, and up to which context each quantization really fits."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import PublishedFile, PublishedModel, PublishedQuant, Snapshot
from fit.advice import longest_advised
from fit.file_size import replaces_computed
from fit.kv_cache import CacheType
from fit.memory import Accounting, Basis
from fitpages.matching.files import files_by_level
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.extras import extras
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures, wording

# The types of cache that advice is given for.
ADVISED_CACHE_TYPES = (CacheType.F16, CacheType.Q8_0)
GRID_CONTEXTS = tuple(1024 * 2**power for power in range(2, 14))
MOST_COLUMNS = 8


class GridTotals(NamedTuple):
    """One quantization with one type of cache; many cards have these in common, and they are rendered once.

    `totals` are in GiB by growing context; as many as `fitting_columns` says fit with some memory kept free, and up to
    `tight_columns` to the byte.
    """

    name: str
    totals: tuple[str, ...]
    fitting_columns: int
    tight_columns: int

    @property
    def fitting(self) -> tuple[str, ...]:
        return self.totals[: self.fitting_columns]

    @property
    def tight(self) -> tuple[str, ...]:
        return self.totals[self.fitting_columns : self.tight_columns]

    @property
    def over(self) -> tuple[str, ...]:
        return self.totals[self.tight_columns :]


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
    """`missing` says why there is no accounting; then the rest is empty. `settings` are those it is computed for."""

    missing: str
    basis: str
    settings: str
    extras: tuple[str, ...]
    grid: ContextGrid | None


def exact_section(snapshot: Snapshot, assessed: AssessedPair) -> ExactSection:
    """Everything that the page says of memory by context."""
    accounting = assessed.accounting
    if accounting is None:
        missing = "Memory by context cannot be counted, for the tensors of the model are not known here."
        return ExactSection(missing, "", "", (), None)
    return ExactSection(
        missing="",
        basis=_basis(snapshot, assessed.model, assessed.quant, accounting),
        settings=_settings(accounting),
        extras=extras(snapshot, assessed),
        grid=_grid(snapshot, assessed),
    )


def _settings(accounting: Accounting) -> str:
    """What the server is told, which the command says too."""
    if accounting.architecture.gguf.no_flash_attention:
        return "Computed for llama-server with one slot; it has no flash attention for this model."
    return "Computed for llama-server with one slot and flash attention."


@per_snapshot
def _basis(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant, accounting: Accounting) -> str:
    """What the weights are counted from: the same on all cards."""
    return f"{_source(snapshot, model, quant, accounting)}{_tables(quant, accounting)}"


def _source(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant, accounting: Accounting) -> str:
    if accounting.basis is Basis.PUBLISHED:
        file = files_by_level(snapshot, model)[quant.slug]
        size, plain = figures.memory(file.size_bytes), _plain_mix(model, quant, file)
        return f"Weights at {quant.name}: those of the published file in {file.repository}, {size}{plain}."
    if accounting.basis is Basis.APPROXIMATE:
        return "Weights are approximate: the shapes of some of them are not known."
    return "Weights are computed from the model's own tensors, type by type, as llama.cpp quantizes them."


def _plain_mix(model: PublishedModel, quant: PublishedQuant, file: PublishedFile) -> str:
    """What the tensors make at the level of the command, where the file is off it by more than a percent."""
    computed = model.spec.memory.at(quant.spec.mix) if model.spec.memory else None
    if computed is None or not replaces_computed(file.tensor_bytes, 1, computed.weights.file_bytes):
        return ""
    return f", where the plain mix makes {figures.memory(computed.weights.file_bytes)}"


def _tables(quant: PublishedQuant, accounting: Accounting) -> str:
    table_bytes = accounting.weights.table_bytes
    if not table_bytes:
        return ""
    size = f"{figures.counted(table_bytes)} more of the file at {quant.name}"
    return f" {size} are tables that are looked up row by row, in RAM or on disk, and take no VRAM."


def _grid(snapshot: Snapshot, assessed: AssessedPair) -> ContextGrid | None:
    shown = _in_grid(assessed)
    accountings = [accounting for accounting in shown.values() if accounting]
    if not accountings:
        return None
    columns = _columns(snapshot, accountings[0])
    return ContextGrid(
        caption=f"Total in GiB by tokens of context and type of cache; {assessed.about_gpu.offered} is left",
        heads=columns.heads,
        rows=tuple(_grid_rows(snapshot, assessed, shown, columns)),
        beyond=columns.beyond,
    )


def _in_grid(assessed: AssessedPair) -> dict[str, Accounting | None]:
    """By short name, those worth recommending that leave some context; else the one of the verdict alone."""
    rows = [
        row
        for row in assessed.rows
        if row.counted and row.quant.worth_recommending and (row.counted.longest or row.counted.longest_quantized)
    ]
    if not rows:
        return {assessed.quant.short_name: assessed.accounting}
    return {assessed.short_name(row): assessed.candidates.need(row.quant).accounting for row in rows}


class _Columns(NamedTuple):
    contexts: tuple[int, ...]
    heads: tuple[str, ...]
    beyond: str


@per_snapshot
def _columns(_: Snapshot, accounting: Accounting) -> _Columns:
    """The columns of a model, which are those of each of its quantizations."""
    contexts = grid_contexts(accounting.context_limit)
    beyond = [figures.tokens(context) for context in contexts if context > accounting.native_context]
    sentence = f"Contexts of {wording.listed(beyond)} need rope scaling." if beyond else ""
    return _Columns(contexts, tuple(figures.tokens(context) for context in contexts), sentence)


def _grid_rows(
    snapshot: Snapshot, assessed: AssessedPair, shown: dict[str, Accounting | None], columns: _Columns
) -> Iterator[GridRow]:
    offered = assessed.gpu.spec.offer.total_bytes
    for quant_name, accounting in shown.items():
        if accounting:
            for cache_type, name, totals in _totals(snapshot, accounting, quant_name):
                longest = longest_advised(accounting, assessed.verdict.available_bytes, cache_type)
                to_the_byte = accounting.longest_context(offered, cache_type)
                columns_of = (bisect_right(columns.contexts, context) for context in (longest, to_the_byte))
                yield GridRow(GridTotals(name, totals, *columns_of), figures.tokens(longest) if longest else "none")


@per_snapshot
def _totals(_: Snapshot, accounting: Accounting, quant_name: str) -> tuple[tuple[CacheType, str, tuple[str, ...]], ...]:
    """For each type of cache: it, the name of its row, and what each context takes in GiB."""
    contexts = grid_contexts(accounting.context_limit)
    return tuple(
        (
            cache_type,
            f"{quant_name}, {cache_type}",
            tuple(figures.bare_gibibytes(accounting.total(context, cache_type)) for context in contexts),
        )
        for cache_type in ADVISED_CACHE_TYPES
        if cache_type in accounting.cache_types
    )


def grid_contexts(limit: int) -> tuple[int, ...]:
    """Powers of two from 4K on, at most seven, and the model's limit."""
    below = [context for context in GRID_CONTEXTS if context < limit]
    return (*below[: MOST_COLUMNS - 1], limit)
