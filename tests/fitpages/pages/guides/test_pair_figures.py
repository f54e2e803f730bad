"""What a guide says of pairs: no figure is typed, and none contradicts the page of the pair."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from catalog.snapshot import Snapshot
from fit.advice import advised_bytes
from fit.verdict import Kind
from fitpages.matching.answers import answer, candidates
from fitpages.matching.pairs import Pair
from fitpages.pages.common import answer_words
from fitpages.pages.common.page import Page
from fitpages.pages.guides.pair_figures import links_to, on_card, pair_figures, running
from fitpages.pages.pair import page as pair_page
from fitpages.site import Link
from tests.fitpages.catalogs import CATALOGS
from tests.fitpages.guides import answer_at, figures_in, in_both, read
from tests.fitpages.pages.pair.kinds import PAIRS, catalog
from tests.published import published_gpu

SOME = [CATALOGS[name] for name in ("as it starts", "edited", "without the examples", "drivers that report much")]


@pytest.mark.parametrize("name", PAIRS)
def test_a_pair_of_every_kind_is_said_as_lists_say_it(name: str) -> None:
    model, gpu = PAIRS[name]
    of_pair = answer(catalog(), catalog().models[model], catalog().gpus[gpu])
    shown = pair_figures(of_pair)
    assert shown.address == f"/run/{model}-on-{gpu}/"
    assert (shown.level, shown.context) == (answer_words.level(of_pair), answer_words.context(of_pair))
    assert (shown.takes, shown.tokens_s) == (answer_words.takes(of_pair), answer_words.tokens_s(of_pair))
    assert shown.link == Link(f"{shown.model} on {shown.gpu}", shown.address, answer_words.short_line(of_pair))


@in_both
@pytest.mark.parametrize("edit", SOME)
def test_every_pair_that_a_guide_names_has_the_words_of_its_page(
    snapshot: Snapshot, build: Callable[[Snapshot], Page], edit: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = edit(snapshot)
    spoken_of = list(figures_in(build(snapshot)))
    assert spoken_of
    for example in spoken_of:
        of_pair = answer_at(snapshot, example.address)
        assert example == pair_figures(of_pair)
        said = pair_page.build(snapshot, Pair(of_pair.model, of_pair.gpu)).answer
        assert not example.speed or example.tokens_s == "—" or example.speed in f"{said.bold} {said.rest}"


@in_both
def test_every_row_and_note_with_a_pair_shows_the_answer(snapshot: Snapshot, build: Callable[[Snapshot], Page]) -> None:
    reading, seen = read(build, snapshot), 0
    for table in reading.tables:
        if {"Level", "Tokens/s"} - set(table.head):
            continue
        for cells, links in zip(table.rows, table.links, strict=True):
            pairs = [link for link in links if link.startswith("/run/")]
            for address in pairs:
                shown = pair_figures(answer_at(snapshot, address))
                row = dict(zip(table.head, cells, strict=True))
                assert (row["Level"], row["Context"], row["Tokens/s"]) == (shown.level, shown.context, shown.tokens_s)
                seen += 1
    notes = [example.link for example in figures_in(build(snapshot))]
    listed = {link.address: link for link in build(snapshot).pairs}  # type: ignore[attr-defined]
    assert listed
    assert all(link in notes for link in listed.values())
    assert seen or build.__module__.endswith("quantization")


def test_a_link_stands_once_for_each_pair(small: Snapshot) -> None:
    shown = pair_figures(answer(small, small.models["small-8b"], small.gpus["rtx-24"]))
    assert links_to([shown, shown, replace(shown, address="/run/other/")]) == (
        shown.link,
        replace(shown, address="/run/other/").link,
    )


def test_on_the_card_is_what_its_page_says_at_the_default_or_better() -> None:
    snapshot = catalog()
    outcomes = set()
    for model, gpu in product(snapshot.models.values(), snapshot.gpus.values()):
        of_model, there = candidates(snapshot, model), answer(snapshot, model, gpu)
        levels = list(of_model.levels.worthy)
        is_good = (
            there.verdict.kind is Kind.ON_CARD
            and there.verdict.is_counted
            and levels.index(there.verdict.quant) <= levels.index(of_model.levels.default)
        )
        outcomes.add((there.verdict.kind, is_good))
        assert (on_card(snapshot, model, gpu) == there) is is_good, (model.slug, gpu.slug)
    assert {(Kind.ON_CARD, True), (Kind.ON_CARD, False)} <= outcomes, "Both sides of the default are met."


def test_a_level_below_the_default_that_is_faster_does_not_count(small: Snapshot) -> None:
    """A machine that holds the default, but makes two tokens per second at a lower level alone."""
    large, levels = small.models["large-70b"], {}
    for bandwidth in (84, 96, 120, 168):
        slow = published_gpu("Slow 64", 64, bandwidth, unified_memory=True, vendor="Other", reported_mib=60000)
        there = answer(small, large, slow)
        levels[there.verdict.kind is Kind.ON_CARD and there.quant.name] = on_card(small, large, slow) is not None
    assert levels == {False: False, "Q3_K_M": False, "Q4_K_M": True, "Q5_K_M": True}


def test_what_runs_comes_the_largest_first(small: Snapshot) -> None:
    names = [there.model.name for there in running(small, small.gpus["h80"])]
    assert names == ["Large 70B", "Mixture 30B", "Small 8B"], "Of Closed 100B nothing is counted."


def test_a_model_that_the_card_does_not_hold_is_not_asked(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    large, card = small.models["large-70b"], small.gpus["rtx-24"]
    exact = candidates(small, large).default.exact_bytes
    assert exact
    assert exact > advised_bytes(card.spec)
    monkeypatch.setattr("fitpages.pages.guides.pair_figures.answer", None)
    assert on_card(small, large, card) is None
