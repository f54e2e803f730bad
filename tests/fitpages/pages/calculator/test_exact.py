"""The exact part of the calculator: context, cache type, cards, offload."""

import pytest

from catalog.snapshot import Snapshot
from fit import speed
from fit.kv_cache import CacheType
from fit.needs import account
from fit.offer import offer
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.calculator.exact import ExactResult
from fitpages.text import figures

QWEN = {"model": "qwen2-5-32b", "gpu": "rtx-4090"}


def exact(snapshot: Snapshot, **asked: str) -> ExactResult:
    result = calculator_page.build(snapshot, {**QWEN, **asked}).result
    assert result is not None
    return result.exact


def test_it_says_what_the_accounting_says(snapshot: Snapshot) -> None:
    model, gpu = snapshot.models["qwen2-5-32b"], snapshot.gpus["rtx-4090"]
    lines = exact(snapshot, context="16384", cache="q8_0").lines
    for quant, line in zip(snapshot.quants, lines, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting is not None
        assert line.total == figures.memory(accounting.total(16384, CacheType.Q8_0))
        assert line.fits is (accounting.total(16384, CacheType.Q8_0) <= offer(gpu.spec).total_bytes)


def test_a_context_beyond_the_model_s_is_clamped_and_said(snapshot: Snapshot) -> None:
    found = exact(snapshot, context="999999")
    assert found.clamped == "Qwen2.5 32B goes up to 131,072 tokens; 999,999 is beyond that, so 131,072 is shown."
    assert "131,072 tokens" in found.caption
    assert exact(snapshot, context="65536").clamped == "Beyond 32,768 tokens Qwen2.5 32B needs rope scaling."


def test_two_cards_share_the_layers(snapshot: Snapshot) -> None:
    lines = {line.name: line for line in exact(snapshot, cards="2").lines}
    assert lines["Q8_0"].fits
    layers = lines["Q8_0"].placed.removeprefix("layers ").split(" + ")
    assert sum(map(int, layers)) == 64


def test_what_does_not_fit_goes_to_ram_with_its_flags(snapshot: Snapshot) -> None:
    lines = {line.name: line for line in exact(snapshot, offload="layers").lines}
    assert lines["Q4_K_M"].placed == "all in VRAM"
    assert lines["Q8_0"].placed.startswith("-ngl ")
    mixture = exact(snapshot, model="gpt-oss-120b", offload="experts").lines
    assert all("--n-cpu-moe" in line.placed for line in mixture)


def test_own_parameters_have_no_exact_part_and_say_why(snapshot: Snapshot) -> None:
    result = calculator_page.build(snapshot, {"parameters": "8", "gpu": "rtx-4090"}).result
    assert result is not None
    assert result.exact.missing == "Exact accounting needs the tensors of a model: choose one from the list."


@pytest.mark.parametrize("asked", [{"context": "4096"}, {"cache": "q8_0"}, {"offload": "layers"}])
def test_a_question_beyond_the_pair_is_not_the_pair_s_page(snapshot: Snapshot, asked: dict[str, str]) -> None:
    assert calculator_page.build(snapshot, {**QWEN, **asked}).canonical.endswith("/calculator/")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("context", "-1", "The context must be a whole number from 1 to 100,000,000."),
        ("context", "1e5", "The context must be a whole number from 1 to 100,000,000."),
        ("cache", "q3_0", "Choose from the list."),
        ("offload", "all", "Choose from the list."),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field(snapshot: Snapshot, name: str, value: str, sentence: str) -> None:
    page = calculator_page.build(snapshot, {**QWEN, name: value})
    assert {field.name: field.error for field in (*page.model_fields, *page.gpu_fields) if field.error} == {
        name: sentence
    }


def test_it_says_what_to_expect_where_it_fits(snapshot: Snapshot) -> None:
    model, gpu = snapshot.models["qwen2-5-32b"], snapshot.gpus["rtx-4090"]
    for line, quant in zip(exact(snapshot, context="8192").lines, snapshot.quants, strict=True):
        accounting = account(model.spec, quant.spec)
        assert accounting
        estimate = speed.decode(accounting, gpu.spec, 8192)
        assert line.expected == (figures.expected(estimate.tokens_s) if line.fits else figures.NOT_SHOWN)
        assert line.expected_range == (figures.expected_range(estimate.low, estimate.high) if line.fits else "")


def test_more_cards_and_layers_in_ram_have_their_own_speed(snapshot: Snapshot) -> None:
    one, two = ({line.name: line for line in exact(snapshot, cards=cards).lines} for cards in "12")
    assert one["Q8_0"].expected == figures.NOT_SHOWN
    assert float(two["Q4_K_M"].expected) < float(one["Q4_K_M"].expected)
    in_ram = {line.name: line for line in exact(snapshot, offload="layers").lines}
    assert 0 < float(in_ram["Q8_0"].expected) < float(two["Q8_0"].expected)


def test_without_a_bandwidth_no_speed_is_expected(snapshot: Snapshot) -> None:
    result = calculator_page.build(snapshot, {"model": "qwen2-5-32b", "memory": "24"}).result
    assert result
    assert {line.expected for line in result.exact.lines} == {figures.NOT_SHOWN}
    with_bandwidth = calculator_page.build(
        snapshot, {"model": "qwen2-5-32b", "memory": "24", "bandwidth": "1008"}
    ).result
    assert with_bandwidth
    assert {line.expected for line in with_bandwidth.exact.lines if line.fits} - {figures.NOT_SHOWN}


def test_it_says_how_long_a_prompt_of_the_context_takes(snapshot: Snapshot) -> None:
    model, gpu = snapshot.models["qwen2-5-32b"], snapshot.gpus["rtx-4090"]
    accounting = account(model.spec, snapshot.quants[0].spec)
    assert accounting
    wait = speed.first_token(accounting, model.spec, gpu.spec, 8192)
    assert wait
    assert exact(snapshot, context="8192").wait == (
        f"With everything on the GPU, a prompt of 8,192 tokens takes about {figures.seconds(wait.seconds)} until the "
        f"first token ({figures.seconds(wait.low)} to {figures.seconds(wait.high)})."
    )
    too_small = calculator_page.build(snapshot, {"model": "qwen2-5-32b", "gpu": "gtx-1050-ti"}).result
    assert too_small
    assert too_small.exact.wait == ""
    own_card = calculator_page.build(snapshot, {"model": "qwen2-5-32b", "memory": "24", "bandwidth": "1008"}).result
    assert own_card
    assert own_card.exact.wait == ""


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        ({"context": "131072"}, "Yes, at Q3_K_M", "131,072 tokens of context"),
        ({"context": "131072", "quant": "q8-0"}, "No, not at Q8_0", "131,072 tokens of context"),
        ({"gpu": "l4", "context": "8192"}, "No", "even at Q3_K_M"),
        ({"gpu": "l4", "offload": "layers"}, "Yes, at Q6_K", "with a part in RAM"),
        ({"gpu": "l4", "cards": "2", "context": "4096"}, "Yes, at Q3_K_M", "2 × NVIDIA L4 offer 2 × 23.2 GB"),
    ],
)
def test_the_headline_is_of_the_question_that_was_asked(
    snapshot: Snapshot, asked: dict[str, str], answer: str, said: str
) -> None:
    result = calculator_page.build(snapshot, {"model": "qwen2-5-72b", "gpu": "a100-80", **asked}).result
    assert result
    assert result.answer == answer
    assert said in result.reason
    line = next((line for line in result.exact.lines if answer.endswith(line.name)), None)
    assert result.fits is (line is not None and line.runs)
    assert line is None or line.total in result.reason
