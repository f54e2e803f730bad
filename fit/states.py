"""The fixed states of recurrent layers and of compressors, in elements for one sequence, whatever the context."""

from collections.abc import Callable
from typing import Any

from fit.architecture import Architecture
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

# A state is kept in 32-bit floats.
STATE_BYTES = 4


def state_bytes(architecture: Architecture, mixer: Mixer) -> int:
    """Bytes of the state that a layer keeps for a sequence; 0 for attention without a compressor."""
    measure = _STATES.get(type(mixer))
    return STATE_BYTES * measure(architecture, mixer) if measure else 0


def _of_mamba2(_: Architecture, mixer: Mamba2) -> int:
    inner = mixer.n_heads * mixer.head_dim
    return (mixer.d_conv - 1) * (inner + 2 * mixer.n_groups * mixer.d_state) + mixer.d_state * inner


def _of_mamba1(_: Architecture, mixer: Mamba1) -> int:
    return (mixer.d_conv - 1) * mixer.d_inner + mixer.d_state * mixer.d_inner


def _of_gated_delta_net(_: Architecture, mixer: GatedDeltaNet) -> int:
    keys, values = mixer.k_heads * mixer.k_dim, mixer.v_heads * mixer.v_dim
    return (mixer.d_conv - 1) * (2 * keys + values) + mixer.k_dim * values


def _of_delta_attention(_: Architecture, mixer: DeltaAttention) -> int:
    inner = mixer.heads * mixer.head_dim
    return (mixer.d_conv - 1) * 3 * inner + mixer.head_dim * inner


def _of_lightning(_: Architecture, mixer: LightningAttention) -> int:
    return mixer.heads * mixer.head_dim**2


def _of_short_convolution(architecture: Architecture, mixer: ShortConvolution) -> int:
    return (mixer.d_conv - 1) * architecture.hidden_size


def _of_compressor(_: Architecture, mixer: CompressedAttention) -> int:
    """Values and weights of the tokens not yet compressed; a compressor with an index overlaps its blocks by one."""
    ratio = mixer.compress_ratio
    if not ratio:
        return 0
    if not mixer.compresses_index:
        return 2 * ratio * mixer.head_dim
    return 2 * (2 * ratio) * 2 * (mixer.head_dim + mixer.index_dim)


_STATES: dict[type, Callable[[Architecture, Any], int]] = {
    Mamba2: _of_mamba2,
    Mamba1: _of_mamba1,
    GatedDeltaNet: _of_gated_delta_net,
    DeltaAttention: _of_delta_attention,
    LightningAttention: _of_lightning,
    ShortConvolution: _of_short_convolution,
    CompressedAttention: _of_compressor,
}
