"""The exact part of the calculator: context, cache type, cards, offload."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit import prefill, speed
from fit.advice import advised_bytes
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import account
from fit.offer import offer
from fit.units import MIB
from fitpages.pages.calculator.asked import asked
from fitpages.pages.calculator.exact import Counted, ExactLine, advised, clamped, count, wait
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.text import figures
from fitpages.text.spans import span
from tests.fitpages.levels import with_between, with_native, with_others

MIXTURE = {"model": "mixture-30b", "gpu": "rtx-24"}


def exact(small: Snapshot, **question: str) -> Counted:
    counted = ask(small, **{**MIXTURE, **question})
    assert counted
    return counted


def ask(small: Snapshot, **query: str) -> Counted | None:
    form = CalculatorForm(query, small)
    assert form.is_valid(), form.errors
    return count(asked(small, form.cleaned_data), form.cleaned_data)


def test_it_says_what_the_accounting_says(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    lines = exact(small, context="16384", cache="q8_0").lines
    for quant, line in zip(small.quants, lines, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting is not None
        total = accounting.total(16384, CacheType.Q8_0)
        assert (line.total, line.takes) == (figures.counted(total), figures.bare_gibibytes(total))
        assert line.is_on_card is (total <= offer(gpu.spec).total_bytes)
        assert line.is_tight is (advised_bytes(gpu.spec) < total <= offer(gpu.spec).total_bytes)


@pytest.mark.parametrize(("over", "words"), [(0, "yes"), (1, "yes, tight"), (512 * MIB + 1, "no")])
def test_what_fits_is_tight_where_less_is_left_than_advice_keeps_free(
    small: Snapshot, monkeypatch: pytest.MonkeyPatch, over: int, words: str
) -> None:
    """A card with a desktop: advice keeps 512 MiB free of what it leaves."""
    gpu = small.gpus["rtx-24"].spec
    assert offer(gpu).total_bytes - advised_bytes(gpu) == 512 * MIB
    monkeypatch.setattr(Accounting, "total", lambda *_: advised_bytes(gpu) + over)
    assert {line.fits for line in exact(small).lines} == {words}


@pytest.mark.parametrize(("context", "folded"), [("8192", True), ("65536", False)])
def test_where_the_default_does_not_fit_a_folded_level_that_does_is_a_line(context: str, folded: bool) -> None:
    lines = exact(with_between(), model="large-70b", gpu="rtx-44", context=context).lines
    assert ("IQ4_XS" in [line.name for line in lines]) is folded
    assert len(lines) == 6 + folded


def test_a_context_beyond_the_model_s_is_clamped_and_said(small: Snapshot) -> None:
    counted = exact(small, context="999999")
    assert counted.question.context == 131072
    assert clamped(counted, "Mixture 30B", 999_999) == (
        "Mixture 30B goes up to 131,072 tokens; 999,999 is beyond that, so 131,072 is shown."
    )
    assert clamped(counted, "Mixture 30B", 65536) == "Beyond 32,768 tokens Mixture 30B needs rope scaling."
    assert clamped(counted, "Mixture 30B", None) == clamped(counted, "Mixture 30B", 4096) == ""


def test_two_cards_share_the_layers(small: Snapshot) -> None:
    lines = {line.name: line for line in exact(small, cards="2").lines}
    assert lines["Q8_0"].fits == "yes"
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
    assert lines["Q8_0"].placed.endswith(f", {lines['Q8_0'].in_ram} in RAM")
    assert lines["Q4_K_M"].in_ram == ""
    mixture = exact(small, gpu="rtx-8", offload="experts").lines
    assert all("--n-cpu-moe" in line.placed for line in mixture)


def test_what_cannot_be_counted_has_no_lines(small: Snapshot) -> None:
    assert ask(small, parameters="8", gpu="rtx-24") is None
    assert ask(small, model="closed-100b", gpu="h80", context="4096") is None


def of_level(small: Snapshot, slug: str = "", **query: str) -> ExactLine | None:
    counted = ask(small, **query, quant=slug)
    assert counted
    return advised(counted, small.quant_of.get(slug))


def test_the_answer_is_of_the_best_that_runs_among_those_worth_recommending(small: Snapshot) -> None:
    best = of_level(small, model="small-8b", gpu="rtx-24", context="4096")
    assert best
    assert best.name == "Q6_K"
    none = of_level(small, model="large-70b", gpu="rtx-24")
    assert none
    assert (none.name, none.runs) == ("Q3_K_M", False)


def test_of_a_chosen_level_it_is_that_line_whether_it_runs_or_not(small: Snapshot) -> None:
    chosen = of_level(small, "q8-0", model="large-70b", gpu="rtx-24")
    assert chosen
    assert (chosen.name, chosen.runs) == ("Q8_0", False)
    other = with_others()
    lower = of_level(other, "q2-k", model="large-70b", gpu="rtx-32")
    assert lower
    assert (lower.name, lower.runs) == ("Q2_K", True)


def test_a_level_that_nobody_makes_files_at_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    native = with_native(monkeypatch)
    assert of_level(native, "q4-k-m", model="native-30b", gpu="rtx-24") is None
    counted = ask(native, model="native-30b", gpu="rtx-24", context="4096")
    assert counted
    assert [line.name for line in counted.lines] == ["MXFP4"]


def test_one_that_is_fast_enough_goes_before_a_better_one(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"model": "large-70b", "gpu": "rtx-24", "offload": "layers", "ram": "ddr5-2"}
    slow = of_level(small, **query)
    assert slow
    assert slow.expected.is_too_slow
    assert slow.name == "Q3_K_M", "All are too slow: the fastest."
    monkeypatch.setattr("fitpages.pages.calculator.expected.LEAST_WITH_RAM_TOKENS_S", 0)
    best = of_level(small, **query)
    assert best
    assert best.name == "Q6_K"


def test_it_says_what_to_expect_where_it_fits(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    for line, quant in zip(exact(small, context="8192").lines, small.quants, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting
        estimate = speed.decode(accounting, gpu.spec, 8192)
        on_card = line.is_on_card
        assert line.expected.tokens_s == (figures.expected(estimate.tokens_s) if on_card else figures.NOT_SHOWN)
        assert line.expected.span == (span(estimate.low, estimate.high) if on_card else "")


def test_more_cards_and_layers_in_ram_have_their_own_speed(small: Snapshot) -> None:
    single, double = ({line.name: line for line in exact(small, cards=cards).lines} for cards in "12")
    assert single["Q8_0"].expected.tokens_s == figures.NOT_SHOWN
    assert float(double["Q4_K_M"].expected.tokens_s) < float(single["Q4_K_M"].expected.tokens_s)
    in_ram = {line.name: line for line in exact(small, offload="layers", ram="ddr5-2").lines}
    assert 0 < float(in_ram["Q8_0"].expected.tokens_s) < float(double["Q8_0"].expected.tokens_s)


def test_without_a_bandwidth_no_speed_is_expected(small: Snapshot) -> None:
    own = {"model": "mixture-30b", "memory": "24"}
    without, with_bandwidth = ask(small, **own), ask(small, **own, bandwidth="1008")
    assert without
    assert with_bandwidth
    assert {line.expected.tokens_s for line in without.lines} == {figures.NOT_SHOWN}
    assert figures.NOT_SHOWN not in {line.expected.tokens_s for line in with_bandwidth.lines if line.is_on_card}


def test_it_says_how_long_a_prompt_of_the_context_takes(small: Snapshot) -> None:
    model, gpu = small.models["mixture-30b"], small.gpus["rtx-24"]
    accounting = account(model.spec, small.quants[0].spec)
    assert accounting
    first = prefill.first_token(accounting, gpu.spec, 8192)
    assert first
    assert wait(exact(small, context="8192")) == (
        f"With everything on the GPU, a prompt of 8,192 tokens takes about {figures.seconds(first.seconds)} until the "
        f"first token ({figures.seconds(first.low)} to {figures.seconds(first.high)})."
    )
    assert wait(exact(small, gpu="rtx-8")) == ""
    own_card = ask(small, model="mixture-30b", memory="24", bandwidth="1008")
    assert own_card
    assert wait(own_card) == ""
