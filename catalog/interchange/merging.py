"""A record of a file beside the row that it became: which fields follow the file, and which stay as edited here.

Three states are compared, field by field: what the row was last loaded as, what it is, and what the file has now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalog.differences import SHORT, in_words, plain
from catalog.interchange.placed_records import PlacedRecord
from catalog.interchange.records import Record
from catalog.models import CatalogRecord


@dataclass
class Merge:
    """One record of a file. `new` is the row that it would be by itself, `theirs` the same as a record.

    `row` and `ours` are what is here, None where it is not. `base` is what the row was last loaded as, None where that
    is not known; `loaded_as` is what it counts as loaded as from now on, None where the file does not know it.
    """

    placed: PlacedRecord
    new: CatalogRecord
    theirs: Record
    loaded_as: Record | None
    row: CatalogRecord | None = None
    ours: Record = field(default_factory=dict)
    base: Record | None = None
    # Fields that follow the file; those that would and cannot, with why; and why the whole record is left out.
    taken: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    # Whether what names the record is led to what it became here.
    leads_on: bool = False

    def compare(self, *, overwrite: bool) -> None:
        """Decide which fields follow the file."""
        edited = set() if overwrite else self.edited
        self.taken = set(self.differing) - edited

    @property
    def is_new(self) -> bool:
        return self.row is None

    @cached_property
    def differing(self) -> list[str]:
        """The fields in which the row is not as the file has it: asked for once `ours` is what it is."""
        return apart(self.ours, self.theirs)

    @property
    def edited(self) -> set[str]:
        """Those of them that were changed here since the row was loaded, as far as that is known."""
        base = self.base
        return {name for name in self.differing if base is None or self.ours.get(name) != base.get(name)}

    @property
    def kept(self) -> set[str]:
        """The fields that stay as edited here."""
        return set() if self.is_new or self.refused else self.edited - self.taken - set(self.left_out)

    @property
    def keeps_some(self) -> bool:
        """Whether the row becomes neither what it was nor what the file has."""
        return bool(self.taken) and self.taken != set(self.differing)

    def value(self, attribute: str, name: str) -> Any:
        """What the row is to have in a column."""
        return getattr(self.new if self.row is None or name in self.taken else self.row, attribute)

    def give_way(self, names: Iterable[str], why: str) -> None:
        """Leave fields as they are here, or out the whole record where it is new."""
        if self.is_new:
            self.refused = f"left out, for {why}"
        for name in self.taken & set(names):
            self.taken.discard(name)
            self.left_out[name] = why

    def remembered(self) -> Record | None:
        """What the row counts as loaded as when the load is over. A field that was left out is tried again."""
        if self.loaded_as is None or (self.base is None and not self.is_new and set(self.differing) - self.taken):
            return self.row.loaded_record if self.row else None
        before = self.base or {}
        tried_again = {name: before.get(name) for name in self.left_out}
        return {name: value for name, value in {**self.loaded_as, **tried_again}.items() if value is not None}

    def remark(self) -> str:
        """What somebody here should know of it, or ""."""
        parts = [self.refused] if self.refused else [*self._kept_parts(), *self._lost_parts(), *self._left_out_parts()]
        return f"{self.placed.where}: {'; '.join(parts)}." if parts else ""

    def _kept_parts(self) -> list[str]:
        """Fields that were changed here, and that the file changed as well."""
        base = self.base
        kept = self.kept
        names = [n for n in self.differing if n in kept and (base is None or self.theirs.get(n) != base.get(n))]
        return ["kept as edited here", *map(self._conflict, names)] if names else []

    def _lost_parts(self) -> list[str]:
        """Fields that were changed here, and follow the file all the same."""
        lost = set() if self.is_new else self.edited & self.taken
        names = [name for name in self.differing if name in lost]
        return ["edits given up", *map(self._loss, names)] if names else []

    def _left_out_parts(self) -> list[str]:
        return [f"{name} left out, for {why}" for name, why in self.left_out.items()]

    def _conflict(self, name: str) -> str:
        ours, theirs = in_words(self.ours.get(name), self.theirs.get(name))
        base = plain((self.base or {}).get(name))
        if self.base is None:
            return f"{name} is {ours}, the file has {theirs}"
        was = f"was {base}, " if max(map(len, (base, ours, theirs))) <= SHORT else ""
        return f"{name} {was}is {ours} here, the file now has {theirs}"

    def _loss(self, name: str) -> str:
        ours, theirs = in_words(self.ours.get(name), self.theirs.get(name))
        return f"{name} was {ours} here, is {theirs}"


def apart(ours: Record, theirs: Record) -> list[str]:
    """The fields in which two records differ, in their order."""
    if ours == theirs:
        return []
    return [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
