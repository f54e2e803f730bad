"""The memory accounting against llama.cpp's own answers, as the page shows it."""

from dataclasses import dataclass

from fitpages.pages.common.memory_check import MemoryCheck, memory_checks
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class MemoryRow:
    """One check: how many of llama.cpp's answers, of how many models, how many met to the byte, and the errors."""

    name: str
    rows: str
    models: str
    exact: str
    median: str
    worst: str


def memory_rows() -> tuple[MemoryRow, ...]:
    """Every check, that of the rule of thumb last."""
    return tuple(_row(check) for check in memory_checks().values())


def _row(check: MemoryCheck) -> MemoryRow:
    return MemoryRow(
        name=check.name,
        rows=f"{check.rows:,}",
        models=f"{check.models:,}",
        exact=f"{check.exact:,}",
        median=figures.error(check.median),
        worst=figures.error(check.worst),
    )
