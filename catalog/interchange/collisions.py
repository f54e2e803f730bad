"""Rows of a file that cannot stand beside what is here: a name, an order or a mark that is taken. What is here stays.

Asked before anything is written, of all rows of a kind as they are to be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from catalog.differences import plain
from catalog.interchange.merging import Merge
from catalog.interchange.mixed_rows import fit_together
from catalog.interchange.placed_records import InterchangeError
from catalog.interchange.unique_rules import UniqueRule, ValueOf, unique_rules
from catalog.models import CatalogRecord, Quant

Standing = tuple[Merge | None, ValueOf, str]
NO_DEFAULT = "no other quantization would be the default"
# What a quantization needs to be the default.
OF_THE_DEFAULT = ("is_default", "status", "shown", "bytes_per_weight")


def check_file(model: type[CatalogRecord], merges: Iterable[Merge]) -> None:
    """Refuse a file whose own records collide: InterchangeError at the later of two."""
    for rule in unique_rules(model):
        keys: set[Any] = set()
        for merge in merges:
            key = rule.key(partial(_now, merge.new))
            if key is not None and key in keys:
                field = f", field {rule.names[0]}" if len(rule.names) == 1 else ""
                raise InterchangeError(f"{merge.placed.where}{field}: {rule.message}")
            keys.add(key)


class Collisions:
    """All rows of a kind: those of `merges` as they are to be, the others as they are."""

    def __init__(self, model: type[CatalogRecord], rows: Iterable[CatalogRecord], merges: list[Merge]) -> None:
        self.model, self.merges, self.rules = model, merges, unique_rules(model)
        merged = {merge.row.pk for merge in merges if merge.row is not None}
        self.others = [row for row in rows if row.pk not in merged]
        self._fitted: dict[int, frozenset[str]] = {}

    def settle(self) -> None:
        """Let fields and new records give way until nothing collides. Each round leaves fewer that could."""
        moving = True
        while moving and self._changing():
            moving = any([self._fit(), self._leave_addresses(), *map(self._part, self.rules), self._keep_a_default()])

    def taken_over(self) -> list[tuple[CatalogRecord, UniqueRule]]:
        """Rows whose values another row is to have, and that will have others themselves."""
        return [(row, rule) for rule in self.rules for row in self._giving_up(rule)]

    def _giving_up(self, rule: UniqueRule) -> Iterator[CatalogRecord]:
        wanted = {rule.key(self._value_of(merge)) for merge in self._changing()} - {None}
        for merge in self._changing():
            now = rule.key(partial(_now, merge.row)) if merge.row is not None else None
            if merge.row is not None and now in wanted and now != rule.key(self._value_of(merge)):
                yield merge.row

    def _changing(self) -> list[Merge]:
        return [merge for merge in self.merges if not merge.refused and (merge.is_new or merge.taken)]

    def _fit(self) -> bool:
        changed = False
        for place, merge in enumerate(self.merges):
            taken = frozenset(merge.taken)
            if merge.keeps_some and self._fitted.get(place) != taken:
                fit_together(merge)
                changed = changed or merge.taken != taken
                self._fitted[place] = frozenset(merge.taken)
        return changed

    def _leave_addresses(self) -> bool:
        """A row does not take over the address that another has now, even where that one is to have another."""
        owners = {merge.row.slug: merge for merge in self.merges if merge.row is not None}
        movers = [merge for merge in self._changing() if owners.get(merge.new.slug, merge) is not merge]
        movers = [merge for merge in movers if merge.is_new or "slug" in merge.taken]
        for merge in movers:
            merge.give_way(["slug"], f"slug {merge.new.slug} is the address of another record here")
        return bool(movers)

    def _part(self, rule: UniqueRule) -> bool:
        """Whether somebody gave way."""
        groups: dict[Any, list[Standing]] = defaultdict(list)
        for standing in self._standing():
            groups[rule.key(standing[1])].append(standing)
        groups.pop(None, None)
        crowds = [(key, group) for key, group in groups.items() if len(group) > 1]
        for key, group in crowds:
            self._part_a_crowd(rule, key, group)
        return bool(crowds)

    def _part_a_crowd(self, rule: UniqueRule, key: Any, group: list[Standing]) -> None:
        """Who has the values already keeps them; of those who have not, the first of the file."""
        stays = next((standing for standing in group if _holds(standing[0], rule, key)), group[0])
        for merge, _, _ in group:
            if merge is not None and merge is not stays[0]:
                merge.give_way(rule.involved, _why(rule, key, stays[2]))

    def _standing(self) -> list[Standing]:
        others: list[Standing] = [(None, partial(_now, row), row.slug) for row in self.others]
        return others + [
            (merge, self._value_of(merge), str(merge.value("slug", "slug")))
            for merge in self.merges
            if not merge.refused
        ]

    def _value_of(self, merge: Merge) -> ValueOf:
        columns = {column.name: column.attname for column in self.model._meta.concrete_fields}
        return lambda name: merge.value(columns[name], name)

    def _keep_a_default(self) -> bool:
        """The quantization that every page advises does not go unless another comes."""
        if self.model is not Quant or any(value("is_default") for _, value, _ in self._standing()):
            return False
        former = [merge for merge in self.merges if merge.row is not None and _now(merge.row, "is_default")]
        for merge in former:
            merge.give_way(OF_THE_DEFAULT, NO_DEFAULT)
        return bool(former)


def _holds(merge: Merge | None, rule: UniqueRule, key: Any) -> bool:
    """Whether a row has these values now."""
    return merge is None or (merge.row is not None and rule.key(partial(_now, merge.row)) == key)


def _now(row: CatalogRecord, name: str) -> Any:
    column: Any = row._meta.get_field(name)
    return getattr(row, column.attname)


def _why(rule: UniqueRule, key: tuple[Any, ...], slug: str) -> str:
    if rule.condition is None and len(key) == 1:
        return f"{rule.names[0]} {plain(key[0])} is that of {slug} here"
    return f"{slug} is here: {rule.message.rstrip('.')}"
