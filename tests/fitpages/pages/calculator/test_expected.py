"""The calculator's speed is that of `fit.speed` for the split and the RAM that were asked for."""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit import speed
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import account
from fit.offer import offer
from fit.placement import Placement, layers_in_ram
from fitpages.pages.calculator.expected import NOTHING, expected, ram_note
from fitpages.pages.calculator.question import Question
from fitpages.pages.calculator.question import question as as_asked
from fitpages.text import figures
from fitpages.text.spans import span

CONTEXT = 8192


def question(small: Snapshot, **facts: object) -> Question:
    gpu = small.gpus["rtx-24"].spec
    offers = (offer(gpu).total_bytes,)
    usual = {"gpu": gpu, "offers": offers, "advised": offers, "context": CONTEXT, "cache_type": CacheType.F16}
    of_ram = {"offload": "layers", "has_ram": True, "one_pool": False, "ram_gb_s": None}
    return Question(**{**usual, **of_ram, "split": "layer", **facts})  # type: ignore[arg-type]


def large(small: Snapshot) -> tuple[Accounting, Placement]:
    accounting = account(small.models["large-70b"].spec, small.default_quant.spec)
    assert accounting
    placed = layers_in_ram(accounting, offer(small.gpus["rtx-24"].spec).total_bytes, CONTEXT)
    assert placed
    return accounting, placed


def test_without_ram_named_it_goes_from_one_usual_end_to_the_other(small: Snapshot) -> None:
    accounting, placed = large(small)
    slow, fast = speed.at_usual_ends(accounting, small.gpus["rtx-24"].spec, placed.flags, CONTEXT)
    shown = expected(accounting, question(small), False, placed)
    assert shown.tokens_s == f"{figures.expected(slow.tokens_s)}–{figures.expected(fast.tokens_s)}"
    assert shown.span == figures.expected_range(slow.low, fast.high)


@pytest.mark.parametrize("ram_gb_s", [40.0, 460.8])
def test_with_ram_named_it_is_the_speed_with_that(small: Snapshot, ram_gb_s: float) -> None:
    accounting, placed = large(small)
    gpu = small.gpus["rtx-24"].spec
    estimate = speed.decode_offloaded(accounting, gpu, placed.flags, CONTEXT, ram_gb_s=ram_gb_s)
    shown = expected(accounting, question(small, ram_gb_s=ram_gb_s), False, placed)
    assert shown.tokens_s == figures.expected(estimate.tokens_s)
    assert shown.span == span(estimate.low, estimate.high)


def test_it_is_too_slow_below_what_a_page_of_a_pair_asks_for(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    accounting, placed = large(small)
    gpu = small.gpus["rtx-24"].spec
    _, fast = speed.at_usual_ends(accounting, gpu, placed.flags, CONTEXT)
    on_card = speed.decode(accounting, gpu, CONTEXT)
    module = "fitpages.pages.calculator.expected"
    for least, slow in ((fast.tokens_s, False), (fast.tokens_s * 1.001, True)):
        monkeypatch.setattr(f"{module}.LEAST_WITH_RAM_TOKENS_S", least)
        assert expected(accounting, question(small), False, placed).is_too_slow is slow
    for least, slow in ((on_card.tokens_s, False), (on_card.tokens_s * 1.001, True)):
        monkeypatch.setattr(f"{module}.LEAST_TOKENS_S", least)
        assert expected(accounting, question(small), True, None).is_too_slow is slow


def test_cards_that_read_at_once_are_faster_by_what_the_estimate_says(small: Snapshot) -> None:
    accounting, _ = large(small)
    gpu, offers = small.gpus["rtx-24"].spec, (offer(small.gpus["rtx-24"].spec).total_bytes,) * 2
    by_layer, by_tensor = (
        expected(accounting, question(small, offers=offers, offload="", split=split), True, None).tokens_s
        for split in ("layer", "tensor")
    )
    estimate = speed.decode(accounting, gpu, CONTEXT, cards=2, split="tensor")
    assert by_tensor == figures.expected(estimate.tokens_s)
    assert float(by_tensor) > float(by_layer)


def test_what_fits_nowhere_or_on_a_card_of_unknown_bandwidth_has_no_speed(small: Snapshot) -> None:
    accounting, placed = large(small)
    assert expected(accounting, question(small), False, None) == NOTHING
    assert expected(accounting, question(small, gpu=None), False, placed) == NOTHING


def test_which_ram_is_said_where_a_part_lies_there(small: Snapshot) -> None:
    assert ram_note(question(small)).startswith(
        "No RAM was named: with a part in RAM, the speed to expect goes from that with DDR4-3200, two channels, to "
        "that with DDR5-5600, two channels."
    )
    named = question(small, ram_gb_s=89.6)
    assert ram_note(named) == "The RAM is taken to give 89.6 GB/s on paper."
    offers = (24 * 10**9,) * 2
    for nothing in ({"offload": ""}, {"gpu": None}, {"offers": offers}):
        assert ram_note(question(small, **nothing)) == ""
    pooled = question(small, offload="", one_pool=True)
    assert ram_note(pooled) == "Its memory is the system's own: there is no other RAM to put a part into."


def test_memory_that_is_the_systems_own_has_no_other_ram_beside_it(small: Snapshot) -> None:
    accounting, _ = large(small)
    values = {"gpu": "mac", "cards": 1, "offload": "layers"}
    for shared in (True, False):
        spec = replace(small.gpus["rtx-24"].spec, unified_memory=shared)
        asked = as_asked(values, spec, accounting)
        assert (asked.one_pool, asked.offload) == (shared, "" if shared else "layers")
