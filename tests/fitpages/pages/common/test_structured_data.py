"""JSON-LD says what it was given, and cannot leave its element."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from fitpages.pages.common.structured_data import breadcrumb_list, faq_page, graph
from fitpages.serving.environment import environment
from fitpages.site import Link, site

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</SCRIPT >",
    "<!-- <script>",
    "]]>",
    "&lt;/script&gt;",
    "\"}]}' \\ \u2028",
]


class _Scripts(HTMLParser):
    """What stands in script elements, as a browser takes them apart."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.scripts:
            self.scripts[-1] += data


def _in_a_page(text: object) -> _Scripts:
    """The text in a script element, put there by the site's own templates."""
    parser = _Scripts()
    template = environment(autoescape=True).from_string('<script type="application/ld+json">{{ text }}</script><p>')
    parser.feed(template.render(text=text))
    return parser


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_closes_the_element_or_is_changed_in_it(text: str) -> None:
    page = _in_a_page(graph(faq_page([(text, text)])))
    assert page.tags == ["script", "p"]
    (question,) = json.loads(page.scripts[0])["@graph"][0]["mainEntity"]
    assert question["name"] == question["acceptedAnswer"]["text"] == text


def test_without_the_escapes_a_text_would_close_the_element() -> None:
    parser = _Scripts()
    parser.feed(f'<script type="application/ld+json">{HOSTILE[0]}</script><p>')
    assert parser.tags == ["script", "script", "p"]


def test_a_graph_holds_its_nodes_in_order_in_the_vocabulary_of_schema_org() -> None:
    data = json.loads(graph({"@type": "A"}, {"@type": "B"}))
    assert data == {"@context": "https://schema.org", "@graph": [{"@type": "A"}, {"@type": "B"}]}


def test_letters_stay_letters() -> None:
    assert "×" in graph(faq_page([("parameters × bytes", "10⁹")]))


@pytest.fixture
def at_example_org(settings: Any) -> Iterator[None]:
    settings.SITE_URL = "https://example.org"
    site.cache_clear()
    yield
    site.cache_clear()


@pytest.mark.usefixtures("at_example_org")
def test_breadcrumbs_are_whole_addresses_in_order_and_the_last_is_the_page_itself() -> None:
    crumbs = [Link("Combinations", "/run/"), Link("NVIDIA L4", "")]
    assert breadcrumb_list(crumbs, "/run/a-on-b/") == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Combinations", "item": "https://example.org/run/"},
            {"@type": "ListItem", "position": 2, "name": "NVIDIA L4", "item": "https://example.org/run/a-on-b/"},
        ],
    }


def test_questions_have_their_answers() -> None:
    assert faq_page([("Can it?", "Yes."), ("How much?", "8 GB.")]) == {
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": "Can it?", "acceptedAnswer": {"@type": "Answer", "text": "Yes."}},
            {"@type": "Question", "name": "How much?", "acceptedAnswer": {"@type": "Answer", "text": "8 GB."}},
        ],
    }
