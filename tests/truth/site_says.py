"""What the site says of a pair wherever it speaks of it, and what no page must do."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count
from typing import NamedTuple

from tests.html_page import HtmlPage, Table
from tests.truth.surfaces import DESCRIPTIONS, HEADLINES, KINDS_OF_HEADS, LINES, TITLES, Said, of_row, read

# A page that says "not in practice" or "no" expects less of the machine itself.
FAST = 5.0
LISTED = re.compile(r'<li><a href="(/run/[^"]+-on-[^"]+)">.*?</a> <span>(.*?)</span>', re.DOTALL)


class Pair(NamedTuple):
    """Slugs of a model and a machine, and what they are called."""

    model: str
    gpu: str
    name: str

    @property
    def address(self) -> str:
        return f"/run/{self.model}-on-{self.gpu}/"


class Site:
    """The site as it answers, each page asked for once where many pairs need it."""

    def __init__(self) -> None:
        """In a process that has Django."""
        from django.test import Client

        self._client = Client(SERVER_NAME="localhost")
        self.hub_rows = cache(self._hub_rows)

    def html(self, address: str) -> str:
        """The page at an address, which must answer 200."""
        response = self._client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    def _hub_rows(self, address: str) -> dict[str, Said]:
        """What a hub says of each pair, by the address of its page: on all pages of its list, twins in one row."""
        said: dict[str, Said] = {}
        for page in count(1):
            before = len(said)
            for table in HtmlPage(self.html(f"{address}?runs=all&page={page}")).tables:
                if table.caption in KINDS_OF_HEADS or "Answer" in table.head:
                    said.update(_rows(table, KINDS_OF_HEADS.get(table.caption, "")))
            if len(said) == before:
                break
        return said


def _rows(table: Table, kind: str = "") -> Iterator[tuple[str, Said]]:
    for cells, links in zip(table.rows, table.links, strict=True):
        for link in links:
            if link.startswith("/run/"):
                yield link, of_row(dict(zip(table.head, cells, strict=True)), kind)


def surfaces(site: Site, pair: Pair) -> Iterator[tuple[str, Said]]:
    """Everything that is said of a pair: first the headline of its own page."""
    source = site.html(pair.address)
    yield from _on_its_page(source)
    yield "model's hub", site.hub_rows(f"/models/{pair.model}/")[pair.address]
    yield "machine's hub", site.hub_rows(f"/gpus/{pair.gpu}/")[pair.address]
    calculated = site.html(f"/calculator/?model={pair.model}&gpu={pair.gpu}")
    yield "calculator", headline_of(calculated)


def _on_its_page(source: str) -> Iterator[tuple[str, Said]]:
    page = HtmlPage(source)
    headline = headline_of(source)
    yield "headline", headline
    yield "title", read(page.title, TITLES)
    yield "description", read(page.meta["description"], DESCRIPTIONS)
    yield "question", Said(_kind_of_question(page))
    for context, speed in _uses(source):
        if context == headline.context and headline.kind != "no":
            yield "use", Said(headline.kind, context=context, speed=speed)
    for name, level, context in _commands(source):
        yield name, Said(headline.kind, level, context)


def headline_of(source: str) -> Said:
    """What the page of a pair says first."""
    return read(_text(source, "answer"), HEADLINES)


def _kind_of_question(page: HtmlPage) -> str:
    """The kind by the first answer of the structured data."""
    (faq,) = (node for node in page.structured_data() if node["@type"] == "FAQPage")
    answer = faq["mainEntity"][0]["acceptedAnswer"]["text"]
    kinds = {
        "Yes, with RAM": "with RAM",
        "Yes, but (?:short|only at [^.,]+)": "short",
        "Yes": "on the card",
        "Not in practice": "not in practice",
        "No": "no",
    }
    return next(kind for begins, kind in kinds.items() if re.match(rf"{begins}[.,]", answer))


def _text(source: str, name: str) -> str:
    """The text of the first paragraph of this class."""
    match = re.search(rf'<p class="{name}[^"]*">(.*?)</p>', source, re.DOTALL)
    assert match, f"no paragraph {name}"
    return _plain(re.sub(r"<small>.*?</small>", "", match[1]))


def _plain(markup: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))


def _uses(source: str) -> Iterator[tuple[str, str]]:
    """Context and speed of each use."""
    block = re.search(r'<ul class="uses".*?</ul>', source, re.DOTALL)
    for use in re.findall(r"<li>.*?</li>", block[0] if block else "", re.DOTALL):
        match = re.search(r"([\d,]+[KM]?)(?: of context)? ([\d.,]+|under 0\.1) tokens/s", _plain(use))
        if match:
            yield match[1], match[2]


def _commands(source: str) -> Iterator[tuple[str, str, str]]:
    """The context of the command for llama.cpp, in K."""
    for command in re.findall(r"<pre[^>]*><code>(.*?)</code>", source, re.DOTALL)[:1]:
        told = re.search(r"-c (\d+)", re.sub(r"<[^>]+>", "", command))
        if told:
            tokens = int(told[1])
            yield "command", "", f"{tokens // 1024}K" if tokens >= 1024 else str(tokens)


def elsewhere(site: Site, addresses: Iterable[str]) -> Iterator[tuple[str, str, Said]]:
    """What other pages say of pairs that they name: the page, the pair's address, and what is said."""
    for address in addresses:
        source = site.html(address)
        for table in HtmlPage(source).tables:
            if "Answer" in table.head:
                yield from ((address, pair, said) for pair, said in _rows(table))
        for pair, line in re.findall(
            r'<li><a href="(/run/[^"]+-on-[^"]+)">.*?</a> <span>(.*?)</span>', source, re.DOTALL
        ):
            yield address, pair, read(_plain(line), LINES)


def faults_of_page(source: str) -> Iterator[str]:
    """What a page must not do whatever it says: expect what it denies, mark a row that it denies, name two machines."""
    says_no = '<article class="not">' in source
    if says_no:
        fast = [speed for _, speed in _uses(source) if float(speed.replace(",", "").replace("under ", "")) >= FAST]
        fast += [speed for speed in _speeds_of_levels(source) if speed >= FAST]
        if fast:
            yield f"it says no and expects {fast}"
        if 'class="advised"' in source.partition('id="levels"')[2]:
            yield "a row is marked on a page that says no"
    machines = set(re.findall(r'href="(/run/[^"]+)"', _advice(source)))
    if len(machines) > 1:
        yield f"more than one machine is advised: {sorted(machines)}"


def _speeds_of_levels(source: str) -> list[float]:
    table = next((table for table in HtmlPage(source).tables if table.head[:1] == ["Level"]), None)
    if table is None:
        return []
    return [float(row[4].replace(",", "")) for row in table.rows if re.fullmatch(r"[\d.,]+", row[4])]


def _advice(source: str) -> str:
    """The opening, and the gains but the one that names a smaller model."""
    opening = source.partition('class="why"')[2].partition("</div>")[0]
    gains = re.findall(r"<dt>A larger .*?</div>", source, re.DOTALL)
    return opening + "".join(gains)
