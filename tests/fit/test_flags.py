"""Which layers llama.cpp's flags put where."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.flags import Flags

layers = st.integers(1, 130)


def test_the_flags_as_a_command_has_them() -> None:
    assert Flags().text == "-ngl 999"
    assert Flags(20).text == "-ngl 20"
    assert Flags(cpu_moe_layers=3).text == "-ngl 999 --n-cpu-moe 3"
    assert Flags(tensor_split=(20, 13)).text == "-ngl 999 -ts 20,13"


def test_the_head_is_the_first_that_goes_to_the_card() -> None:
    assert [Flags(count).layers_in_ram(32) for count in (0, 1, 2, 32, 33, 999)] == [33, 32, 31, 1, 0, 0]
    assert Flags().layers_in_ram(32) == 0


@given(layers=layers, seed=st.integers(0, 10**6), cards=st.integers(1, 8))
def test_a_split_by_layer_counts_is_exact(layers: int, seed: int, cards: int) -> None:
    chance = random.Random(seed)
    cuts = sorted(chance.randint(0, layers + 1) for _ in range(cards - 1))
    counts = [after - before for before, after in zip([0, *cuts], [*cuts, layers + 1], strict=True)]
    assert Flags(tensor_split=tuple(counts)).card_ends(layers) == [*cuts, layers + 1]


@pytest.mark.parametrize(
    ("split", "layers", "ends"),
    [
        ((0.2, 0.7), 26, [7, 27]),
        ((0.1, 2.6), 26, [2, 27]),
        ((0.3, 1.5), 59, [10, 60]),
        ((7.2, 19.2), 54, [15, 55]),
    ],
)
def test_a_layer_on_the_very_bound_goes_where_32_bits_put_it(
    split: tuple[float, float], layers: int, ends: list[int]
) -> None:
    """In 64 bits each of these has a layer more, or one fewer, on the first card."""
    assert Flags(tensor_split=split).card_ends(layers) == ends


def test_of_equal_cards_the_last_has_a_layer_less_and_the_head() -> None:
    assert Flags(tensor_split=(1, 1)).card_ends(32) == [17, 33]
    assert Flags(tensor_split=(2, 1)).card_ends(40) == [28, 41]
    assert Flags(tensor_split=(12, 24)).card_ends(40) == [14, 41]


@given(layers=layers, gpu_layers=st.integers(0, 140))
def test_layers_in_ram_stand_before_those_of_the_first_card(layers: int, gpu_layers: int) -> None:
    flags = Flags(gpu_layers, tensor_split=(1, 2))
    first, ends = flags.layers_in_ram(layers), flags.card_ends(layers)
    assert 0 <= first <= ends[0] <= ends[1] == layers + 1
