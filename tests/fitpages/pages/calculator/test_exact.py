"""The exact part of the calculator: context, cache type, cards, offload."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit import prefill, speed
from fit.kv_cache import CacheType
from fit.needs import account
from fit.offer import offer
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.calculator.exact import ExactResult
from fitpages.text import figures
from tests.fitpages.levels import with_between

MIXTURE = {"model": "mixture-30b", "gpu": "rtx-24"}


def exact(small: Snapshot, **question: str) -> ExactResult:
    result = calculator_page.build(small, {**MIXTURE, **question}).result
    assert result is not None
    return result.exact


def test_it_says_what_the_accounting_says(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    lines = exact(small, context="16384", cache="q8_0").lines
    for quant, line in zip(small.quants, lines, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting is not None
        assert line.total == figures.counted(accounting.total(16384, CacheType.Q8_0))
        assert line.fits is (accounting.total(16384, CacheType.Q8_0) <= offer(gpu.spec).total_bytes)


@pytest.mark.parametrize(("context", "folded"), [("8192", True), ("65536", False)])
def test_where_the_default_does_not_fit_a_folded_level_that_does_is_a_line(context: str, folded: bool) -> None:
    lines = exact(with_between(), model="large-70b", gpu="rtx-44", context=context).lines
    assert ("IQ4_XS" in [line.name for line in lines]) is folded
    assert len(lines) == 6 + folded


def test_a_context_beyond_the_model_s_is_clamped_and_said(small: Snapshot) -> None:
    result = exact(small, context="999999")
    assert result.clamped == "Mixture 30B goes up to 131,072 tokens; 999,999 is beyond that, so 131,072 is shown."
    assert "131,072 tokens" in result.caption
    assert exact(small, context="65536").clamped == "Beyond 32,768 tokens Mixture 30B needs rope scaling."


def test_two_cards_share_the_layers(small: Snapshot) -> None:
    lines = {line.name: line for line in exact(small, cards="2").lines}
    assert lines["Q8_0"].fits
    flags, layers = lines["Q8_0"].placed.split(": layers ")
    assert re.fullmatch(r"-ngl 999 -ts \d+,\d+", flags)
    assert sum(map(int, layers.split(" + "))) == 48


def test_a_split_by_tensor_puts_a_part_of_every_layer_on_each_card(small: Snapshot) -> None:
    lines = {line.name: line for line in exact(small, cards="2", split="tensor").lines}
    assert lines["Q8_0"].placed == "-ngl 999 -sm tensor: a part of every layer on each card"
    assert lines["FP16 (full)"].placed == "more than the cards hold"


def test_what_does_not_fit_goes_to_ram_with_its_flags(small: Snapshot) -> None:
    lines = {line.name: line for line in exact(small, offload="layers").lines}
    assert lines["Q4_K_M"].placed == "all in VRAM"
    assert lines["Q8_0"].placed.startswith("-ngl ")
    mixture = exact(small, gpu="rtx-8", offload="experts").lines
    assert all("--n-cpu-moe" in line.placed for line in mixture)


def test_own_parameters_have_no_exact_part_and_say_why(small: Snapshot) -> None:
    result = calculator_page.build(small, {"parameters": "8", "gpu": "rtx-24"}).result
    assert result is not None
    assert result.exact.missing == "Exact accounting needs the tensors of a model: choose one from the list."


@pytest.mark.parametrize("question", [{"context": "4096"}, {"cache": "q8_0"}, {"offload": "layers"}])
def test_a_question_beyond_the_pair_is_not_the_pair_s_page(small: Snapshot, question: dict[str, str]) -> None:
    assert calculator_page.build(small, {**MIXTURE, **question}).canonical.endswith("/calculator/")


def test_it_says_what_to_expect_where_it_fits(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    for line, quant in zip(exact(small, context="8192").lines, small.quants, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting
        estimate = speed.decode(accounting, gpu.spec, 8192)
        assert line.expected == (figures.expected(estimate.tokens_s) if line.fits else figures.NOT_SHOWN)
        assert line.expected_range == (figures.expected_range(estimate.low, estimate.high) if line.fits else "")


def test_more_cards_and_layers_in_ram_have_their_own_speed(small: Snapshot) -> None:
    single, double = ({line.name: line for line in exact(small, cards=cards).lines} for cards in "12")
    assert single["Q8_0"].expected == figures.NOT_SHOWN
    assert float(double["Q4_K_M"].expected) < float(single["Q4_K_M"].expected)
    in_ram = {line.name: line for line in exact(small, offload="layers", ram="ddr5-2").lines}
    assert 0 < float(in_ram["Q8_0"].expected) < float(double["Q8_0"].expected)


def test_without_a_bandwidth_no_speed_is_expected(small: Snapshot) -> None:
    result = calculator_page.build(small, {"model": "mixture-30b", "memory": "24"}).result
    assert result
    assert {line.expected for line in result.exact.lines} == {figures.NOT_SHOWN}
    with_bandwidth = calculator_page.build(small, {"model": "mixture-30b", "memory": "24", "bandwidth": "1008"}).result
    assert with_bandwidth
    assert {line.expected for line in with_bandwidth.exact.lines if line.fits} - {figures.NOT_SHOWN}


def test_it_says_how_long_a_prompt_of_the_context_takes(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    accounting = account(model.spec, small.quants[0].spec)
    assert accounting
    wait = prefill.first_token(accounting, gpu.spec, 8192)
    assert wait
    assert exact(small, context="8192").wait == (
        f"With everything on the GPU, a prompt of 8,192 tokens takes about {figures.seconds(wait.seconds)} until the "
        f"first token ({figures.seconds(wait.low)} to {figures.seconds(wait.high)})."
    )
    too_small = calculator_page.build(small, {"model": "mixture-30b", "gpu": "rtx-8"}).result
    assert too_small
    assert too_small.exact.wait == ""
    own_card = calculator_page.build(small, {"model": "mixture-30b", "memory": "24", "bandwidth": "1008"}).result
    assert own_card
    assert own_card.exact.wait == ""
