"""A page as its main part reads: text, headings, links and tables."""

import re
from html.parser import HTMLParser
from itertools import pairwise


class Table:
    """A table as a reader sees it; `links` are the addresses in each row, row by row."""

    def __init__(self) -> None:
        self.caption = ""
        self.head: list[str] = []
        self.head_links: list[str] = []
        self.rows: list[list[str]] = []
        self.links: list[list[str]] = []
        self.scopes: list[str] = []


class Reading(HTMLParser):
    """What stands in the main part of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = self.prose = ""
        self.headings: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.links: list[str] = []
        self.tables: list[Table] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag not in {"meta", "link", "input", "wbr", "br"}:
            self._open.append(tag)
        if "main" not in self._open:
            return
        self.labels += values.get("aria-labelledby", "").split()
        if tag == "table":
            self.tables.append(Table())
        elif tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), ""))
        elif tag in {"p", "li"}:
            self.prose += "\n"
        elif tag == "a":
            self.links.append(values["href"])
        if "table" in self._open:
            self._in_table(tag, values)

    def _in_table(self, tag: str, values: dict[str, str]) -> None:
        table = self.tables[-1]
        in_head = "thead" in self._open
        if tag == "th":
            table.scopes.append(f"{'head' if in_head else 'row'} {values.get('scope')}")
        if tag == "tr" and not in_head:
            table.rows.append([])
            table.links.append([])
        elif tag in {"th", "td"}:
            (table.head if in_head else table.rows[-1]).append("")
        elif tag == "a":
            (table.head_links if in_head else table.links[-1]).append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.text += " "
        if "main" in self._open and tag in {"caption", "th", "td"}:
            self._end_of_cell(tag)

    def _end_of_cell(self, tag: str) -> None:
        """White space at the ends of a cell is nothing that a reader sees."""
        table = self.tables[-1]
        if tag == "caption":
            table.caption = table.caption.strip()
        else:
            cells = table.head if "thead" in self._open else table.rows[-1]
            cells[-1] = cells[-1].strip()

    def handle_data(self, data: str) -> None:
        if "main" not in self._open:
            return
        data = re.sub(r"\s+", " ", data.replace("\xad", ""))
        self.text += data
        if self._open[-1] in {"h1", "h2", "h3", "h4"}:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        if "table" not in self._open:
            self.prose += data
        elif "caption" in self._open:
            self.tables[-1].caption += data
        elif "th" in self._open or "td" in self._open:
            cells = self.tables[-1].head if "thead" in self._open else self.tables[-1].rows[-1]
            cells[-1] += data

    @property
    def words(self) -> int:
        return len(self.text.split())

    def table(self, head: str) -> Table:
        """The table whose first column has this heading."""
        return next(table for table in self.tables if table.head[0] == head)

    def has_table(self, head: str) -> bool:
        return any(table.head[0] == head for table in self.tables)


def check_structure(reading: Reading) -> None:
    """What holds of every page: headings in order, ids unique, tables that can be read aloud."""
    levels = [level for level, _ in reading.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in reading.headings)
    assert len(reading.ids) == len(set(reading.ids))
    assert set(reading.labels) <= set(reading.ids)
    for table in reading.tables:
        assert table.caption.strip()
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert table.scopes == ["head col"] * len(table.head) + ["row row"] * len(table.rows)
    assert "None" not in reading.text
    assert "  ." not in reading.text
