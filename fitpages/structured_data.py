"""JSON-LD that says only what the page shows."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from fitpages.pages.frame import Link, absolute

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# JSON in a script element must not be able to close it; these escapes are JSON's own.
_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def graph(*nodes: dict[str, Any]) -> SafeString:
    """The nodes as one JSON-LD graph, safe inside a script element."""
    text = _ENCODER.encode({"@context": "https://schema.org", "@graph": nodes})
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)


def breadcrumb_list(breadcrumbs: Iterable[Link], canonical: str) -> dict[str, Any]:
    """The way to a page; the last of `breadcrumbs` is the page itself."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": crumb.text,
            "item": absolute(crumb.address) if crumb.address else canonical,
        }
        for position, crumb in enumerate(breadcrumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def faq_page(questions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Questions and their answers, as they stand on the page."""
    entities = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for question, answer in questions
    ]
    return {"@type": "FAQPage", "mainEntity": entities}
