"""What goes where when a model does not fit one card."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import placement
from fit.architecture import Architecture
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.placement import Offload, Split
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, mixture


def bytes_per_card(accounted: Accounting, split: Split) -> list[int]:
    """What each card holds at 8,192 tokens: its layers and a compute buffer; the last one the head as well."""
    ends, buffer_bytes = accounted.layer_ends(8192), accounted.graphs[CacheType.F16].size_bytes(8192)
    held = [ends[after] - ends[first] + buffer_bytes for first, after in pairwise(accumulate(split.layers, initial=0))]
    held[-1] += accounted.weights_bytes - accounted.weights.stack_bytes
    return held


@pytest.mark.parametrize("shape", SHAPES)
@given(offered=st.integers(10**6, 10**8), cards=st.integers(1, 4))
def test_more_cards_never_hold_less(shape: Architecture, offered: int, cards: int) -> None:
    accounted = accounting(shape)
    if placement.split(accounted, [offered] * cards, 8192):
        assert placement.split(accounted, [offered] * (cards + 1), 8192)
    if accounted.total(8192) <= offered:
        assert placement.split(accounted, [offered], 8192)


def test_every_layer_is_on_one_card_and_no_card_is_overfull() -> None:
    accounted = accounting(architecture())
    offered = accounted.total(8192) * 3 // 4
    placed = placement.split(accounted, [offered, offered], 8192)
    assert placed is not None
    assert sum(placed.layers) == 8
    assert all(used <= offered for used in bytes_per_card(accounted, placed))


def test_unequal_cards_each_take_what_they_hold() -> None:
    accounted = accounting(architecture())
    small, large = accounted.total(8192) // 2, accounted.total(8192)
    placed = placement.split(accounted, [small, large], 8192)
    assert placed is not None
    assert placed.layers == (2, 6)
    first, _ = bytes_per_card(accounted, placed)
    assert first <= small < first + accounted.layer_ends(8192)[3] - accounted.layer_ends(8192)[2]


def test_experts_in_ram_make_room_and_are_as_few_as_it_takes() -> None:
    accounted = accounting(mixture())
    offered = accounted.total(8192) - accounted.weights.layers[0].experts - 1
    placed = placement.experts_in_ram(accounted, offered, 8192)
    assert placed is not None
    assert placed.cpu_moe_layers == 2
    assert placement.experts_in_ram(accounting(architecture()), offered // 2, 8192) is None


def test_layers_in_ram_leave_in_vram_as_many_as_fit() -> None:
    accounted = accounting(architecture())
    placed = placement.layers_in_ram(accounted, accounted.total(8192) // 2, 8192)
    assert placed is not None
    assert 0 < placed.gpu_layers < 8
    assert placed.vram_bytes <= accounted.total(8192) // 2
    assert placement.layers_in_ram(accounted, 1000, 8192) is None


def test_the_flags_name_layers_or_experts() -> None:
    assert Offload.of_layers(5, vram_bytes=1, ram_bytes=1).flags == "-ngl 5"
    experts = Offload.of_experts(3, layers=8, vram_bytes=1, ram_bytes=1)
    assert (experts.flags, experts.gpu_layers) == ("-ngl 99 --n-cpu-moe 3", 9)
