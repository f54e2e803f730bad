"""A page as a reader and a crawler take it apart."""

import json
import re
from html.parser import HTMLParser
from typing import Any

UNSEEN = ("script", "style", "title")


class HtmlPage(HTMLParser):
    """Head, headings, links, structured data and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = ""
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.scripts: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self._inside: list[str] = []
        self._seen: list[str] = []
        self._headings: dict[str, list[str]] = {}
        self.feed(html)

    @property
    def text(self) -> str:
        return _plain("".join(self._seen))

    def headings(self, level: str) -> list[str]:
        return [_plain(heading) for heading in self._headings.get(level, [])]

    def structured_data(self) -> list[dict[str, Any]]:
        """The nodes of the page's one JSON-LD graph."""
        (script,) = self.scripts
        data = json.loads(script)
        assert data["@context"] == "https://schema.org"
        nodes: list[dict[str, Any]] = data["@graph"]
        return nodes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given["content"]
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "script" and given.get("type") == "application/ld+json":
            self.scripts.append("")
        if tag in (*UNSEEN, "h1", "h2", "h3"):
            self._inside.append(tag)
            self._headings.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        if inside == "title":
            self.title += data
        elif inside == "script" and self.scripts:
            self.scripts[-1] += data
        if inside not in UNSEEN:
            self._seen.append(data)
        if inside:
            self._headings[inside][-1] += data


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
