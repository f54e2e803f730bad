"""What the guide compares between levels is what the tables of the pairs' pages say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair
from fitpages.pages.common.level_table import LevelTable
from fitpages.pages.guides.level_examples import speed_gain, trade
from fitpages.pages.guides.pair_figures import pair_figures
from fitpages.pages.pair import page as pair_page
from tests.fitpages.levels import native_model, with_native
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import snapshot_of


def card(memory_gb: int) -> PublishedGpu:
    """A common card with memory of its own."""
    mib = {"reported_mib": memory_gb * 1010, "reported_by": "cuda"}
    return published_gpu(f"RTX {memory_gb}", memory_gb=memory_gb, bandwidth_gb_s=1008, **mib)


def levels_of(snapshot: Snapshot, model: str, gpu: str) -> LevelTable:
    return pair_page.build(snapshot, Pair(snapshot.models[model], snapshot.gpus[gpu])).levels


def two_models(memory_gb: int) -> Snapshot:
    """A larger and a smaller dense model, and a card."""
    large = published_model("Large 32B", 32 * 10**9, dense(layers=64, width=5120, heads=40, feed_forward=27648))
    small = published_model("Small 14B", 14 * 10**9, dense(layers=48, width=5120, heads=40, feed_forward=13824))
    return snapshot_of(gpus=[card(memory_gb)], models=[large, small], benchmarks=())


def test_a_trade_is_a_lower_level_for_more_weights_with_the_figures_of_both_pages() -> None:
    snapshot = two_models(24)
    shown = trade(snapshot)
    assert shown
    slugs = ("large-32b", "small-14b")
    large, small = (answer(snapshot, snapshot.models[slug], snapshot.gpus["rtx-24"]) for slug in slugs)
    assert (shown.larger, shown.smaller) == (pair_figures(large), pair_figures(small))
    assert snapshot.all_quants.index(large.quant) > snapshot.all_quants.index(small.quant)
    for side, model in enumerate(slugs):
        table = levels_of(snapshot, model, "rtx-24")
        for row, level in zip(shown.rows, table.rows, strict=True):
            of_side = (row.larger, row.smaller)[side]
            assert row.name == level.name
            assert of_side == (level.counted[0], "—" if "at " in level.span else level.expect)
        room = (shown.larger_room, shown.smaller_room)[side]
        assert room == next(level.counted[1] for level in table.rows if level.is_advised)
    assert {row.larger.tokens_s == "—" for row in shown.rows} == {True, False}, "Some are held, some are not."


@pytest.mark.parametrize("memory_gb", [12, 96], ids=["the larger one does not run", "both run at the same level"])
def test_there_is_no_trade_where_nothing_is_traded(memory_gb: int) -> None:
    assert trade(two_models(memory_gb)) is None


def test_a_level_that_nobody_makes_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A native model has one level alone: here it is the larger of the two."""
    small = with_native(monkeypatch)
    native = native_model()
    native = replace(native, spec=replace(native.spec, mixture_of_experts=False, active_parameters=None))
    snapshot = replace(
        small, models={**small.models, native.slug: native}, models_by_size=(small.models["small-8b"], native)
    )
    shown = trade(replace(snapshot, gpus={"rtx-24": card(24)}, common_gpus=(card(24),)))
    assert shown
    assert {row.larger for row in shown.rows} == {("—", "—")}


def test_the_gain_is_between_the_best_level_that_the_card_holds_and_the_default() -> None:
    snapshot = snapshot_of(gpus=[card(12)], benchmarks=())
    gain = speed_gain(snapshot)
    assert gain
    table = {row.name: row for row in levels_of(snapshot, "small-8b", "rtx-12").rows}
    held = [row for row in table.values() if row.expect != "—" and "at " not in row.span]
    assert held[0].name == gain.slower_level == "Q8_0"
    assert (gain.slower, gain.faster) == (held[0].expect, table["Q4_K_M"].expect)
    assert gain.faster_level == "Q4_K_M"
    assert abs(Decimal(gain.ratio) - Decimal(gain.faster) / Decimal(gain.slower)) < Decimal("0.06")


@pytest.mark.parametrize("memory_gb", [3, 6], ids=["the card runs nothing", "nothing above the default"])
def test_there_is_no_gain_without_two_levels(memory_gb: int) -> None:
    assert speed_gain(snapshot_of(gpus=[card(memory_gb)], benchmarks=())) is None


def test_without_a_card_or_models_there_is_neither() -> None:
    for nothing in ({"gpus": []}, {"models": []}):
        snapshot = snapshot_of(**nothing, benchmarks=())
        assert trade(snapshot) is None
        assert speed_gain(snapshot) is None
