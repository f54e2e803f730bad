"""Values that are taken over from one row to another: the former owner gives them up before the next has them."""

from typing import Any

from catalog.interchange.unique_rules import UniqueRule
from catalog.models import CatalogRecord, Quant

LAST_ORDER = 2**15 - 1


def park(row: CatalogRecord, rule: UniqueRule) -> None:
    """Give the row a value that nobody has, until it is written with its own: no history, for it never was so."""
    type(row)._base_manager.filter(pk=row.pk).update(**_parked(row, rule))


def _parked(row: CatalogRecord, rule: UniqueRule) -> dict[str, Any]:
    if rule.names == ("order",):
        used = set(Quant._base_manager.values_list("order", flat=True))
        return {"order": next(order for order in range(LAST_ORDER, 0, -1) if order not in used)}
    if "repository" in rule.names:
        return {"repository": f"moving/{row.pk}"}
    if rule.names == ("name",):
        return {"name": f"moving {row.pk}"}
    word = next((name for name in ("board", "use") if name in rule.names), "")
    if word:
        return {word: f"-{row.pk}"}
    mark = next(name for name in ("is_default", "preferred") if name in rule.involved)
    return {mark: False}
