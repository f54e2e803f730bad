"""The help of the desk: docs/editors.md as a page of the admin, with its pictures from the static files."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from posixpath import basename

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "editors.md"
PICTURES = Path(__file__).resolve().parent / "static" / "catalog" / "help"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Help:
    """The page: its title, the headings within it with their anchors, and the text."""

    title: str
    parts: tuple[tuple[str, str], ...]
    text: SafeString


def read(picture_address: Callable[[str], str], document: Path = DOCUMENT) -> Help:
    """The help, whose pictures are at what `picture_address` says of their file names."""
    tokens = _MARKDOWN.parse(document.read_text(encoding="utf-8"))
    title = tokens[1].content
    parts = tuple(_with_anchors(tokens))
    for token in _every(tokens):
        if token.type == "image":
            token.attrs["src"] = picture_address(basename(str(token.attrs["src"])))
    # The file is our own, and its own HTML is escaped.
    html = _MARKDOWN.renderer.render(tokens[3:], _MARKDOWN.options, {})
    return Help(title, parts, mark_safe(html))


def names(document: Path = DOCUMENT) -> list[str]:
    """What the text prints bold: every name of a field, a button or a page of the desk."""
    bold: list[str] = []
    is_bold = False
    for token in _every(_MARKDOWN.parse(document.read_text(encoding="utf-8"))):
        if token.type in ("strong_open", "strong_close"):
            is_bold = token.type == "strong_open"
            bold.extend([""] if is_bold else [])
        elif is_bold:
            bold[-1] += " " if token.type == "softbreak" else token.content
    return bold


def pictures(document: Path = DOCUMENT) -> list[str]:
    """The file names of the pictures, in their order."""
    tokens = _every(_MARKDOWN.parse(document.read_text(encoding="utf-8")))
    return [basename(str(token.attrs["src"])) for token in tokens if token.type == "image"]


def _with_anchors(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give every heading of the second rank an anchor; the anchors with their headings."""
    parts = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            token.attrs["id"] = slugify(inline.content)
            parts.append((slugify(inline.content), inline.content))
    return parts


def _every(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *(token.children or ()))]
