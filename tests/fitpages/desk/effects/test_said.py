"""What is said of an answer: a change is what readers read otherwise."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.desk.effects.said import line, need_line, reads_otherwise, said_of, speed_line
from fitpages.matching.answers import Answer, answer
from fitpages.pages.common import answer_words
from tests.fitpages.desk.effects.changed import with_gpu


def of(snapshot: Snapshot, model: str, gpu: str) -> Answer:
    return answer(snapshot, snapshot.models[model], snapshot.gpus[gpu])


@pytest.mark.parametrize(
    ("model", "gpu", "begins"),
    [
        ("small-8b", "rtx-24", "on the card, Q6_K, 32K, "),
        ("small-8b", "mac-64", "in memory, Q6_K, 32K, "),
        ("mixture-30b", "rtx-8", "with RAM, Q4_K_M, 8K, "),
        ("closed-100b", "rtx-8", "no, Q4_K_M takes 67.2 GB"),
        ("closed-100b", "h80", "on the card, Q4_K_M, by the rule of thumb"),
    ],
)
def test_a_line_is_the_answer_of_lists(small: Snapshot, model: str, gpu: str, begins: str) -> None:
    of_pair = of(small, model, gpu)
    assert line(of_pair).startswith(begins)
    assert answer_words.kind_words(of_pair) in line(of_pair)


def test_lines_of_figures_say_what_they_are_of(small: Snapshot) -> None:
    of_pair = of(small, "small-8b", "rtx-24")
    assert speed_line(of_pair) == f"{answer_words.tokens_s(of_pair)} tokens/s at Q6_K, 32K"
    assert need_line(of_pair) == f"{answer_words.takes(of_pair)} at Q6_K, 32K"
    assert need_line(of(small, "closed-100b", "h80")).endswith(" GB at Q4_K_M")


def test_a_change_below_what_is_printed_is_none(small: Snapshot) -> None:
    before = of(small, "small-8b", "rtx-24")
    little = of(with_gpu("rtx-24", bandwidth_gb_s=Decimal("1008.01")), "small-8b", "rtx-24")
    assert before.verdict != little.verdict
    assert said_of(before) == said_of(little)
    assert not reads_otherwise(before, little)
    assert reads_otherwise(before, of(with_gpu("rtx-24", bandwidth_gb_s=Decimal(500)), "small-8b", "rtx-24"))


def test_less_memory_is_read_where_the_verdict_is_the_same(small: Snapshot) -> None:
    before, after = (of(snapshot, "small-8b", "rtx-24") for snapshot in (small, with_gpu("rtx-24", reported_mib=23000)))
    assert before.verdict.kind is after.verdict.kind
    assert reads_otherwise(before, after)
