"""The accounting meets what it must against llama.cpp's own answers, and names nobody to do so."""

import json
import re

import pytest

from fit.architecture import LayerGroup
from fit.mixers import GroupedQueryAttention
from fit.tensors import layers
from tests.processes import ROOT
from tests.truth.goals import GOALS
from tests.truth.models import Models, records
from tests.truth.oracle_rows import OWN_ORACLE, all_rows
from tests.truth.row import Row
from tests.truth.run import MEMORY_CHECK
from tests.truth.summary import WORST_WITHOUT_REASON, Line, as_published, summary

FIRST = ("weights", "cache f16", "cache q8_0", "cache q4_0", "total")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return all_rows()


@pytest.fixture(scope="module")
def lines(rows: list[Row]) -> dict[str, Line]:
    return {line.check: line for line in summary(rows, GOALS)}


@pytest.mark.parametrize("check", GOALS)
def test_every_check_is_met_and_leaves_no_row_unanswered(lines: dict[str, Line], check: str) -> None:
    assert lines[check].met is True, lines[check]
    assert lines[check].unanswered == 0, lines[check]


def test_every_check_has_a_goal_or_a_reason(lines: dict[str, Line]) -> None:
    assert set(lines) - set(GOALS) == {"rule of thumb"}


def test_a_model_is_excused_only_where_it_needs_to_be(rows: list[Row]) -> None:
    excused = {(check, model) for check, goal in GOALS.items() for model in goal.named}
    assert excused == {(row.check, row.model) for row in rows if _is_above(row)}


def _is_above(row: Row) -> bool:
    worst = GOALS[row.check].worst if row.check in GOALS else None
    return worst is not None and row.error is not None and abs(row.error) > worst


def test_a_check_whose_worst_is_above_the_bound_says_why_and_no_other(lines: dict[str, Line]) -> None:
    for check, goal in GOALS.items():
        line = lines[check]
        assert line.worst_row is not None or not line.worst
        has_reason = bool(goal.reason) or bool(line.worst_row and line.worst_row.model in goal.named)
        needed = line.worst > WORST_WITHOUT_REASON
        assert has_reason if needed else not goal.reason, check


@pytest.mark.parametrize("check", FIRST)
def test_the_first_checks_cover_all_the_first_models(lines: dict[str, Line], check: str) -> None:
    assert lines[check].models == 52


def test_every_cache_in_f16_is_exact(lines: dict[str, Line]) -> None:
    assert lines["cache f16"].exact == lines["cache f16"].rows == 4356


def test_the_rule_of_thumb_is_far_from_it(lines: dict[str, Line]) -> None:
    assert lines["rule of thumb"].median > 0.1


def test_the_decision_on_placement_states_the_worst_of_few_layers_on_the_card(rows: list[Row]) -> None:
    text = " ".join((ROOT / "docs/decisions/placement-is-searched-over-flags.md").read_text().split())
    worst = {}
    for count in (0, 1, 2):
        errors = [row.error or 0 for row in rows if row.detail.startswith(f"-ngl {count} ") and ", VRAM" in row.check]
        worst[count] = f"{max(errors):+.0%}", f"{min(errors):+.0%}"
    assert f"The worst with `-ngl 0` are {worst[0][0]} (Command-R" in text
    assert f" and {worst[0][1]} (Llama 4 Scout" in text
    assert f"with `-ngl 1` {worst[1][0]} and {worst[1][1]}, with `-ngl 2` {worst[2][0]} and {worst[2][1]}." in text


def test_layers_that_share_a_cache_stand_after_all_that_have_their_own() -> None:
    models, checked = Models(None), 0
    for slug, record in records("models.jsonl").items():
        shares = (
            [_shares_a_cache(group) for group in layers(models.architecture(slug))] if "architecture" in record else []
        )
        checked += any(shares)
        assert shares == sorted(shares), slug
    assert checked == 4


def _shares_a_cache(group: LayerGroup) -> bool:
    return any(isinstance(mixer, GroupedQueryAttention) and mixer.kv == "shared" for mixer in group.mixers)


def test_the_site_publishes_the_errors_that_the_check_finds(lines: dict[str, Line]) -> None:
    assert MEMORY_CHECK.read_text(encoding="utf-8") == as_published(lines.values()), "Run `make truth`."


def test_nothing_in_fit_names_a_model() -> None:
    names = set(Models(OWN_ORACLE).slugs) | {
        "llama-2",
        "llama-3",
        "llama-4",
        "qwen",
        "mixtral",
        "mistral",
        "gemma",
        "deepseek",
        "gpt-oss",
        "phi-",
    }
    names |= {
        json.loads(line)["family"] for line in (ROOT / "catalog/data/models.jsonl").read_text().split("\n") if line
    }
    words = {name.lower() for name in names if len(name) > 3}
    code = {path.name: path.read_text().lower() for path in (ROOT / "fit").glob("*.py")}
    wrong = {
        (name, word)
        for name, text in code.items()
        for word in words
        if re.search(rf"(?<![a-z]){re.escape(word)}", text)
    }
    assert wrong == set()
