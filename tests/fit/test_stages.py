"""Stages: the elements that one part of a layer holds for each token of a batch."""

from typing import Any

import pytest

from fit.architecture import Architecture, Experts, FeedForward, GatedFeedForward, NoFeedForward
from fit.kv_cache import CacheKind, CacheType, CacheTypes
from fit.mixers import GatedDeltaNet, Indexer, LatentAttention, Mamba1, Mamba2, Mixer
from fit.stages import Stage, feed_forward_width, stages
from tests.fit.architectures import LATENT, architecture, attention, group
from tests.fit.test_states import compressed

NOTHING = NoFeedForward()
NET = GatedDeltaNet(k_heads=2, v_heads=4, k_dim=64, v_dim=32, d_conv=4)
STATE_SPACE = Mamba2(n_heads=8, head_dim=64, d_state=16, n_groups=1, d_conv=4)
INDEXED = LatentAttention(
    heads=8,
    kv_lora_rank=128,
    qk_nope_head_dim=64,
    qk_rope_head_dim=32,
    v_head_dim=64,
    indexer=Indexer(heads=4, head_dim=32),
)


def of(*mixers: Mixer, ffn: FeedForward = NOTHING, **overrides: Any) -> Architecture:
    """Eight layers, 512 wide, of these mixers."""
    return architecture(blocks=(group(mixers=mixers, ffn=ffn),), **overrides)


def listed(model: Architecture, cache_type: CacheKind = CacheType.F16) -> set[Stage]:
    return set(stages(model, cache_type)) - {Stage(0)}


def width(model: Architecture) -> int:
    return feed_forward_width(model, model.blocks[0])


@pytest.mark.parametrize(
    ("mixer", "stage"),
    [
        (STATE_SPACE, Stage((1024 + 32 + 8) + 2 * (512 + 32) + 2 * 512 + 512, state_bytes=4 * 16 * 512)),
        (Mamba1(d_inner=1024, d_state=16, d_conv=4, dt_rank=32), Stage(6 * 1024 + 96, state_bytes=4 * 16 * 1024)),
        (NET, Stage(3 * (2 * 128 + 128) + 2 * 512)),
        (compressed(4), Stage(3 * 64 * 512 + 2 * 512)),
    ],
)
def test_a_recurrence_has_a_stage_of_its_own(mixer: Mixer, stage: Stage) -> None:
    assert listed(of(mixer)) == {stage}


def test_a_state_space_beside_attention_holds_the_copy_of_a_quantized_cache_as_well() -> None:
    beside = {stage for stage in listed(of(attention(), STATE_SPACE), CacheType.Q8_0) if stage.state_bytes}
    assert {stage.cell_bytes for stage in beside} == {2 * 2 * 128}


@pytest.mark.parametrize(
    ("kept", "copied"),
    [
        (CacheTypes(CacheType.F16, CacheType.Q8_0), 128),
        (CacheTypes(CacheType.Q5_1, CacheType.F16), 128),
        (CacheTypes(CacheType.Q8_0, CacheType.Q4_0), 256),
        (CacheTypes(CacheType.BF16, CacheType.BF16), 256),
        (CacheTypes(CacheType.F16, CacheType.F16), 0),
    ],
)
def test_keys_and_values_are_copied_each_where_they_are_not_f16(kept: CacheTypes, copied: int) -> None:
    assert {stage.cell_bytes for stage in listed(of(attention()), kept)} == {2 * copied}


def test_without_flash_attention_nothing_is_copied() -> None:
    model = of(attention())
    assert set(stages(model, CacheType.Q8_0, flash_attention=False)) == set(
        stages(model, CacheType.F16, flash_attention=False)
    )


def test_an_index_scores_every_cell_for_every_token() -> None:
    assert {stage.score_bytes for stage in listed(of(attention(index_dim=64)))} == {0, 36}
    assert {stage.score_bytes for stage in listed(of(INDEXED))} == {0, 5}


def test_the_gate_of_attention_is_held_while_a_quantized_cache_is_copied() -> None:
    gated, plain = of(attention(gate="elementwise")), of(attention())
    widths = [max(stage.width for stage in listed(model, CacheType.Q8_0)) for model in (gated, plain)]
    assert widths[0] - widths[1] == 3 * 512


@pytest.mark.parametrize(("heads", "output"), [(4, 256), (8, 512), (16, 1024)])
def test_a_gated_part_holds_what_attention_put_out(heads: int, output: int) -> None:
    assert width(of(attention(heads=heads), ffn=GatedFeedForward(size=1024))) == 3 * 1024 + 2 * 512 + output


def test_a_gated_part_after_a_gated_delta_net_does_not() -> None:
    assert width(of(NET, ffn=GatedFeedForward(size=1024))) == 3 * 1024 + 2 * 512


def test_tables_and_streams_of_hidden_states_are_held_beside_a_gated_part() -> None:
    streams = {"altup_projections": 6 * 512 * 512}
    layers = group(mixers=(attention(),), ffn=GatedFeedForward(size=1024), layer_input=32)
    wider = architecture(blocks=(layers,), unquantized=streams)
    assert width(wider) == 3 * 1024 + 3 * 512 + 32 * 8 + 6 * 512


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"size": 64}, 2 * 4 * 512 + 3 * 512),
        ({"size": 64, "shared": 64}, 2 * 4 * 512 + 4 * 512),
        ({"size": 64, "shared": 64, "shared_gate": True}, 2 * 4 * 512 + 4 * 512 + 64),
        ({"size": 1024}, 3 * 4 * 1024 + 3 * 512),
        ({"size": 1024, "latent": 256}, 4 * (1024 + 256) + 4 * 512),
    ],
)
def test_experts_hold_what_each_puts_out_or_their_own_widths(overrides: dict[str, Any], expected: int) -> None:
    assert width(of(attention(), ffn=Experts(experts=16, active=4, **overrides))) == expected


def test_latent_attention_holds_the_latent_of_every_head() -> None:
    assert Stage(2 * 512 + 8 * (160 + 128 + 96 + 64)) in listed(LATENT)


def test_without_flash_attention_latent_attention_scores_every_cell_as_well() -> None:
    scored = set(stages(LATENT, CacheType.F16, flash_attention=False))
    assert Stage(2 * 512 + 8 * (160 + 128 + 96 + 64), score_bytes=4 * 8) in scored


def test_over_a_quantized_cache_what_experts_put_out_is_held_until_the_shared_one_is_added() -> None:
    experts = {"experts": 16, "active": 4, "size": 64}
    shared, alone = (of(attention(), ffn=Experts(**experts, shared=width)) for width in (64, None))
    copying = [
        {stage.width for stage in listed(model, CacheType.Q8_0) if stage.cell_bytes} for model in (shared, alone)
    ]
    assert copying == [{2 * (512 + 512) + 4 * 512}, {2 * (512 + 512)}]


def test_a_layer_of_attention_alone_runs_beside_nothing() -> None:
    alone = architecture(blocks=(group(ffn=NOTHING, norm_params=512),))
    assert {stage.width for stage in listed(alone, CacheType.Q8_0)} == {2 * (512 + 512)}
