"""Fixed states: four bytes for each element that a layer remembers of a sequence."""

import pytest

from fit.mixers import (
    CompressedAttention,
    DeltaAttention,
    GatedDeltaNet,
    LightningAttention,
    Mamba1,
    Mamba2,
    Mixer,
    ShortConvolution,
)
from fit.states import state_bytes
from tests.fit.architectures import architecture, attention


def compressed(ratio: int) -> CompressedAttention:
    """Heads of 512 and an index of 128."""
    sizes = {"heads": 64, "head_dim": 512, "q_lora_rank": 1024, "o_groups": 8, "o_lora_rank": 1024}
    return CompressedAttention(**sizes, compress_ratio=ratio, index_heads=64, index_dim=128, window=128)


STATES = [
    (attention(), 0),
    (Mamba2(n_heads=8, head_dim=64, d_state=16, n_groups=1, d_conv=4), 3 * (512 + 2 * 16) + 16 * 512),
    (Mamba1(d_inner=1024, d_state=16, d_conv=4, dt_rank=32), 3 * 1024 + 16 * 1024),
    (GatedDeltaNet(k_heads=2, v_heads=4, k_dim=64, v_dim=32, d_conv=4), 3 * (2 * 128 + 128) + 64 * 128),
    (DeltaAttention(heads=4, head_dim=64, d_conv=4), 3 * 3 * 256 + 64 * 256),
    (LightningAttention(heads=4, head_dim=64), 4 * 64 * 64),
    (ShortConvolution(d_conv=3), 2 * 512),
]


@pytest.mark.parametrize(("mixer", "elements"), STATES)
def test_a_state_is_kept_in_floats(mixer: Mixer, elements: int) -> None:
    assert state_bytes(architecture(), mixer) == 4 * elements


@pytest.mark.parametrize(("ratio", "expected"), [(0, 0), (4, 8 * (8 * 1024 + 8 * 256)), (128, 8 * 128 * 512)])
def test_a_compressor_keeps_values_and_weights_of_what_it_has_not_compressed(ratio: int, expected: int) -> None:
    assert state_bytes(architecture(), compressed(ratio)) == expected
