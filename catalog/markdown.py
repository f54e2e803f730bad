"""Editors' notes: Markdown to HTML that is safe on a public page."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# Notes stand inside a section, so they may have no headings of their own above its level.
_TAGS = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "h3", "h4"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


def render_notes(text: str) -> SafeString:
    """The notes as HTML; nothing but plain text elements and links to web addresses comes through."""
    if not text.strip():
        return SafeString("")
    html = nh3.clean(_MARKDOWN.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http"})
    return mark_safe(html)
