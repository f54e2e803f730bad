"""`make similarity`: how much the pages of different pairs repeat each other.

A fixed sample of 300 indexable pairs; names are masked, and the main texts are compared by shingles of five words.
"""

import os
import re
import statistics
from itertools import combinations

import django

from tests.html_page import HtmlPage

SAMPLE, SHINGLE = 300, 5


def shingles(html: str, names: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The five-word runs of a page's main text, its own names masked."""
    text = HtmlPage(html).main_text
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "NAME")
    words = re.findall(r"[\w.%$/~-]+", text)
    return frozenset(tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def likeness(first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]]) -> float:
    """The share of shingles that two pages have in common (Jaccard), 0 to 1."""
    return len(first & second) / len(first | second)


def main() -> None:
    django.setup()
    from catalog.snapshot import current
    from fitpages.matching.indexing import indexable_pairs
    from fitpages.pages.pair import page as pair_page
    from fitpages.serving.responses import render

    snapshot = current()
    pairs = list(indexable_pairs(snapshot))
    sample = pairs[:: max(1, len(pairs) // SAMPLE)][:SAMPLE]
    pages = {
        pair.address: shingles(render(pair_page.build(snapshot, pair)).decode(), (pair.model.name, pair.gpu.name))
        for pair in sample
    }
    ranked = sorted(
        ((likeness(pages[first], pages[second]), first, second) for first, second in combinations(pages, 2)),
        reverse=True,
    )
    _report([value for value, _, _ in ranked], ranked[:8])


def _report(values: list[float], closest: list[tuple[float, str, str]]) -> None:
    cuts = statistics.quantiles(values, n=100)
    print(f"{SAMPLE} pages, {len(values):,} comparisons, by shingles of {SHINGLE} words:")
    for name, value in (("median", cuts[49]), ("90th percentile", cuts[89]), ("99th", cuts[98]), ("most", values[0])):
        print(f"  {name:16} {value:.2f}")
    for value, first, second in closest:
        print(f"  {value:.2f}  {first}  {second}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
