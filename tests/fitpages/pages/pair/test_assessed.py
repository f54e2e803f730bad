"""What the sections of a pair's page are made from: one assessment, and which row they speak of."""

import pytest

from catalog.snapshot import Snapshot
from fit.expected import short_speeds
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def facts(small: Snapshot, model: str, gpu: str) -> AssessedPair:
    return assessed_pair(small, Pair(small.models[model], small.gpus[gpu]))


@pytest.mark.parametrize(
    ("model", "gpu", "shown"),
    [("small-8b", "rtx-24", "Q6_K"), ("mixture-30b", "rx-16-laptop", "Q3_K_M"), ("large-70b", "rtx-24", "Q3_K_M")],
)
def test_the_row_that_is_shown_is_the_best_that_fits_or_the_smallest(
    small: Snapshot, model: str, gpu: str, shown: str
) -> None:
    pair = facts(small, model, gpu)
    assert pair.shown_name == shown
    assert pair.shown is (pair.best or pair.assessment.smallest)


def test_the_default_row_is_that_of_the_popular_quantization_wherever_it_stands(small: Snapshot) -> None:
    assert facts(small, "small-8b", "rtx-24").default_fit.quant.slug == "q4-k-m"
    other = snapshot_of(default_slug="fp16")
    pair = facts(other, "small-8b", "rtx-24")
    assert (pair.default_fit.quant.slug, pair.short_name(pair.default_fit)) == ("fp16", "FP16")
    assert pair.name(pair.default_fit) == "FP16 (full)"


@pytest.mark.parametrize(
    ("model", "gpu", "need", "usable"),
    [
        ("small-8b", "rtx-8", "6.1 GiB", "6.8 GiB"),
        ("closed-100b", "h80", "67 GB", "76 GB"),
        ("large-70b", "rtx-24", "36 GB", "23 GB"),
    ],
    ids=["exactly where it fits exactly", "by the rule without an accounting", "by the rule where nothing fits"],
)
def test_need_and_usable_are_of_one_kind(small: Snapshot, model: str, gpu: str, need: str, usable: str) -> None:
    shown = facts(small, model, gpu).need_against_usable
    assert shown == (need, usable)


def test_where_the_rule_says_yes_and_the_accounting_no_the_accounting_is_shown() -> None:
    tight = published_gpu("RTX 5", memory_gb=5, bandwidth_gb_s=256, reported_mib=4300, reported_by="cuda")
    pair = facts(snapshot_of(gpus=[tight]), "small-8b", "rtx-5")
    assert pair.best is None
    assert pair.shown.fits
    assert pair.need_against_usable[1] == pair.about_gpu.offered


def test_nothing_is_left_in_ram_where_the_memory_is_the_system_s_own(small: Snapshot) -> None:
    assert facts(small, "large-70b", "mac-64").in_ram == (None, None)
    assert facts(small, "closed-100b", "rtx-8").in_ram == (None, None)
    assert all(facts(small, "mixture-30b", "rtx-8").in_ram)
    assert facts(small, "large-70b", "rtx-24").in_ram.experts is None


@pytest.mark.parametrize(
    ("model", "gpu", "level"),
    [
        ("small-8b", "rtx-24", "q6-k"),
        ("mixture-30b", "rtx-8", "q4-k-m"),
        ("closed-100b", "rtx-8", "q3-k-m"),
        ("large-70b", "rx-16-laptop", "q4-k-m"),
    ],
)
def test_the_command_is_for_the_level_advised_or_the_default_with_a_part_in_ram(
    small: Snapshot, model: str, gpu: str, level: str
) -> None:
    pair = facts(small, model, gpu)
    assert pair.of_command.quant.slug == level
    told = pair_page.build(small, pair.pair).command
    assert told is None or f"-{level.upper().replace('-', '_')}.gguf" in told.text or ":Q4_K_M" in told.text


def test_speeds_are_of_the_rows_that_fit(small: Snapshot) -> None:
    pair = facts(small, "small-8b", "rtx-8")
    assert set(pair.speeds) == {"q5-k-m", "q4-k-m", "q3-k-m"}
    assert pair.speeds == short_speeds(pair.assessment, pair.pair.gpu.spec)


def test_files_and_the_card_to_want_are_the_model_s(small: Snapshot) -> None:
    assert set(facts(small, "small-8b", "rtx-8").files) == {"q4-k-m"}
    assert facts(small, "large-70b", "rtx-8").files == {}
    assert facts(small, "large-70b", "rtx-8").wanted is small.gpus["h80"]
    assert facts(small, "large-70b", "rtx-8").card == "an RTX 8"
