"""What a prompt copies from RAM by hand, and over which bus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.bus import BUS_SHARE, PCIE, bus_gb_s, copied_gb
from fit.flags import Flags
from fit.weights import Weights
from tests.builders import gpu_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, mixture

DENSE, MIXTURE = (accounting(of, "F16").weights for of in (architecture(), mixture()))
EXPERTS_OF_A_LAYER = 16 * 3 * 512 * 256 * 2


@pytest.mark.parametrize(("chip", "lanes_gb_s"), [("Turing", 15.75), ("Ampere", 31.51), ("Blackwell", 63.02)])
def test_the_bus_is_that_of_the_generation(chip: str, lanes_gb_s: float) -> None:
    assert bus_gb_s(gpu_spec(chip_architecture=chip)) == pytest.approx(BUS_SHARE * lanes_gb_s)


def test_no_bus_is_known_of_shared_memory_and_of_other_chips() -> None:
    assert bus_gb_s(gpu_spec(chip_architecture="Blackwell", unified_memory=True)) is None
    assert bus_gb_s(gpu_spec(chip_architecture="unheard of")) is None
    assert set(PCIE.values()) == {"3.0", "4.0", "5.0"}


def test_layers_in_ram_are_copied_once_a_micro_batch() -> None:
    flags, layer = Flags(gpu_layers=6), DENSE.layers[0].total
    assert copied_gb(DENSE, flags, 512, 512) == pytest.approx(3 * layer / 1e9)
    assert copied_gb(DENSE, flags, 1025, 512) == pytest.approx(3 * 3 * layer / 1e9)
    assert copied_gb(DENSE, flags, 1025, 2048) == pytest.approx(3 * layer / 1e9)


def test_of_experts_those_that_some_token_uses_are_copied() -> None:
    flags = Flags(cpu_moe_layers=3)
    assert copied_gb(MIXTURE, flags, 1, 512) == pytest.approx(3 * EXPERTS_OF_A_LAYER * 2 / 16 / 1e9)
    assert copied_gb(MIXTURE, flags, 2, 512) == pytest.approx(3 * EXPERTS_OF_A_LAYER * (1 - (14 / 16) ** 2) / 1e9)
    assert copied_gb(MIXTURE, flags, 512, 512) == pytest.approx(3 * EXPERTS_OF_A_LAYER / 1e9)


def test_a_layer_that_is_in_ram_whole_has_its_experts_there_once() -> None:
    both = Flags(gpu_layers=7, cpu_moe_layers=3)
    layer = MIXTURE.layers[0].total
    assert copied_gb(MIXTURE, both, 512, 512) == pytest.approx((2 * layer + EXPERTS_OF_A_LAYER) / 1e9)


def test_with_everything_on_the_card_nothing_is_copied() -> None:
    assert copied_gb(MIXTURE, Flags(), 512, 512) == 0


@pytest.mark.parametrize("weights", [DENSE, MIXTURE])
@given(layers=st.integers(0, 10), experts=st.integers(0, 10), prompt=st.integers(1, 5000))
def test_it_is_the_sum_over_layers_and_micro_batches(weights: Weights, layers: int, experts: int, prompt: int) -> None:
    def of_layer(index: int, tokens: int) -> float:
        layer = weights.layers[index]
        used = layer.experts * (1 - (1 - layer.share_read) ** tokens)
        if index < flags.layers_in_ram(8):
            return layer.total - layer.experts + used
        return used if index < experts else 0

    flags = Flags(gpu_layers=layers, cpu_moe_layers=experts)
    batches = [min(512, prompt - start) for start in range(0, prompt, 512)]
    expected = sum(of_layer(index, tokens) for tokens in batches for index in range(8))
    assert copied_gb(weights, flags, prompt, 512) == pytest.approx(expected / 1e9)
