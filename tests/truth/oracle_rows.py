"""All that a folder of llama.cpp's answers can be asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.truth.memory_rows import cache_rows, rule_rows, state_rows, total_rows
from tests.truth.models import Models
from tests.truth.placement_rows import placement_rows
from tests.truth.row import Row
from tests.truth.size_rows import size_rows
from tests.truth.variant_rows import variant_rows

OWN_ORACLE = Path(__file__).parent / "oracle"
# Each reads its files of the folder.
CHECKS: tuple[Callable[[Path, Models], Iterator[Row]], ...] = (
    *(size_rows, cache_rows, state_rows, total_rows, variant_rows),
    placement_rows,
    rule_rows,
)


def all_rows(oracle: Path = OWN_ORACLE) -> list[Row]:
    """Every row of every check; raises tests.truth.models.OracleError."""
    models = Models(oracle)
    return [row for check in CHECKS for row in check(oracle, models)]
