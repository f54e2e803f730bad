"""`python -m tests.truth.one_answer`: whether every surface of the site says the same of a pair.

Read off the HTML are: a pair's headline, title, description, uses and questions, the rows of the hubs of its model and
its machine, search, the calculator, and whatever other pages, guides and lists say where they name the pair. 30 popular
models on 30 common machines, listed here, and 1,500 pairs of a model and a machine drawn from all.
"""

import html
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tests.html_page import HtmlPage, Table
from tests.processes import ROOT
from tests.truth.surfaces import DESCRIPTIONS, HEADLINES, KINDS_OF_HEADS, LINES, TITLES, Said, of_row, read

MODELS = (
    *("qwen3-8-27b", "qwen3-0-6b", "qwen3-6-35b-a3b", "gemma-4-26b-a4b", "qwen3-vl-8b", "qwen3-8b", "gemma-4-31b"),
    *("qwen2-5-7b", "qwen3-5-9b", "qwen3-6-27b", "qwen3-5-4b", "llama-3-2-1b", "qwen3-4b", "gpt-oss-20b", "qwen3-14b"),
    *("llama-3-1-8b", "glm-5-3-flash-321b-a18b", "qwen3-32b", "gemma-4-e4b", "gpt-oss-120b", "llama-3-1-70b"),
    *("deepseek-r1-distill-qwen-32b", "deepseek-r1-distill-qwen-14b", "gemma-3-27b", "gemma-3-12b", "mistral-7b"),
    *("phi-4-14b", "qwen3-coder-30b-a3b", "deepseek-v3-2", "qwen2-5-72b"),
)
MACHINES = (
    *("rtx-3050-8", "rtx-3060-12", "rtx-3070", "rtx-3080-10", "rtx-3090", "rtx-4060", "rtx-4060-ti-16", "rtx-4070"),
    *("rtx-4070-ti-super", "rtx-4080", "rtx-4090", "rtx-5060-ti-16", "rtx-5070", "rtx-5080", "rtx-5090"),
    *("rtx-4060-laptop", "rtx-4090-laptop", "gtx-1080-ti", "rx-6700-xt", "rx-7900-xtx", "arc-b580", "l4", "a100-80"),
    *("h100-80-sxm", "m1-16", "m3-pro-36", "m4-max-128", "m3-ultra-512", "ryzen-ai-max-plus-395-128", "dgx-spark"),
)
RANDOM_MODELS, RANDOM_MACHINES, SEED = 50, 30, 20261128
# A page that says "not in practice" or "no" expects less of the machine itself.
FAST = 5.0
GUIDES = ("/guides/running-models-locally/", "/guides/quantization/", "/")


class Pair(NamedTuple):
    """Slugs of a model and a machine, and what they are called."""

    model: str
    gpu: str
    name: str

    @property
    def address(self) -> str:
        return f"/run/{self.model}-on-{self.gpu}/"


class Checked(NamedTuple):
    """What was compared: the kind of each pair, how many texts were read of each surface, and what disagrees."""

    kinds: Counter[str]
    texts: Counter[str]
    faults: list[str]


class Site:
    """The site as it answers, each page asked for once where many pairs need it."""

    def __init__(self) -> None:
        """In a process that has Django."""
        from django.test import Client

        self._client = Client()
        self.hub_rows = cache(self._hub_rows)

    def html(self, address: str) -> str:
        """The page at an address, which must answer 200."""
        response = self._client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.content.decode()

    def _hub_rows(self, address: str) -> dict[str, Said]:
        """What a hub says of each pair, by the address of its page."""
        said = {}
        for table in HtmlPage(self.html(address)).tables:
            if table.caption in KINDS_OF_HEADS:
                said.update(_rows(table, KINDS_OF_HEADS[table.caption]))
        return said


def _rows(table: Table, kind: str = "") -> Iterator[tuple[str, Said]]:
    for cells, links in zip(table.rows, table.links, strict=True):
        if links and links[0].startswith("/run/"):
            yield links[0], of_row(dict(zip(table.head, cells, strict=True)), kind)


def surfaces(site: Site, pair: Pair) -> Iterator[tuple[str, Said]]:
    """Everything that is said of a pair: first the headline of its own page."""
    source = site.html(pair.address)
    yield from _on_its_page(source)
    yield "model's hub", site.hub_rows(f"/models/{pair.model}/")[pair.address]
    yield "machine's hub", site.hub_rows(f"/gpus/{pair.gpu}/")[pair.address]
    calculated = site.html(f"/calculator/?model={pair.model}&gpu={pair.gpu}")
    yield "calculator", read(_text(calculated, "answer"), HEADLINES)


def _on_its_page(source: str) -> Iterator[tuple[str, Said]]:
    page = HtmlPage(source)
    headline = read(_text(source, "answer"), HEADLINES)
    yield "headline", headline
    yield "title", read(page.title, TITLES)
    yield "description", read(page.meta["description"], DESCRIPTIONS)
    yield "question", Said(_kind_of_question(page))
    for context, speed in _uses(source):
        if context == headline.context and headline.kind != "no":
            yield "use", Said(headline.kind, context=context, speed=speed)
    for name, level, context in _commands(source):
        yield name, Said(headline.kind, level, context)


def _kind_of_question(page: HtmlPage) -> str:
    """The kind by the first answer of the structured data."""
    (faq,) = (node for node in page.structured_data() if node["@type"] == "FAQPage")
    answer = faq["mainEntity"][0]["acceptedAnswer"]["text"]
    kinds = {
        "Yes, with RAM": "with RAM",
        "Yes, but short": "short",
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
        match = re.search(r"([\d,]+[KM]?) of context ([\d.,]+|under 0\.1) tokens/s", _plain(use))
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
        for pair, line in re.findall(r'<li><a href="(/run/[^"]+-on-[^"]+)">.*?</a> <span>(.*?)</span>', source, re.DOTALL):
            yield address, pair, read(_plain(line), LINES)


def faults_of_page(source: str) -> Iterator[str]:
    """What a page must not do whatever it says: expect what it denies, mark a row that it denies, name two machines."""
    says_no = re.search(r'<p class="answer (not-in-practice|no)"', source)
    if says_no:
        fast = [speed for _, speed in _uses(source) if float(speed.replace(",", "").replace("under ", "")) >= FAST]
        fast += [speed for speed in _speeds_of_levels(source) if speed >= FAST]
        if fast:
            yield f"it says {says_no[1]} and expects {fast}"
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


def check(site: Site, pairs: Iterable[Pair]) -> Checked:
    """Compare every surface with the headline of the pair's own page."""
    checked = Checked(Counter(), Counter(), [])
    for pair in pairs:
        (_, headline), *others = surfaces(site, pair)
        checked.kinds[headline.kind] += 1
        checked.texts["headline"] += 1
        for name, said in others:
            checked.texts[name] += 1
            if not said.agrees(headline):
                checked.faults.append(f"{pair.address}: the {name} says {said}, the headline {headline}")
        checked.faults.extend(f"{pair.address}: {fault}" for fault in faults_of_page(site.html(pair.address)))
    return checked


def check_elsewhere(site: Site, addresses: Iterable[str]) -> Checked:
    """Compare what pages say of pairs that they name with the headlines of these pairs."""
    checked = Checked(Counter(), Counter(), [])
    for address, pair, said in elsewhere(site, addresses):
        headline = read(_text(site.html(pair), "answer"), HEADLINES)
        checked.texts["where others name the pair"] += 1
        if not said.agrees(headline):
            checked.faults.append(f"{pair}: {address} says {said}, the headline {headline}")
    return checked


def popular_pairs() -> list[Pair]:
    """Every model of MODELS on every machine of MACHINES."""
    return [_pair(model, gpu) for model in MODELS for gpu in MACHINES]


def random_pairs() -> list[Pair]:
    """The same ones every time."""
    from catalog.snapshot import current

    chosen = random.Random(SEED)
    models = chosen.sample(sorted(current().models), RANDOM_MODELS)
    gpus = chosen.sample(sorted(current().gpus), RANDOM_MACHINES)
    return [_pair(model, gpu) for model in models for gpu in gpus]


def _pair(model: str, gpu: str) -> Pair:
    from catalog.snapshot import current

    snapshot = current()
    return Pair(model, gpu, f"{snapshot.models[model].name} {snapshot.gpus[gpu].name}")


def report(name: str, checked: Checked) -> str:
    """What was compared, in lines."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in checked.kinds.most_common())
    texts = ", ".join(f"{count:,} {surface}" for surface, count in checked.texts.items())
    faults = "\n".join(checked.faults[:40])
    return f"{name}: {kinds}\n  read: {texts}\n  faults: {len(checked.faults)}\n{faults}".rstrip()


def check_all() -> int:
    """Print the reports; the number of faults."""
    site = Site()
    popular, drawn = popular_pairs(), random_pairs()
    named = [*GUIDES, *(pair.address for pair in popular[::7]), *_searches(popular[::9])]
    results = {
        "30 popular models on 30 common machines": check(site, popular),
        "1,500 pairs drawn": check(site, drawn),
        "other pages": check_elsewhere(site, named),
    }
    for name, checked in results.items():
        print(report(name, checked))
    return sum(len(checked.faults) for checked in results.values())


def _searches(pairs: Iterable[Pair]) -> list[str]:
    from urllib.parse import urlencode

    return [f"/search/?{urlencode({'q': pair.name})}" for pair in pairs]


def main() -> None:
    """Check a fresh copy of the catalog in a process of its own, and end with 1 where something disagrees."""
    from tests.truth.fresh_catalog import fresh_catalog

    code = "import sys; from tests.truth.one_answer import check_all; sys.exit(check_all() > 0)"
    with fresh_catalog() as environ:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    main()
