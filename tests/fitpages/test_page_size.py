"""What every kind of page has, loads and weighs."""

import gzip
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from tests.browser.pages import EXAMPLES, MISSING, Example, name

MOST_HTML, MOST_STYLES, MOST_SCRIPTS = 15_000, 15_000, 5_000
FOUND = tuple(example for example in EXAMPLES if example.status == 200)
PLAIN = tuple(example for example in FOUND if "?" not in example.address)
STATIC_FILES = Path(settings.BASE_DIR) / "fitpages/static/fitpages"
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

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """What these tests look at in a page: its headings, head, structured data, and all that it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.headings, self.structured_data, self.styles, self.scripts = "", 0, "", "", ""
        self.description: list[str] = []
        self.canonical: list[str] = []
        self.robots: list[str] = []
        self.loaded: list[str] = []
        self._into = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._note_loaded(tag, given)
        self.styles += given.get("style", "") + "\n"
        if tag == "h1":
            self.headings += 1
        elif tag == "meta" and given.get("name") in ("description", "robots"):
            getattr(self, given["name"]).append(given.get("content", ""))
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given.get("href", ""))
        elif tag == "script":
            self._into = "structured_data" if given.get("type") == "application/ld+json" else "scripts"
        elif tag in ("title", "style") and not (tag == "title" and self.title):
            self._into = {"title": "title", "style": "styles"}[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "script", "style"):
            self._into = ""

    def handle_data(self, data: str) -> None:
        if self._into:
            setattr(self, self._into, getattr(self, self._into) + data)

    def _note_loaded(self, tag: str, given: dict[str, str]) -> None:
        if tag == "link" and not LOADING_RELATIONS & set(given.get("rel", "").split()):
            return
        for attribute in LOADS.get(tag, ()):
            parts = given.get(attribute, "").split(",") if attribute == "srcset" else [given.get(attribute, "")]
            self.loaded += [part.split()[0] for part in parts if part.strip()]


def _get(client: Client, address: str) -> Any:
    return client.get(address)


def _outline(client: Client, example: Example) -> Outline:
    return Outline(_html(_get(client, example.address)))


def _html(response: HttpResponse) -> str:
    return response.content.decode()


def _gzipped(content: bytes) -> int:
    """Bytes as the site sends them, gzipped at the level that Django uses."""
    return len(gzip.compress(content, compresslevel=6, mtime=0))


def _is_own(address: str) -> bool:
    """A path on this host, or a picture that is in the page itself."""
    return address.startswith(("data:", "#")) or bool(re.match(r"/(?!/)", address))


def _loaded_by_styles(styles: str) -> list[str]:
    """What @import and url() of a style sheet load."""
    found = re.findall(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", styles)
    return [first or second for first, second in found]


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_answers_with_one_heading_a_title_and_a_description(client: Client, example: Example) -> None:
    response = _get(client, example.address)
    assert response.status_code == example.status
    outline = Outline(_html(response))
    assert outline.headings == 1
    assert outline.title.strip()
    assert [text.strip() for text in outline.description if text.strip()] == outline.description
    assert len(outline.description) == 1


@pytest.mark.parametrize("example", FOUND, ids=name)
def test_a_page_names_one_canonical_address_on_the_site(client: Client, example: Example) -> None:
    outline = _outline(client, example)
    assert len(outline.canonical) == 1
    assert re.fullmatch(re.escape(settings.SITE_URL) + r"/[^?#]*", outline.canonical[0])


@pytest.mark.parametrize("example", PLAIN, ids=name)
def test_a_plain_address_is_its_own_canonical_one(client: Client, example: Example) -> None:
    outline = _outline(client, example)
    assert outline.canonical == [settings.SITE_URL + example.address]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/calculator/?model=qwen2-5-72b&gpu=l4", "/run/qwen2-5-72b-on-l4/"),
        ("/calculator/?model=qwen2-5-72b&gpu=l4&cards=1", "/run/qwen2-5-72b-on-l4/"),
        ("/calculator/?model=qwen2-5-72b&gpu=l4&cards=2", "/calculator/"),
        ("/calculator/?parameters=8&gpu=l4", "/calculator/"),
        ("/calculator/?model=qwen2-5-72b&gpu=l400", "/calculator/"),
    ],
)
def test_the_canonical_address_of_a_calculation_is_the_pair_where_it_is_one(
    client: Client, address: str, canonical: str
) -> None:
    outline = _outline(client, Example(address))
    assert outline.canonical == [settings.SITE_URL + canonical]
    assert outline.robots == ["noindex"]


def test_titles_and_descriptions_of_canonical_pages_are_their_own(client: Client) -> None:
    outlines = [_outline(client, example) for example in PLAIN]
    for texts in ([outline.title for outline in outlines], [outline.description[0] for outline in outlines]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_missing_page_is_not_indexed_and_has_no_canonical_address(client: Client) -> None:
    outline = _outline(client, MISSING)
    assert outline.canonical == []
    assert outline.robots == ["noindex"]


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_sets_no_cookie_and_varies_with_none(client: Client, example: Example) -> None:
    response = _get(client, example.address)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_loads_nothing_from_another_host(client: Client, example: Example) -> None:
    outline = _outline(client, example)
    styles = outline.styles + "".join(file.read_text() for file in STATIC_FILES.glob("*.css"))
    loaded = outline.loaded + _loaded_by_styles(styles)
    assert [address for address in loaded if not _is_own(address)] == []
    assert "/static/fitpages/site.css" in loaded


@pytest.mark.parametrize("example", FOUND, ids=name)
def test_structured_data_says_the_way_to_the_page(client: Client, example: Example) -> None:
    data = json.loads(_outline(client, example).structured_data)
    assert data["@context"] == "https://schema.org"
    trails = [node["itemListElement"] for node in data["@graph"] if node["@type"] == "BreadcrumbList"]
    assert len(trails) == 1
    assert [step["position"] for step in trails[0]] == list(range(1, len(trails[0]) + 1))
    assert all(step["name"] and step["item"].startswith(f"{settings.SITE_URL}/") for step in trails[0])


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_warm_page_asks_the_database_at_most_once(
    client: Client, example: Example, django_assert_max_num_queries: Any
) -> None:
    _get(client, example.address)
    with django_assert_max_num_queries(1):
        _get(client, example.address)


def test_pages_are_light(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    weights = {example.address: _gzipped(_get(client, example.address).content) for example in EXAMPLES}
    styles = sum(_gzipped(file.read_bytes()) for file in STATIC_FILES.glob("*.css"))
    with capsys.disabled():
        print("\nBytes, gzipped")
        for address, weight in {**weights, "style sheets": styles}.items():
            print(f"{weight:8,}  {address}")
    assert {address: weight for address, weight in weights.items() if weight > MOST_HTML} == {}
    assert styles <= MOST_STYLES


def test_all_scripts_together_are_light(client: Client) -> None:
    inline = {_outline(client, example).scripts.strip() for example in EXAMPLES}
    sources = {address for example in EXAMPLES for address in _outline(client, example).loaded if ".js" in address}
    files = [str(finders.find(address.removeprefix(settings.STATIC_URL))) for address in sources]
    assert sorted(files) == sorted(str(file) for file in STATIC_FILES.glob("*.js"))
    external = sum(_gzipped(Path(file).read_bytes()) for file in files)
    assert external + _gzipped("".join(inline).encode()) <= MOST_SCRIPTS
