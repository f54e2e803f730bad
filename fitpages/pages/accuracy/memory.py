"""The memory accounting against llama.cpp's own answers, as the page shows it."""

from dataclasses import dataclass

from fitpages.pages.common.memory_check import MemoryCheck, memory_checks


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
        median=share(check.median),
        worst=share(check.worst),
    )


def share(error: float) -> str:
    """Percent with one decimal; where that hides all of it, with four: 17.7%, 0.0002%, 0%."""
    if error == 0:
        return "0%"
    return f"{error:.1%}" if error >= 0.01 else f"{error:.4%}"
