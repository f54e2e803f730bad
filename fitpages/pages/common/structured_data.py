"""JSON-LD that says only what the page shows, as text: an encoder of whole documents takes half as long again."""

import json
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from fitpages.site import Link, absolute

# A string as JSON. Letters stay letters.
_text = json.JSONEncoder(ensure_ascii=False).encode
# JSON in a script element must not be able to close it; these escapes are JSON's own.
_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def graph(*nodes: str) -> SafeString:
    """The nodes as one JSON-LD graph, safe inside a script element."""
    text = f'{{"@context":"https://schema.org","@graph":[{",".join(nodes)}]}}'
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return mark_safe(text)


def breadcrumb_list(breadcrumbs: Iterable[Link], canonical: str) -> str:
    """The way to a page; the last of `breadcrumbs` is the page itself."""
    items = ",".join(
        f'{{"@type":"ListItem","position":{position},"name":{_text(crumb.text)},'
        f'"item":{_text(absolute(crumb.address) if crumb.address else canonical)}}}'
        for position, crumb in enumerate(breadcrumbs, start=1)
    )
    return f'{{"@type":"BreadcrumbList","itemListElement":[{items}]}}'


def faq_page(questions: Iterable[tuple[str, str]]) -> str:
    """Questions and their answers, as they stand on the page."""
    entities = ",".join(
        f'{{"@type":"Question","name":{_text(question)},"acceptedAnswer":{{"@type":"Answer","text":{_text(answer)}}}}}'
        for question, answer in questions
    )
    return f'{{"@type":"FAQPage","mainEntity":[{entities}]}}'
