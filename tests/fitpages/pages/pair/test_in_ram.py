"""With a part in RAM a page says the speed at both usual ends of RAM, and how much RAM that takes."""

import pytest

from catalog.snapshot import Snapshot
from fit import speed
from fit.speed import Estimate
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import in_ram
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.text import figures


def facts(small: Snapshot, model: str, gpu: str) -> AssessedPair:
    return assessed_pair(small, Pair(small.models[model], small.gpus[gpu]))


def test_layers_in_ram_say_both_ends_and_how_much_ram(small: Snapshot) -> None:
    pair = facts(small, "large-70b", "rtx-24")
    layers, exact = pair.in_ram.layers, pair.default_fit.exact
    assert layers
    assert exact
    ends = speed.at_usual_ends(exact.accounting, pair.gpu.spec, layers.flags, exact.accounting.reference_context)
    slow, fast = (figures.expected(estimate.tokens_s) for estimate in ends)
    assert slow != fast
    on_card, ram = sum(layers.layers_on_cards), figures.counted(layers.ram_bytes)
    assert in_ram.sentence(pair) == (
        f"At Q4_K_M with {on_card} of 80 layers in VRAM, {ram} in RAM, and 8K tokens of context, "
        f"expect about {slow} tokens per second with two channels of DDR4 and {fast} with two of DDR5 "
        f"({figures.expected(ends[0].low)} to {figures.expected(ends[1].high)} in all)."
    )


def test_the_faster_way_is_said(small: Snapshot) -> None:
    pair = facts(small, "mixture-30b", "rtx-8")
    assert pair.in_ram.layers
    assert in_ram.faster(pair) is pair.in_ram.experts is not None
    assert in_ram.is_much_faster(pair, pair.in_ram.experts, pair.in_ram.layers)
    assert not in_ram.is_much_faster(pair, pair.in_ram.layers, pair.in_ram.experts)
    layers = f"the experts of {pair.in_ram.experts.flags.cpu_moe_layers} of 48 layers in RAM, "
    assert in_ram.sentence(pair).startswith(f"At Q4_K_M with {layers}")


@pytest.mark.parametrize(("model", "gpu"), [("large-70b", "mac-64"), ("closed-100b", "rtx-24")])
def test_without_other_ram_or_known_tensors_nothing_is_said(small: Snapshot, model: str, gpu: str) -> None:
    assert in_ram.sentence(facts(small, model, gpu)) == ""


def test_ends_that_read_the_same_are_one(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "at_usual_ends", lambda *_: (Estimate(4.01, 3, 5, 1), Estimate(4.02, 3, 5, 1)))
    pair = facts(small, "large-70b", "rtx-24")
    assert pair.in_ram.layers
    assert in_ram.pace(pair, pair.in_ram.layers) == (
        "expect about 4.0 tokens per second with two channels of DDR4 or DDR5 (3.0 to 5.0 in all)"
    )
