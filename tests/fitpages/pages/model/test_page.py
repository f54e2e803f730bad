"""A model's page says what one needs for it, whatever is asked of it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.pages.common.pair_line import PairLine
from fitpages.pages.model import page as model_page
from fitpages.pages.model.page import ModelPage
from tests.fitpages.levels import with_native
from tests.fitpages.markets import with_markets
from tests.small_catalog import snapshot_of


def page(snapshot: Snapshot, model: str = "small-8b", **query: str) -> ModelPage:
    return model_page.build(snapshot, snapshot.models[model], query)


def test_it_stands_under_the_list_of_models_at_its_own_address(small: Snapshot) -> None:
    built = page(small)
    assert built.address == "/models/small-8b/"
    assert [crumb.text for crumb in built.breadcrumbs] == ["Models", "Small 8B"]
    assert built.heading == "What do I need for Small 8B?"


def test_only_the_plain_address_is_indexed(small: Snapshot) -> None:
    assert page(small).indexable
    for query in ({"context": "8192"}, {"speed": "30"}, {"runs": "no"}, {"page": "2"}, {"colour": "red"}):
        assert not page(small, **query).indexable
        assert page(small, **query).canonical == page(small).canonical


def test_a_filter_that_there_is_not_is_said_to_be_none(small: Snapshot) -> None:
    assert page(small, colour="red").unknown == "This page has no filter “colour”."
    assert page(small, runs="no").unknown == ""


def test_every_machine_is_there_once_with_the_answer_to_the_pair(small: Snapshot) -> None:
    for model in small.models.values():
        rows = page(small, model.slug, runs="all").machines.rows
        answers = {gpu.slug: PairLine(answer(small, model, gpu)) for gpu in small.gpus.values()}
        assert {row.line.gpu.slug: row.line for row in rows} == answers


def test_context_and_speed_are_what_the_ladder_is_for() -> None:
    snapshot = with_markets()
    usual, longer = page(snapshot), page(snapshot, context="32768", speed="0")
    assert {rung.context for rung in usual.rungs if rung.machine} == {"16K"}
    assert {rung.context for rung in longer.rungs if rung.machine} == {"32K"}
    assert [choices.value for choices in longer.choices] == ["32768", "0"]


def test_a_context_beyond_the_native_one_is_said_to_need_scaling(small: Snapshot) -> None:
    assert page(small, "mixture-30b", context="32768").scaled == ""
    assert page(small, "mixture-30b", context="65536").scaled == "64K is beyond its 32K: it needs rope scaling."


def test_where_no_way_leads_anywhere_the_page_says_so() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in with_markets().gpus.values() if gpu.slug == "rtx-8"])
    built = page(snapshot, "large-70b")
    assert not built.possible
    assert built.answer.bold == "No common machine"
    assert built.plot is None


def test_without_tensors_the_rule_is_named() -> None:
    built = page(with_markets(), "closed-100b", context="16384")
    assert built.possible
    assert built.answer.bold == "An H80"
    assert built.answer.rest.startswith("runs it at Q4_K_M by the rule of thumb")
    assert built.choices[0].links == ()
    assert built.plot is None


def test_of_a_model_made_in_four_bits_every_way_is_at_that_level(monkeypatch: pytest.MonkeyPatch) -> None:
    built = page(with_native(monkeypatch), "native-30b")
    assert {rung.level for rung in built.rungs if rung.machine} == {"MXFP4"}


def test_the_sources_of_the_record_are_there(small: Snapshot) -> None:
    assert len(page(small).sources) == len(small.models["small-8b"].sources) > 0
