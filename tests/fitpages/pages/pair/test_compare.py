""" "What people compare": lists of pairs, each with the answer that its own page gives."""

import pytest

from fitpages.matching.answers import answer
from fitpages.matching.pairs import find_pair
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.pair.compare import compared
from tests.fitpages.pages.pair.kinds import PAIRS, catalog, pair
from tests.small_catalog import five_gpus, four_models, snapshot_of


def test_both_lists_have_a_heading_and_leave_the_pair_itself_out() -> None:
    machines, models = compared(catalog(), pair("on the card"))
    assert (machines.heading, models.heading) == ("Small 8B on other machines", "Other models on an RTX 24")
    assert [line.text for line in machines.lines] == ["Mac 8", "RTX 8", "Mac 64", "H80"]
    assert [line.text for line in models.lines] == ["Narrow 3B", "Old 2B", "Mixture 30B", "Native 30B"]


@pytest.mark.parametrize("name", PAIRS)
def test_a_line_says_what_the_page_that_it_leads_to_says(name: str) -> None:
    snapshot = catalog()
    for of_kind in compared(snapshot, pair(name)):
        for line in of_kind.lines:
            other = find_pair(snapshot, line.address.removeprefix("/run/").strip("/"))
            assert other
            assert other != pair(name)
            assert line.text in (other.model.name, other.gpu.name)
            assert line.note == short_line(answer(snapshot, other.model, other.gpu))


def test_a_list_that_is_empty_is_left_out() -> None:
    alone = snapshot_of(models=four_models()[:1], gpus=five_gpus()[:1])
    name = next(iter(alone.models)) + "-on-rtx-24"
    of = find_pair(alone, name)
    assert of
    assert compared(alone, of) == ()
