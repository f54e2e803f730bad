"""The guide to quantization: its needs, its measured quality and its examples."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.pages.guides import quantization
from fitpages.text import figures
from tests.fitpages.catalogs import (
    as_started_and_edited,
    changed,
    edited,
    in_every_catalog,
    unmeasured,
    without_examples,
)
from tests.fitpages.guides import read


@in_every_catalog
def test_needs_are_those_of_the_rule(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    reading = read(quantization.build, snapshot)
    if not snapshot.quants:
        assert not reading.tables
        return
    table = reading.tables[0]
    models = [snapshot.models[link.split("/")[2]] for link in table.head_links]
    assert [row[0].removesuffix(" default") for row in table.rows] == [quant.name for quant in snapshot.quants]
    assert [row[0].endswith(" default") for row in table.rows].count(True) == 1
    for row, quant in zip(table.rows, snapshot.quants, strict=True):
        assert Decimal(row[1]) == quant.spec.bytes_per_weight
        assert row[2:] == [figures.memory(rule_of_thumb.need_bytes(model.spec, quant.spec)) for model in models]


def test_the_models_are_the_known_ones_or_else_the_nearest_in_size(snapshot: Snapshot) -> None:
    starting = read(quantization.build, snapshot).tables[0]
    assert starting.head_links == ["/models/llama-3-1-8b/", "/models/llama-3-3-70b/"]
    snapshot = without_examples(snapshot)
    small, large = (
        snapshot.models[link.split("/")[2]] for link in read(quantization.build, snapshot).tables[0].head_links
    )
    common = [model.spec for model in snapshot.models.values() if model.common]
    dense = [spec.parameters for spec in common if not spec.mixture_of_experts]
    assert abs(small.spec.parameters - 8 * 10**9) == min(abs(parameters - 8 * 10**9) for parameters in dense)
    assert abs(large.spec.parameters - 70 * 10**9) == min(abs(parameters - 70 * 10**9) for parameters in dense)


def test_quality_is_what_was_measured_with_its_source(snapshot: Snapshot) -> None:
    reading = read(quantization.build, snapshot)
    for row, quant in zip(reading.tables[1].rows, snapshot.quants, strict=True):
        assert quant.perplexity is not None
        assert quant.perplexity_rise is not None
        assert quant.kl_divergence is not None
        assert row[0] == quant.name
        assert abs(Decimal(row[1]) - quant.perplexity_rise) <= Decimal("0.0005")
        assert abs(Decimal(row[2]) - quant.perplexity) <= Decimal("0.0005")
        assert abs(Decimal(row[3]) - quant.kl_divergence) <= Decimal("0.00005")
        assert row[4] == quant.quality
        assert quant.quality_source in reading.main_links
        assert quant.quality_basis in reading.prose
    assert reading.prose.count("Measured on") == len(
        {quant.quality_basis for quant in snapshot.all_quants if quant.perplexity}
    )


def test_the_other_levels_have_a_table_of_their_own_that_is_folded(snapshot: Snapshot) -> None:
    reading = read(quantization.build, snapshot)
    others = [quant for quant in snapshot.all_quants if quant not in snapshot.quants]
    assert others
    assert [(row[0], row[4]) for row in reading.tables[2].rows] == [(quant.name, quant.quality) for quant in others]


def test_a_measurement_that_is_missing_is_a_dash(snapshot: Snapshot) -> None:
    first, *rest = snapshot.quants
    reading = read(quantization.build, changed(snapshot, quants=[replace(first, kl_divergence=None), *rest]))
    assert reading.tables[1].rows[0][3] == "—"
    nothing = read(quantization.build, unmeasured(snapshot))
    assert {cell for row in nothing.tables[1].rows for cell in row[1:4]} == {"—"}
    assert "Measured on" not in nothing.prose


def test_steps_compare_the_default_with_its_neighbours(snapshot: Snapshot) -> None:
    page = quantization.build(snapshot)
    by_name = {quant.name: quant for quant in snapshot.quants}
    assert page.step_up is not None
    assert page.step_down is not None
    assert (page.step_up.neighbour, page.step_up.default) == ("Q5_K_M", "Q4_K_M")
    assert (page.step_down.neighbour, page.step_down.default) == ("Q3_K_M", "Q4_K_M")
    for step in (page.step_up, page.step_down):
        neighbour, default = by_name[step.neighbour], by_name[step.default]
        assert neighbour.kl_divergence
        assert default.kl_divergence
        change = abs(neighbour.spec.bytes_per_weight / default.spec.bytes_per_weight - 1)
        ratio = max(neighbour.kl_divergence / default.kl_divergence, default.kl_divergence / neighbour.kl_divergence)
        assert abs(Decimal(step.memory.rstrip("%")) / 100 - change) <= Decimal("0.005")
        assert abs(Decimal(step.divergence) - ratio) <= Decimal("0.05")


def test_a_step_that_the_measurements_contradict_is_left_out(snapshot: Snapshot) -> None:
    better = [replace(quant, kl_divergence=Decimal("0.001")) for quant in snapshot.quants]
    page = quantization.build(changed(snapshot, quants=better))
    assert page.step_up is None
    assert page.step_down is None


@as_started_and_edited
def test_the_saving_follows_the_bytes(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    page = quantization.build(snapshot)
    by_name = {quant.short_name: quant.spec.bytes_per_weight for quant in snapshot.quants}
    assert page.saving is not None
    saved = 1 - by_name[page.saving.default] / by_name[page.saving.top]
    assert page.saving.share == f"{round(saved * 100)}%"
    assert page.saving.share == ("74%" if catalog is edited else "72%")
    assert (
        f"By the rule of thumb a model needs {page.saving.share} less memory"
        in read(quantization.build, snapshot).prose
    )


def test_the_trade_and_the_gain_stand_in_the_text(snapshot: Snapshot) -> None:
    page, reading = quantization.build(snapshot), read(quantization.build, snapshot)
    assert page.trade
    assert page.speed
    rows = [[row.name, *row.larger, *row.smaller] for row in page.trade.rows]
    assert rows in [table.rows for table in reading.tables]
    assert f"{page.trade.smaller_room} here at its level, the larger one {page.trade.larger_room}" in reading.prose
    gain = f"about {page.speed.slower} tokens per second at {page.speed.slower_level} and about {page.speed.faster} at"
    assert gain in reading.prose
    assert f"{page.speed.ratio} times as fast" in reading.prose


def test_a_mixture_is_shown_where_a_card_runs_it(snapshot: Snapshot, small: Snapshot) -> None:
    shown = quantization.build(snapshot).mixture
    assert shown
    assert shown.active
    assert (
        f"runs it at {shown.level} with {shown.context} of context, {shown.speed}."
        in read(quantization.build, snapshot).prose
    )
    tiny = changed(small, gpus=[small.gpus["rtx-8"]])
    assert quantization.build(tiny).mixture is None
