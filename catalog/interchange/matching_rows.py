"""Which row a record of a file became: by what the rows were loaded as, by address, by former address."""

from collections.abc import Iterable, Mapping

from catalog.models import CatalogRecord


class RowNotToMatch(Exception):
    """The record has no row and gets none; the message says why. `leads_on`: its address leads to what it became."""

    def __init__(self, why: str, *, leads_on: bool = False) -> None:
        super().__init__(why)
        self.leads_on = leads_on


class Rows:
    """The rows of a kind, as a load finds them."""

    def __init__(self, rows: Iterable[CatalogRecord], retired: Mapping[str, str], renamed: Mapping[str, list[str]]):
        """`retired` are former addresses here with their successors, `renamed` the former addresses that the files
        have for one of theirs."""
        self.retired, self.renamed = retired, renamed
        self.by_slug = {row.slug: row for row in rows}
        self._by_origin: dict[str, CatalogRecord] = {}
        for row in self.by_slug.values():
            origin = _origin(row)
            if origin is not None and (origin == row.slug or origin not in self._by_origin):
                self._by_origin[origin] = row

    def match(self, slug: str, in_file: set[str], *, overwrite: bool) -> CatalogRecord | None:
        """The row of a record, None where it is new; raises RowNotToMatch. `in_file` are all addresses of the file."""
        row = self._by_origin.get(slug) or self._at_address(slug, in_file)
        if row is None and slug in self.retired:
            row = self._at_former_address(slug, in_file, overwrite=overwrite)
        return row or self._renamed_in_file(slug, in_file)

    def _at_address(self, slug: str, in_file: set[str]) -> CatalogRecord | None:
        row = self.by_slug.get(slug)
        origin = _origin(row) if row is not None else None
        if origin is not None and origin in in_file:
            raise RowNotToMatch(f"left out, for its address is that of the record {origin} here")
        return row

    def _at_former_address(self, slug: str, in_file: set[str], *, overwrite: bool) -> CatalogRecord | None:
        """The row of a record that was renamed here before it was known what rows were loaded as."""
        successor = self.retired[slug]
        row = self.by_slug.get(successor)
        if row is None:
            if overwrite:
                return None
            raise RowNotToMatch("kept as it is here, deleted", leads_on=True)
        if _origin(row) is not None or not row.loaded_digest or successor in in_file:
            raise RowNotToMatch(f"left out, for its address is a former one of {successor} here")
        if not overwrite:
            raise RowNotToMatch(f"kept as it is here, renamed to {successor}", leads_on=True)
        return row

    def _renamed_in_file(self, slug: str, in_file: set[str]) -> CatalogRecord | None:
        former = [name for name in self.renamed.get(slug, []) if name not in in_file]
        rows = [self._by_origin.get(name) or self.by_slug.get(name) for name in former]
        return next((row for row in rows if row is not None), None)


def _origin(row: CatalogRecord) -> str | None:
    """The address of the record that a row was loaded from, where that is known."""
    return (row.loaded_record or {}).get("slug")
