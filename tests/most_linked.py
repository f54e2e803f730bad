"""`python -m tests.most_linked`: the 40 machines and the 40 models that public pages link to most.

Would a reader expect them? Counted are links in the main part of pages: of the standing pages, of the first parts of
the pages of all common models and machines, and of pairs of these. Lists of all records are no first parts, and the
way to a page and its own address are no links of it.
"""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from tests.html_page import HtmlPage
from tests.processes import ROOT

if TYPE_CHECKING:
    from catalog.snapshot import Snapshot

MOST = 40
STANDING = (
    *("/", "/guides/running-models-locally/", "/guides/quantization/", "/methodology/", "/accuracy/", "/about/"),
    *("/calculator/", "/run/", "/models/", "/gpus/"),
)
# Of pairs of common models and common machines every so many.
STEP = 7
LIST = re.compile(r'<table class="[^"]*\bmany\b[^"]*">.*?</table>', re.DOTALL)
WAY = re.compile(r'<nav class="breadcrumbs".*?</nav>', re.DOTALL)
PAIR = re.compile(r"/run/([a-z0-9-]+)-on-([a-z0-9-]+)/")
MODEL, GPU = (re.compile(rf"/{kind}/([a-z0-9-]+)/") for kind in ("models", "gpus"))


class Linked(NamedTuple):
    """How many links lead to each model and machine or to a pair of it, by slug."""

    models: Counter[str]
    gpus: Counter[str]


def links(html: str, address: str) -> list[str]:
    """Where the first part of a page leads, without queries: not to itself, nor by the way to it."""
    first_part = LIST.sub("", WAY.sub("", html))
    paths = (re.split(r"[?#]", link)[0] for link in HtmlPage(first_part).main_links)
    return [path for path in paths if path not in ("", address)]


def count(pages: Iterable[tuple[str, str]]) -> Linked:
    """Over pages by address and HTML."""
    linked = Linked(Counter(), Counter())
    for address, html in pages:
        for link in links(html, address):
            linked.models.update(models_of(link))
            linked.gpus.update(gpus_of(link))
    return linked


def models_of(path: str) -> list[str]:
    """The slug of the model that a path is the page of, alone or with a machine."""
    return [match[1] for match in (MODEL.fullmatch(path), PAIR.fullmatch(path)) if match]


def gpus_of(path: str) -> list[str]:
    alone, pair = GPU.fullmatch(path), PAIR.fullmatch(path)
    return [alone[1]] if alone else [pair[2]] if pair else []


def sample(snapshot: "Snapshot", step: int = STEP) -> Iterator[str]:
    """The addresses of the pages that are read."""
    from fitpages import addresses
    from fitpages.matching.machine_kinds import plain_computers
    from fitpages.matching.popularity import common_machines, common_models

    models, machines = common_models(snapshot), [*common_machines(snapshot), *plain_computers(snapshot)]
    yield from STANDING
    yield from (addresses.model(model.slug) for model in models)
    yield from (addresses.gpu(gpu.slug) for gpu in machines)
    pairs = [addresses.pair(model.slug, gpu.slug) for model in models for gpu in machines]
    yield from pairs[::step]


def report(linked: Linked, name_of: Callable[[str], str]) -> str:
    """Both lists in lines, the most linked first."""
    lists = {"Models": linked.models, "Machines": linked.gpus}
    return "\n\n".join(
        "\n".join([title, *(f"{links:7,}  {name_of(slug)}" for slug, links in counter.most_common(MOST))])
        for title, counter in lists.items()
    )


def print_report() -> None:
    """In a process that has Django and a catalog."""
    from catalog.snapshot import current
    from tests.truth.site_says import Site

    snapshot, site = current(), Site()
    names = {slug: record.name for records in (snapshot.models, snapshot.gpus) for slug, record in records.items()}
    linked = count((address, site.html(address)) for address in sample(snapshot))
    print(report(linked, lambda slug: names.get(slug, slug)))


def main() -> None:
    """Of a fresh copy of the catalog, in a process of its own."""
    from tests.truth.fresh_catalog import fresh_catalog

    code = "from tests.most_linked import print_report; print_report()"
    with fresh_catalog() as environ:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    main()
