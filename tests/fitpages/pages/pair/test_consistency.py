"""No page of a pair contradicts itself, by the same fixed sample of them all."""

import re

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.fixes import fixes
from fitpages.pages.pair.page import PairPage
from tests.fitpages.prose import sample_pages

DOES_NOT_FIT = "does not fit"


@pytest.fixture
def pages(snapshot: Snapshot) -> tuple[PairPage, ...]:
    return sample_pages(snapshot)


def test_the_card_to_want_is_not_among_those_that_do_not_fit(pages: tuple[PairPage, ...]) -> None:
    contradicted = [
        page.canonical
        for page in pages
        if page.prose.want_link
        for other in page.other_gpus
        if other.address == page.prose.want_link.address and other.note == DOES_NOT_FIT
    ]
    assert contradicted == []


def test_nothing_is_left_over_on_the_bar_of_a_no(pages: tuple[PairPage, ...]) -> None:
    left = [
        page.canonical for page in pages if not page.prose.fits and "Left over" in [p.label for p in page.bar.parts]
    ]
    assert left == []


def test_a_need_other_than_the_tables_says_what_it_is_the_need_of(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        needs = {row.name: row.need for row in page.rows}
        for name, need in re.findall(r"(\w+) already needs ([\d,.]+ [MG]B)(?! with)", page.prose.questions[0][1]):
            assert needs[name] == need, page.canonical


def test_other_models_do_not_all_fail_on_a_card_that_runs_some(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        if all(link.note == DOES_NOT_FIT for link in page.other_models):
            gpu = snapshot.gpus[page.gpu.address.split("/")[2]]
            smallest = Pair(snapshot.models_by_size[0], gpu)
            assert not pair_page.build(snapshot, smallest).prose.fits, page.canonical


def test_a_smallest_card_that_is_not_the_card_to_want_says_why(snapshot: Snapshot) -> None:
    said = 0
    for model in snapshot.models.values():
        pair = Pair(model, snapshot.gpus["gtx-1050-ti"])
        facts = assessed_pair(snapshot, pair)
        fix = next((fix for fix in fixes(snapshot, facts) if fix.name == "The smallest card that runs it"), None)
        if fix and fix.link:
            is_wanted = facts.wanted is not None and facts.wanted.name == fix.link.text
            assert ("without the room that the rule of thumb leaves" in fix.text) is not is_wanted
            said += not is_wanted
    assert said
