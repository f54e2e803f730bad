"""Small architectures whose bytes can be counted by hand, to be overridden by what a test is about."""

from typing import Any

from fit.architecture import Architecture, Experts, FileLayout, GatedFeedForward, LayerGroup
from fit.mixers import GroupedQueryAttention, LatentAttention, Mamba2
from fit.specs import ModelSpec
from tests.builders import model_spec


def attention(**overrides: Any) -> GroupedQueryAttention:
    """Eight heads of 64, two of them for keys and values."""
    return GroupedQueryAttention(**{"heads": 8, "kv_heads": 2, "head_dim": 64, **overrides})


def group(**overrides: Any) -> LayerGroup:
    """Eight layers 512 wide, feed-forward 1024, two norms."""
    values = {"n": 8, "mixers": (attention(),), "ffn": GatedFeedForward(size=1024), "norm_params": 1024}
    return LayerGroup(**{**values, **overrides})


def architecture(**overrides: Any) -> Architecture:
    """A vocabulary of 4096, a head of its own."""
    values = {"vocab_size": 4096, "hidden_size": 512, "tie_embeddings": False, "blocks": (group(),)}
    return Architecture(**{**values, **overrides})


def mixture(**overrides: Any) -> Architecture:
    """Sixteen experts, of which a token uses two."""
    return architecture(blocks=(group(ffn=Experts(experts=16, active=2, size=256)),), **overrides)


def layout(**flags: bool) -> FileLayout:
    return FileLayout(**flags)


def model(of: Architecture, **overrides: Any) -> ModelSpec:
    """A model of this architecture with a native context of 32,768 tokens."""
    return model_spec(**{"architecture": of, "native_context": 32768, **overrides})


WINDOWED = architecture(blocks=(group(n=6, mixers=(attention(window=1024),)), group(n=2)))
LATENT = architecture(
    blocks=(
        group(
            mixers=(
                LatentAttention(
                    heads=8, kv_lora_rank=128, qk_nope_head_dim=64, qk_rope_head_dim=32, v_head_dim=64, q_lora_rank=128
                ),
            )
        ),
    )
)
RECURRENT = architecture(
    blocks=(group(mixers=(Mamba2(n_heads=8, head_dim=64, d_state=16, n_groups=1, d_conv=4),)), group(n=2))
)
SHAPES = [architecture(), mixture(), WINDOWED, LATENT, RECURRENT]
