"""The bar is drawn to one scale, exact where it fits exactly, and says the same in words."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.bar import SCALE, MemoryBar, _stacked, memory_bar
from fitpages.text import figures
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def bar(small: Snapshot, model: str, gpu: str) -> MemoryBar:
    return memory_bar(assessed_pair(small, Pair(small.models[model], small.gpus[gpu])))


def labels(of: MemoryBar) -> list[tuple[str, str]]:
    return [(part.kind, part.label) for part in of.parts]


def test_what_fits_exactly_is_shown_part_by_part(small: Snapshot) -> None:
    of = bar(small, "small-8b", "rtx-8")
    assert labels(of) == [
        ("need", "Weights at Q5_K_M"),
        ("cache", "KV cache at 8K"),
        ("buffers", "Buffers"),
        ("rest", "Left over"),
    ]
    assert of.text == "Q5_K_M takes 6.1 GiB at 8K tokens; 6.8 GiB is offered."


def test_what_fits_by_the_rule_alone_shows_what_is_left_over_by_the_rule(small: Snapshot) -> None:
    of = bar(small, "closed-100b", "h80")
    assert labels(of) == [("need", "Needed at Q4_K_M"), ("rest", "Left over")]
    assert of.text == "Q4_K_M needs 67 GB; 76 GB is usable."


def test_what_does_not_fit_shows_what_is_missing_and_nothing_left_over(small: Snapshot) -> None:
    of = bar(small, "large-70b", "rtx-24")
    assert [(part.kind, part.label, part.value) for part in of.parts] == [
        ("need", "Usable", "22.8 GB"),
        ("over", "Missing at Q3_K_M", "13.6 GB"),
    ]
    assert of.text == "Q3_K_M needs 36 GB; 23 GB is usable."


def test_where_the_rule_says_yes_and_the_accounting_no_what_is_exactly_missing_is_shown() -> None:
    tight = published_gpu("RTX 5", memory_gb=5, bandwidth_gb_s=256, reported_mib=4300, reported_by="cuda")
    of = bar(snapshot_of(gpus=[tight]), "small-8b", "rtx-5")
    assert labels(of) == [("need", "Offered"), ("over", "Missing at Q3_K_M with 8K tokens")]
    assert " is offered." in of.text


def test_every_bar_is_stacked_from_start_to_end(small: Snapshot) -> None:
    for model in small.models:
        for gpu in small.gpus:
            position = 0
            for part in bar(small, model, gpu).parts:
                assert part.start == position
                assert part.length >= 0
                position += part.length
            assert position == SCALE, (model, gpu)


@pytest.mark.parametrize(
    ("sizes", "stretches"),
    [
        ((1, 3), [(0, 250), (250, 750)]),
        ((0, 4), [(0, 0), (0, 1000)]),
        ((4, 0), [(0, 1000), (1000, 0)]),
        ((1, 1, 1), [(0, 333), (333, 333), (666, 334)]),
    ],
)
def test_pieces_leave_no_gap_however_they_round(sizes: tuple[int, ...], stretches: list[tuple[int, int]]) -> None:
    parts = _stacked([("need", "Any", Decimal(size)) for size in sizes], sum(sizes), figures.counted)
    assert [(part.start, part.length) for part in parts] == stretches


def test_an_exact_bar_is_in_gib_and_one_by_the_rule_in_gb(small: Snapshot) -> None:
    exact, by_rule = bar(small, "small-8b", "rtx-8"), bar(small, "large-70b", "rtx-24")
    assert {part.value.split()[1] for part in exact.parts} == {"GiB", "MiB"}
    assert {part.value.split()[1] for part in by_rule.parts} == {"GB"}
