"""Which rows are in which line of the table, with which goals, and how it reads."""

import dataclasses
from typing import Any

import pytest

from fit.calibration.agreement import Agreement, Goals, compare
from fit.calibration.report import OF_MEASURED, report, table
from fit.observation import Observation, predicted_tokens_s
from tests.fit.constants import decode_class, speed_constants
from tests.fit.observations import GB, as_predicted, observation, work

CONSTANTS = speed_constants(classes={"usual": decode_class(), "few": decode_class()}, held_out={})
IN_RAM: dict[str, Any] = {"offload": "-ngl 20 of 41", "says_what_is_in_ram": True}


def lines(*rows: Observation) -> dict[str, Agreement]:
    return {line.name: line for line in table(compare(rows, CONSTANTS), CONSTANTS)}


def test_each_line_has_the_rows_of_its_kind() -> None:
    named = lines(
        observation(slug="own"),
        observation(slug="llamafile", runtime="llamafile", parameters=10**9),
        observation(slug="mixture", work=work(GB, mixture=True), parameters=None),
        observation(slug="linear", work=work(GB, linear_layers=24)),
        observation(slug="deep", depth=4096, work=work(GB, quantized_cache=True)),
        observation(slug="deeper", depth=32768),
        observation(slug="few", speed_class="few"),
        observation(slug="old", is_old_build=True),
        observation(slug="doubted", for_calibration=False),
        observation(slug="layers", cards=2, split="layer"),
        observation(slug="rows", cards=2, split="row"),
        observation(slug="tensors", cards=2, split="tensor"),
        observation(slug="in ram", ram_gb_s=51.2, **IN_RAM),
        observation(slug="in some ram", **IN_RAM),
        observation(slug="nobody knows", offload="partial", ram_gb_s=51.2),
    )
    assert {name: line.rows for name, line in named.items()} == {
        "all of any class": 7,
        "dense, without LocalScore": 5,
        "dense, with LocalScore": 6,
        "mixture of experts": 1,
        "linear attention": 1,
        "under 2B parameters": 1,
        "4K tokens and more in the cache": 2,
        "32K tokens and more in the cache": 1,
        "quantized cache": 1,
        "class usual": 6,
        "class few": 1,
        "not used: builds of 2023-24": 1,
        "not used: builds of today": 1,
        "several cards, layer split": 1,
        "several cards, tensor split": 1,
        "offload, RAM named": 1,
        "offload, RAM not named": 1,
    }


def test_what_two_other_models_of_the_card_gave_is_a_line_of_its_own() -> None:
    rows = [observation(slug=slug, tokens_s=10.0) for slug in ("one", "two")]
    line = next(line for line in table(compare(rows, speed_constants()), speed_constants()) if line.name == OF_MEASURED)
    assert (line.rows, line.median, line.goals) == (1, pytest.approx(0.1), Goals(median=0.07, p90=0.25))


def test_a_class_has_a_goal_from_five_cards_on_and_its_coverage_from_forty_rows_on() -> None:
    def goals(cards: int, rows: int) -> Goals:
        of = [observation(slug=f"{card}-{row}", card=f"{card}") for card in range(cards) for row in range(rows)]
        return lines(*of)["class usual"].goals

    assert (goals(4, 1).median, goals(5, 1).median) == (None, 0.15)
    assert (goals(4, 9).coverage, goals(4, 10).coverage) == (None, (0.75, 0.92))


def test_without_rows_there_is_no_line() -> None:
    assert table([], CONSTANTS) == []


def test_it_says_what_was_met_and_what_was_missed() -> None:
    near = as_predicted(CONSTANTS)
    for share, words in ((1, "met"), (0.5, "MISSED")):
        text = report([dataclasses.replace(near, tokens_s=share * near.tokens_s)], CONSTANTS)
        line = next(line for line in text.splitlines() if line.startswith("dense, with LocalScore"))
        assert line.split()[3:6] == ["1", "1", f"{1 / share - 1:.1%}"]
        assert line.endswith(words)


def test_rows_with_several_cards_or_ram_are_told_one_by_one() -> None:
    row = observation(slug="two", label="Two", cards=2, split="layer", tokens_s=50.0)
    predicted = predicted_tokens_s(row, CONSTANTS)
    assert f"  2 x Two: {predicted:.1f}, 50.0, {predicted / 50 - 1:+.0%}" in report([row], CONSTANTS).splitlines()
    in_ram = observation(slug="ram", label="Ram", tokens_s=50.0, **IN_RAM)
    assert "  Ram (-ngl 20 of 41): " in report([in_ram], CONSTANTS)


def test_where_nobody_names_the_ram_it_counts_whether_a_measurement_is_between_the_usual_ends() -> None:
    """Read at 40% of 51.2 and of 89.6 GB/s, ranges from 0.8 to 1.25 of that."""
    in_ram = {**IN_RAM, "work": work(4 * GB, ram_layer_bytes=4 * GB, layers=0)}
    ends = [predicted_tokens_s(observation(ram_gb_s=pace, **in_ram), CONSTANTS) for pace in (51.2, 89.6)]
    speeds = (0.79 * ends[0], 0.81 * ends[0], 1.24 * ends[1], 1.26 * ends[1])
    rows = [observation(slug=f"{speed}", tokens_s=speed, **in_ram) for speed in speeds]
    assert "2 of 4 between the two usual ends of RAM, their ranges counted in" in report(rows, CONSTANTS)
