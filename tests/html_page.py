"""A page as readers and crawlers take it apart."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

HEADINGS = ("h1", "h2", "h3", "h4")
UNSEEN = ("script", "style", "title")
# Elements that have no end.
VOID = ("meta", "link", "input", "wbr", "br", "img", "hr", "source")
# What each element loads by itself; of links, only these relations load.
LOADS = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "link": ("href",),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "image": ("href",),
    "use": ("href",),
}
LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}


class Table:
    """A table as a reader sees it; `links` are the addresses in each row, row by row.

    `head` is over the columns, `groups` over several of them. A cell over several columns is as many, the first with
    its text.
    """

    def __init__(self) -> None:
        self.caption = ""
        self.groups: list[str] = []
        self.head: list[str] = []
        self.head_links: list[str] = []
        self.rows: list[list[str]] = []
        self.links: list[list[str]] = []
        self.scopes: list[str] = []
        self._cells: list[str] = []
        self._cell = 0

    def start(self, tag: str, attributes: dict[str, str], in_head: bool) -> None:
        scope = attributes.get("scope")
        is_group = in_head and (tag == "td" or scope == "colgroup")
        if tag == "th" and not is_group:
            self.scopes.append(f"{'head' if in_head else 'row'} {scope}")
        if tag == "tr" and not in_head:
            self.rows.append([])
            self.links.append([])
        elif tag in {"th", "td"}:
            self._cells = self.groups if is_group else self.head if in_head else self.rows[-1]
            self._cell = len(self._cells)
            self._cells += [""] * int(attributes.get("colspan", "1"))
        elif tag == "a":
            (self.head_links if in_head else self.links[-1]).append(attributes["href"])

    def text(self, data: str) -> None:
        """More of what the open cell says."""
        self._cells[self._cell] += data

    def end(self, tag: str) -> None:
        """White space at the ends of a cell or a caption is nothing that a reader sees."""
        if tag == "caption":
            self.caption = self.caption.strip()
        else:
            self._cells[self._cell] = self._cells[self._cell].strip()


class HtmlPage(HTMLParser):
    """The head, what the page loads, all its text and links, and what stands in its main part.

    `main_text`, `prose` (without tables), `outline` (level and text of each heading), `main_links` and `tables` are of
    the main part. A page that is not well nested, or says a thing of its head twice, is an AssertionError.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = self.canonical = self.script = self.styles = ""
        self.meta: dict[str, str] = {}
        self.json_ld: list[str] = []
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.main_text = self.prose = ""
        self.outline: list[tuple[int, str]] = []
        self.labels: list[str] = []
        self.main_links: list[str] = []
        self.tables: list[Table] = []
        self._seen = ""
        self._headings: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """All that a reader sees, with single spaces."""
        return _plain(self._seen)

    @property
    def words(self) -> int:
        """Words in the main part."""
        return len(self.main_text.split())

    def headings(self, level: str) -> list[str]:
        return [_plain(heading) for heading in self._headings.get(level, [])]

    def table(self, head: str) -> Table:
        """The table whose first column has this heading."""
        return next(table for table in self.tables if table.head[0] == head)

    def has_table(self, head: str) -> bool:
        return any(table.head[0] == head for table in self.tables)

    def structured_data(self) -> list[dict[str, Any]]:
        """The nodes of the page's one JSON-LD graph."""
        (script,) = self.json_ld
        document = json.loads(script)
        assert document["@context"] == "https://schema.org"
        nodes: list[dict[str, Any]] = document["@graph"]
        return nodes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.styles += attributes.get("style", "") + "\n"
        self._note_head(tag, attributes)
        self._note_loaded(tag, attributes)
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag in HEADINGS:
            self._headings.setdefault(tag, []).append("")
        if tag not in VOID:
            self._open.append(tag)
        if "main" in self._open:
            self._start_in_main(tag, attributes)

    def _note_head(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta" and "name" in attributes:
            assert attributes["name"] not in self.meta
            self.meta[attributes["name"]] = attributes["content"]
        elif tag == "link" and attributes.get("rel") == "canonical":
            assert not self.canonical
            self.canonical = attributes["href"]
        elif tag == "script" and attributes.get("type") == "application/ld+json":
            self.json_ld.append("")
            self._is_json_ld = True
        elif tag == "script":
            self._is_json_ld = False

    def _note_loaded(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "link" and not LOADING_RELATIONS & set(attributes.get("rel", "").split()):
            return
        for name in LOADS.get(tag, ()):
            parts = attributes.get(name, "").split(",") if name == "srcset" else [attributes.get(name, "")]
            self.loaded += [part.split()[0] for part in parts if part.strip()]

    def _start_in_main(self, tag: str, attributes: dict[str, str]) -> None:
        self.labels += attributes.get("aria-labelledby", "").split()
        if tag == "table":
            self.tables.append(Table())
        elif tag in HEADINGS:
            self.outline.append((int(tag[1]), ""))
        elif tag in {"p", "li"}:
            self.prose += "\n"
        elif tag == "a":
            self.main_links.append(attributes["href"])
        if "table" in self._open:
            self.tables[-1].start(tag, attributes, "thead" in self._open)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.main_text += " "
        if "main" in self._open and tag in {"caption", "th", "td"}:
            self.tables[-1].end(tag)

    def handle_data(self, data: str) -> None:
        self._note_unseen(data)
        if not set(UNSEEN) & set(self._open):
            self._seen += data
        heading = next((tag for tag in reversed(self._open) if tag in HEADINGS), "")
        if heading:
            self._headings[heading][-1] += data
        if "main" in self._open:
            self._data_in_main(re.sub(r"\s+", " ", data.replace("\xad", "")), bool(heading))

    def _note_unseen(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "title" and "svg" not in self._open:
            self.title += data
        elif inside == "style":
            self.styles += data
        elif inside == "script" and self._is_json_ld:
            self.json_ld[-1] += data
        elif inside == "script":
            self.script += data

    def _data_in_main(self, data: str, in_heading: bool) -> None:
        self.main_text += data
        if in_heading:
            level, text = self.outline[-1]
            self.outline[-1] = (level, text + data)
        if "table" not in self._open:
            self.prose += data
        elif "caption" in self._open:
            self.tables[-1].caption += data
        elif "th" in self._open or "td" in self._open:
            self.tables[-1].text(data)


def check_structure(page: HtmlPage) -> None:
    """What holds of every page: headings in order, ids unique, tables that can be read aloud."""
    levels = [level for level, _ in page.outline]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in page.outline)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.labels) <= set(page.ids)
    for table in page.tables:
        _check_table(table)
    assert not re.search("None(?! of them )", page.main_text)
    assert "  ." not in page.main_text


def _check_table(table: Table) -> None:
    assert table.caption.strip()
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.head)}
    assert table.scopes == ["head col"] * len(table.head) + ["row row"] * len(table.rows)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
