"""JSON-LD that says only what the page shows."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from fitpages.site import Link, absolute

Node = dict[str, Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
# JSON in a script element must not be able to close it; these escapes are JSON's own.
_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def graph(*nodes: Node) -> SafeString:
    """The nodes as one JSON-LD graph, safe inside a script element."""
    text = _ENCODER.encode({"@context": "https://schema.org", "@graph": nodes})
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)


def breadcrumb_list(breadcrumbs: Iterable[Link], own_address: str) -> Node:
    """The way to a page; the last of `breadcrumbs` is the page itself, at `own_address`."""
    items = [
        {"@type": "ListItem", "position": position, "name": crumb.text, "item": absolute(crumb.address or own_address)}
        for position, crumb in enumerate(breadcrumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def faq_page(questions: Iterable[tuple[str, str]]) -> Node:
    """Questions and their answers, as they stand on the page."""
    entities = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for question, answer in questions
    ]
    return {"@type": "FAQPage", "mainEntity": entities}
