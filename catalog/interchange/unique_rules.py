"""What may stand once among the rows of a kind, as the database has it, asked of rows that are not written yet."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import Q, UniqueConstraint

from catalog.models import CatalogRecord

# A row's value in a column, by the field's name.
ValueOf = Callable[[str], Any]


class UniqueRule(NamedTuple):
    """Fields whose values no two rows have together, where the condition holds for both."""

    names: tuple[str, ...]
    condition: Q | None
    message: str

    def key(self, value_of: ValueOf) -> tuple[Any, ...] | None:
        """What no other row may have; None where the rule does not hold for the row."""
        if self.condition is not None and not holds(self.condition, value_of):
            return None
        values = tuple(value_of(name) for name in self.names)
        return None if None in values else values

    @property
    def involved(self) -> set[str]:
        """Every field that decides whether there is a collision."""
        return {*self.names, *(_names(self.condition) if self.condition is not None else ())}


def unique_rules(model: type[CatalogRecord]) -> list[UniqueRule]:
    """All of a kind."""
    columns = [column for column in model._meta.concrete_fields if column.unique and not column.primary_key]
    single = [
        UniqueRule((column.name,), None, str(model().unique_error_message(model, (column.name,)).messages[0]))
        for column in columns
    ]
    several = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
    return single + [
        UniqueRule(tuple(rule.fields), rule.condition, str(rule.violation_error_message)) for rule in several
    ]


def holds(condition: Q, value_of: ValueOf) -> bool:
    """Whether a condition of equalities and of `isnull` is true of a row."""
    parts = [holds(part, value_of) if isinstance(part, Q) else _is_true(part, value_of) for part in condition.children]
    return (all(parts) if condition.connector == Q.AND else any(parts)) != condition.negated


def _is_true(part: Any, value_of: ValueOf) -> bool:
    lookup, expected = part
    name, _, comparison = lookup.partition("__")
    if comparison not in ("", "isnull"):
        raise NotImplementedError(f"A condition of {comparison} cannot be asked of a row that is not written.")
    return bool((value_of(name) is None) == expected if comparison else value_of(name) == expected)


def _names(condition: Q) -> set[str]:
    names: set[str] = set()
    for part in condition.children:
        pair: Any = part
        names |= _names(part) if isinstance(part, Q) else {pair[0].partition("__")[0]}
    return names
