"""What a guide says of pairs: no figure is typed, and none contradicts the page of the pair."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.matching.levels import default_of
from fitpages.matching.pairs import find_pair
from fitpages.pages.common.page import Page
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides import quantization
from fitpages.pages.guides.pair_figures import PairFigures
from fitpages.text import figures
from tests.fitpages.catalogs import as_started_and_edited, in_every_catalog
from tests.fitpages.guides import in_both, need_of, page_of, read, says_it_fits


def figures_in(value: object) -> Iterator[PairFigures]:
    """Every pair that a page speaks of, wherever it stands."""
    if isinstance(value, PairFigures):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures_in(getattr(value, field.name))


@in_both
@in_every_catalog
def test_a_guide_and_the_pages_of_its_pairs_agree(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    page = build(snapshot)
    spoken_of = list(figures_in(page))
    quants = {quant.short_name: quant.spec for quant in snapshot.quants}
    linked = {link for link in read(build, snapshot).main_links if link.startswith("/run/") and link != "/run/"}
    assert linked == {example.address for example in spoken_of}
    for example in spoken_of:
        pair, rows = page_of(snapshot, example.address)
        row = rows[example.quant]
        assert (example.need, example.fits) == (need_of(row), says_it_fits(row))
        assert example.ceiling == (row.ceiling if example.fits else "—")
        assert example.speed == example.ceiling.removeprefix("~").removeprefix("—")
        assert (example.model, example.gpu) == (pair.model.name, pair.gpu.name)
        assert example.bandwidth == figures.bandwidth(pair.gpu.spec.bandwidth_gb_s)
        if example.quant not in quants:
            continue
        need = rule_of_thumb.need_bytes(pair.model.spec, quants[example.quant])
        usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
        assert example.usable == figures.memories_apart(need, usable)[1]
        assert example.left_over == (figures.memory_in_prose(usable - need) if need <= usable else "0 MB")


@in_both
@in_every_catalog
def test_every_row_and_note_with_a_pair_shows_the_figures_of_its_page(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    reading = read(build, snapshot)
    for table in reading.tables:
        for cells, links in zip(table.rows, table.links, strict=True):
            for address in (link for link in links if link.startswith("/run/")):
                pair, rows = page_of(snapshot, address)
                row = rows[default_of(snapshot, pair.model).short_name]
                assert says_it_fits(row)
                assert cells[-1] == row.ceiling
                if table.head[-2] == "Context":
                    assert (f"up to {cells[-2]} tokens" in row.exact_note) if row.exact_note else cells[-2] == "—"
                else:
                    assert cells[-2] == need_of(row)
    for link in build(snapshot).pairs:  # type: ignore[attr-defined]  # both guides have pairs
        quant, _, rest = link.note.partition(": ")
        row = page_of(snapshot, link.address)[1][quant]
        assert rest in {f"{need_of(row)}, fits", f"{need_of(row)}, does not fit"}
        assert rest.endswith(", fits") == says_it_fits(row)
        if not says_it_fits(row):
            assert not row.fits
            assert not row.fits_exactly


FIGURE = re.compile(r"([\d.,]*\d) (GB/s|GB|MB|tokens/sec)|reach(?:es)? ([\d,]+)")


def allowed_in_prose(snapshot: Snapshot, links: Iterable[str]) -> set[str]:
    """Every figure that `fit` gives for the pairs that a page links."""
    allowed = set()
    for link in links:
        pair = find_pair(snapshot, link.split("/")[2])
        assert pair is not None
        usable = rule_of_thumb.usable_bytes(pair.gpu.spec)
        allowed |= {figures.gigabytes(pair.gpu.spec.nameplate_gb), figures.bandwidth(pair.gpu.spec.bandwidth_gb_s)}
        allowed |= {figures.memory_in_prose(usable * cards) for cards in range(1, 9)}
        for quant in snapshot.quants:
            need = rule_of_thumb.need_bytes(pair.model.spec, quant.spec)
            allowed |= {figures.memory(need), *figures.memories_apart(need, usable)}
            if need <= usable:
                allowed.add(figures.memory_in_prose(usable - need))
                ceiling = rule_of_thumb.ceiling_tokens_s(pair.model.spec, quant.spec, pair.gpu.spec)
                if ceiling is not None:
                    allowed.add(f"{figures.ceiling_in_prose(ceiling)} tokens/sec")
    return allowed


@in_both
@as_started_and_edited
def test_no_figure_in_a_sentence_is_typed(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    reading = read(build, snapshot)
    allowed = allowed_in_prose(snapshot, [link for link in reading.main_links if re.match(r"/run/.", link)])
    stated = [
        f"{reached} tokens/sec" if reached else f"{number} {unit}"
        for number, unit, reached in FIGURE.findall(reading.prose)
    ]
    assert len(stated) > 10
    assert set(stated) <= allowed


@in_every_catalog
def test_where_need_is_held_against_usable_memory_it_fits_by_the_rule_too(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    guide, local = quantization.build(snapshot), local_guide.build(snapshot)
    sides = [guide.mixture]
    sides += [guide.trade.larger, guide.trade.smaller] if guide.trade else []
    sides += [guide.speed.slower, guide.speed.faster] if guide.speed else []
    sides += [local.bandwidths.slower, local.bandwidths.faster] if local.bandwidths else []
    sides += [local.unified.machine, local.unified.card] if local.unified else []
    sides += [local.mixture.mixture, local.mixture.dense] if local.mixture else []
    for example in sides:
        if example:
            assert example.fits
            assert page_of(snapshot, example.address)[1][example.quant].fits
