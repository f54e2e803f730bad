"""Questions are read, answered and counted; what we cannot answer is named."""

import json
import statistics
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fit import speed
from fit.flags import Flags
from tests.truth.answers import Answer, answer
from tests.truth.cases import Answered, answer_all, table
from tests.truth.desk import Desk
from tests.truth.labels import NEAREST, mix_of
from tests.truth.outside import REASONS
from tests.truth.questions import Ask, CasesError
from tests.truth.row import NotAnsweredError
from tests.truth.speed_answers import Ends

L4 = [{"gpu": "l4", "count": 1}]
# Kinds whose questions about memory are held to be answered right, nearly all of them.
HELD = ("K1", "K4", "K7", "K8", "K9", "P1", "P2", "P3", "P6", "R1", "R2", "R3", "R4", "R5", "R6", "R7")


def answered(tmp_path: Path, what: str, right: Any, tolerance: float | None = 0, **ask: Any) -> Answered:
    """The answer to one made-up question."""
    case = {"id": "a", "kind": "R1", "kind_name": "made up", "what": what, "right": right, "tolerance": tolerance}
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({**case, "ask": ask}) + "\n\n")
    (answer,) = answer_all(path)
    return answer


@pytest.mark.parametrize(
    ("what", "right", "ask"),
    [
        ("cache_bytes", 327680 * 4096, {"model": "qwen2-5-72b", "context": 4096}),
        ("cache_bytes_per_token", 327680, {"model": "qwen2-5-72b"}),
        ("recurrent_bytes", 0, {"model": "qwen2-5-72b"}),
        ("file_bytes", 7, {"model": "qwen2-5-72b", "quant": "UD-Q4_K_XL", "file_bytes": 7}),
        ("bandwidth_gb_s", 300, {"gpus": L4}),
        ("fits", False, {"model": "qwen2-5-72b", "quant": "Q8_0", "context": 4096, "gpus": L4}),
        ("longest_context", 0, {"model": "qwen2-5-72b", "quant": "Q8_0", "gpus": L4}),
    ],
)
def test_a_question_is_answered_by_the_accounting(tmp_path: Path, what: str, right: Any, ask: dict[str, Any]) -> None:
    answer = answered(tmp_path, what, right, **ask)
    assert (answer.ours, answer.inside, answer.reason) == (right, True, "")


def test_what_the_driver_counts_holds_the_context_of_the_process(tmp_path: Path) -> None:
    asked = {"model": "qwen2-5-0-5b", "quant": "Q8_0", "context": 4096, "gpus": L4}
    plain = answered(tmp_path, "total_vram_bytes", 1, **asked)
    counted = answered(tmp_path, "total_vram_bytes", 1, with_context=True, **asked)
    assert isinstance(plain.ours, int)
    assert counted.ours == plain.ours + 450 * 2**20


def test_a_file_with_a_draft_block_is_larger(tmp_path: Path) -> None:
    asked = {"model": "qwen3-8-27b", "quant": "Q4_K_M"}
    with_draft = answered(tmp_path, "file_bytes", 1, draft=True, **asked)
    without = answered(tmp_path, "file_bytes", 1, **asked)
    assert with_draft.ours > without.ours


@pytest.mark.parametrize(("right", "tolerance", "inside"), [(300, 0, True), (301, 0, False), (301, 0.01, True)])
def test_an_answer_is_inside_its_tolerance_or_not(tmp_path: Path, right: int, tolerance: float, inside: bool) -> None:
    assert answered(tmp_path, "bandwidth_gb_s", right, tolerance, gpus=L4).inside is inside


@pytest.mark.parametrize(
    ("what", "ask", "reason"),
    [
        ("cache_bytes", {"model": "no-such", "context": 1}, "the catalog has no model no-such"),
        ("cache_bytes", {"model": "qwen2-5-72b"}, "the question names no context"),
        ("file_bytes", {"model": "qwen2-5-72b", "quant": "NO_MIX"}, "no rules are known for the mix NO_MIX"),
        ("offer_bytes", {"gpus": [{"gpu": "no-such", "count": 1}]}, "the catalog has no card no-such"),
        ("colour", {}, "nobody here answers colour"),
        ("decode_tokens_s", {"gpus": L4}, "the question names no model"),
    ],
)
def test_what_we_cannot_answer_is_named(tmp_path: Path, what: str, ask: dict[str, Any], reason: str) -> None:
    answer = answered(tmp_path, what, 1, **ask)
    assert (answer.ours, answer.difference, answer.inside, answer.reason) == (None, None, False, reason)


def test_prompts_are_faster_in_larger_micro_batches_where_experts_are_in_ram(tmp_path: Path) -> None:
    asked = {"model": "gpt-oss-120b", "quant": "MXFP4", "gpus": [{"gpu": "rtx-3090", "count": 1}], "depth": 8192}
    small, large, on_card = (
        answered(tmp_path, "prefill_tokens_s", 1, **asked, **more).ours
        for more in ({"n_cpu_moe": 26, "ubatch": 512}, {"n_cpu_moe": 26, "ubatch": 4096}, {})
    )
    assert 3 * small < large < on_card
    shared = {**asked, "gpus": [{"gpu": "dgx-spark", "count": 1}], "n_cpu_moe": 26}
    assert "the bus of dgx-spark is not known" in answered(tmp_path, "prefill_tokens_s", 1, **shared).reason


def test_the_table_counts_every_kind_and_speed_apart(tmp_path: Path) -> None:
    speeds = [answered(tmp_path, "decode_tokens_s", right, 0.1, **SEVENTY) for right in (5.5, 6, 9)]
    text = table([answered(tmp_path, "bandwidth_gb_s", 300, gpus=L4), *speeds])
    inside = sum(speed.inside for speed in speeds)
    assert f"R1    {1 + inside:8}       4       3       0  made up" in text
    assert "Inside are 1 of 1, 100.0%." in text
    middle = 1 + (speeds[1].difference or 0)
    assert f"  decode_tokens_s     {middle:6.2f}  {inside} of 3" in text
    assert f"  R1                  {middle:6.2f}  {inside} of 3" in text


SEVENTY = {"model": "qwen2-5-72b", "quant": "Q4_K_M", "gpus": L4}
IN_RAM = {**SEVENTY, "ngl": 40}


def test_speed_is_what_pages_say(tmp_path: Path) -> None:
    ours = answered(tmp_path, "decode_tokens_s", 1, **SEVENTY, depth=4096).ours
    desk, ask = Desk(), Ask(**SEVENTY)
    accounting, gpu = desk.accounting(ask), desk.gpus(ask)[0]
    assert ours == speed.decode(accounting, gpu, 4096).tokens_s
    named = answered(tmp_path, "decode_tokens_s", 1, **IN_RAM, ram="ddr4-4").ours
    assert named == speed.decode_offloaded(accounting, gpu, Flags(40), 64, ram_gb_s=102.4).tokens_s
    two = [{"gpu": "l4", "count": 2}]
    by_tensor = answered(tmp_path, "decode_tokens_s", 1, **{**SEVENTY, "gpus": two}, split="tensor").ours
    assert by_tensor == speed.decode(accounting, gpu, 64, cards=2, split="tensor").tokens_s


def test_where_no_ram_is_stated_right_is_between_the_two_ends(tmp_path: Path) -> None:
    ends = answered(tmp_path, "decode_tokens_s", 1, **IN_RAM).ours
    assert isinstance(ends, Ends)
    for right, difference in ((ends.low, 0), (ends.high, 0), (2 * ends.high, -0.5), (ends.low / 2, 1)):
        answer = answered(tmp_path, "decode_tokens_s", right, 0.1, **IN_RAM)
        assert (answer.difference, answer.inside) == (pytest.approx(difference), difference == 0)
    assert f"{ends.low:.2f} to {ends.high:.2f}" in table([answered(tmp_path, "decode_tokens_s", 1, **IN_RAM)])


def test_most_questions_about_speed_are_answered_right_and_none_lies_to_one_side() -> None:
    of_speed = [answer for answer in answer_all() if answer.is_of_speed]
    assert sum(answer.inside for answer in of_speed) >= 0.7 * len(of_speed)
    decoding = [answer.difference or 0 for answer in of_speed if answer.case.what == "decode_tokens_s"]
    assert abs(statistics.median(decoding)) < 0.1


def test_every_answer_outside_has_its_reason_and_no_other() -> None:
    answers = answer_all()
    assert [answer.case.id for answer in answers if answer.ours is None] == []
    assert [answer.case.id for answer in answers if not answer.inside] == list(REASONS)
    assert all(REASONS[answer.case.id] in table([answer]) for answer in answers if not answer.inside)


def test_an_answer_outside_without_a_reason_says_that_none_is_known(tmp_path: Path) -> None:
    text = table([answered(tmp_path, "bandwidth_gb_s", 301, gpus=L4)])
    assert "OUTSIDE: NO REASON IS KNOWN" in text
    assert "Inside are 0 of 1, 0.0%." in text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("not JSON", "line 1: Expecting value"),
        ("[]", "line 1: an object with named values is expected"),
        ('{"id": "a"}', "line 1: these names are missing: kind, kind_name, what, right, ask"),
    ],
)
def test_a_line_that_is_wrong_says_where_and_why(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(line)
    with pytest.raises(CasesError, match=words):
        answer_all(path)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ({"colour": 1}, "nobody can ask for colour"),
        ({"context": "long"}, 'context cannot be "long"'),
        ({"context": True}, "context cannot be true"),
        ({"gpus": [{}]}, "every entry of gpus must name its gpu"),
    ],
)
def test_an_ask_that_is_wrong_says_so(tmp_path: Path, ask: dict[str, Any], words: str) -> None:
    with pytest.raises(CasesError, match=words):
        answered(tmp_path, "fits", True, **ask)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match="cannot be read"):
        answer_all(tmp_path / "none.jsonl")


def test_a_label_without_rules_takes_the_nearest_mix() -> None:
    assert mix_of("UD-Q4_K_XL") == "Q4_K_M"
    assert mix_of("Q6_K") == "Q6_K"
    assert not set(NEAREST) & set(NEAREST.values())
    with pytest.raises(NotAnsweredError):
        mix_of("NO_MIX")


def test_nearly_all_questions_of_the_held_kinds_are_answered_right() -> None:
    held = [answer for answer in answer_all() if answer.case.kind in HELD and not answer.is_of_speed]
    outside = [answer.case.id for answer in held if not answer.inside]
    assert len(outside) <= 0.05 * len(held), outside


def test_a_file_of_a_label_that_is_no_level_counts_with_its_own_bytes() -> None:
    ask = Ask(model="qwen3-8-27b", quant="UD-Q4_K_XL", draft=True)
    assert answer(Desk(), "file_bytes", ask) == Answer(17_559_178_144)
    assert answer(Desk(), "file_bytes", replace(ask, quant="Q4_K_M")).ours != 17_559_178_144
    assert Desk().own_file(replace(ask, quant="Q4_K_M")) is None
