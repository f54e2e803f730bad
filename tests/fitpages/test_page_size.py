"""What every kind of page has, loads and weighs."""

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from tests.browser.pages import EXAMPLES, MISSING, Example, name
from tests.html_page import HtmlPage

MOST_HTML, MOST_STYLES, MOST_SCRIPTS = 15_000, 15_000, 8_000
FOUND = tuple(example for example in EXAMPLES if example.status == 200)
PLAIN = tuple(example for example in FOUND if "?" not in example.address)
STATIC_FILES = Path(settings.BASE_DIR) / "fitpages/static/fitpages"
pytestmark = pytest.mark.django_db


def _get(client: Client, address: str) -> Any:
    return client.get(address)


def _page(client: Client, example: Example) -> HtmlPage:
    return HtmlPage(_html(_get(client, example.address)))


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
    matches = re.findall(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", styles)
    return [first or second for first, second in matches]


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_answers_with_one_heading_a_title_and_a_description(client: Client, example: Example) -> None:
    response = _get(client, example.address)
    assert response.status_code == example.status
    page = HtmlPage(_html(response))
    assert len(page.headings("h1")) == 1
    assert page.title.strip()
    assert page.meta["description"].strip()


@pytest.mark.parametrize("example", FOUND, ids=name)
def test_a_page_names_one_canonical_address_on_the_site(client: Client, example: Example) -> None:
    page = _page(client, example)
    assert re.fullmatch(re.escape(settings.SITE_URL) + r"/[^?#]*", page.canonical)


@pytest.mark.parametrize("example", PLAIN, ids=name)
def test_a_plain_address_is_its_own_canonical_one(client: Client, example: Example) -> None:
    page = _page(client, example)
    assert page.canonical == settings.SITE_URL + example.address


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
    page = _page(client, Example(address))
    assert page.canonical == settings.SITE_URL + canonical
    assert page.meta["robots"] == "noindex"


def test_titles_and_descriptions_of_canonical_pages_are_their_own(client: Client) -> None:
    pages = [_page(client, example) for example in PLAIN]
    for texts in ([page.title for page in pages], [page.meta["description"] for page in pages]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_missing_page_is_not_indexed_and_has_no_canonical_address(client: Client) -> None:
    page = _page(client, MISSING)
    assert page.canonical == ""
    assert page.meta["robots"] == "noindex"


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_sets_no_cookie_and_varies_with_none(client: Client, example: Example) -> None:
    response = _get(client, example.address)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_page_loads_nothing_from_another_host(client: Client, example: Example) -> None:
    page = _page(client, example)
    styles = page.styles + "".join(file.read_text() for file in STATIC_FILES.glob("*.css"))
    loaded = page.loaded + _loaded_by_styles(styles)
    assert [address for address in loaded if not _is_own(address)] == []
    assert "/static/fitpages/site.css" in loaded


@pytest.mark.parametrize("example", FOUND, ids=name)
def test_structured_data_says_the_way_to_the_page(client: Client, example: Example) -> None:
    nodes = _page(client, example).structured_data()
    trails = [node["itemListElement"] for node in nodes if node["@type"] == "BreadcrumbList"]
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
    inline = {_page(client, example).script.strip() for example in EXAMPLES}
    sources = {address for example in EXAMPLES for address in _page(client, example).loaded if ".js" in address}
    files = [str(finders.find(address.removeprefix(settings.STATIC_URL))) for address in sources]
    assert sorted(files) == sorted(str(file) for file in STATIC_FILES.glob("*.js"))
    external = sum(_gzipped(Path(file).read_bytes()) for file in files)
    assert external + _gzipped("".join(inline).encode()) <= MOST_SCRIPTS
