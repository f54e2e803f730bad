"""An architecture document reads into the dataclasses of its kinds."""

from dataclasses import asdict
from typing import Any

import pytest

from fit import architecture, mixers
from fit.architecture import Architecture, DraftLayers, Experts, FileLayout, GatedFeedForward, LayerGroup, NoFeedForward
from fit.architecture_document import arithmetic, read
from fit.mixers import GroupedQueryAttention, Indexer, LatentAttention
from tests.fit.architecture_documents import BLOCK, GQA, MOE, minimal, problems, with_value

LAYERS = LayerGroup(
    n=2,
    mixers=(GroupedQueryAttention(heads=8, kv_heads=2, head_dim=64),),
    ffn=GatedFeedForward(size=2048),
)
MINIMAL = Architecture(vocab_size=1000, hidden_size=512, tie_embeddings=True, blocks=(LAYERS,))


def test_the_least_that_describes_a_model_reads() -> None:
    assert asdict(read(minimal())) == asdict(MINIMAL)


MIXERS = [
    (GQA, mixers.GroupedQueryAttention),
    (
        {
            "type": "mla",
            "heads": 16,
            "kv_lora_rank": 512,
            "qk_nope_head_dim": 128,
            "qk_rope_head_dim": 64,
            "v_head_dim": 128,
        },
        mixers.LatentAttention,
    ),
    (
        {"type": "mamba2", "n_heads": 8, "head_dim": 64, "d_state": 128, "n_groups": 8, "d_conv": 4},
        mixers.Mamba2,
    ),
    ({"type": "mamba1", "d_inner": 8192, "d_state": 16, "d_conv": 4, "dt_rank": 256}, mixers.Mamba1),
    (
        {"type": "gdn", "k_heads": 16, "v_heads": 32, "k_dim": 128, "v_dim": 128, "d_conv": 4},
        mixers.GatedDeltaNet,
    ),
    ({"type": "kda", "heads": 32, "head_dim": 128, "d_conv": 4}, mixers.DeltaAttention),
    ({"type": "lightning", "heads": 64, "head_dim": 128}, mixers.LightningAttention),
    ({"type": "conv", "d_conv": 3}, mixers.ShortConvolution),
    (
        {
            "type": "dsv4",
            "heads": 64,
            "head_dim": 512,
            "q_lora_rank": 1024,
            "o_groups": 8,
            "o_lora_rank": 1024,
            "compress_ratio": 0,
            "index_heads": 64,
            "index_dim": 128,
            "window": 128,
        },
        mixers.CompressedAttention,
    ),
]


@pytest.mark.parametrize(("mixer", "kind"), MIXERS, ids=[str(mixer["type"]) for mixer, _ in MIXERS])
def test_each_kind_of_mixer_reads_into_its_class_with_its_figures(mixer: dict[str, Any], kind: type) -> None:
    figures = {key: value for key, value in mixer.items() if key != "type"}
    document = with_value(minimal(), ("blocks", 0, "mixers"), [mixer])
    assert read(document).blocks[0].mixers == (kind(**figures),)


def test_every_kind_of_mixer_is_read_here() -> None:
    assert {str(mixer["type"]): kind for mixer, kind in MIXERS} == mixers.MIXER_KINDS


FEED_FORWARD = [
    ({"type": "none"}, architecture.NoFeedForward),
    ({"type": "glu", "size": 2048, "bias": True}, architecture.GatedFeedForward),
    ({"type": "mlp", "size": 2048}, architecture.PlainFeedForward),
    ({**MOE, "shared": 512, "latent": 256}, architecture.Experts),
]


@pytest.mark.parametrize(("ffn", "kind"), FEED_FORWARD, ids=[str(ffn["type"]) for ffn, _ in FEED_FORWARD])
def test_each_kind_of_feed_forward_part_reads_into_its_class_with_its_figures(ffn: dict[str, Any], kind: type) -> None:
    figures = {key: value for key, value in ffn.items() if key != "type"}
    assert read(with_value(minimal(), ("blocks", 0, "ffn"), ffn)).blocks[0].ffn == kind(**figures)


def test_every_kind_of_feed_forward_part_is_read_here() -> None:
    assert {str(ffn["type"]): kind for ffn, kind in FEED_FORWARD} == architecture.FEED_FORWARD_KINDS


def test_everything_that_a_document_may_say_is_kept() -> None:
    latent = {**MIXERS[1][0], "gate": "proj", "indexer": {"heads": 64, "head_dim": 128, "shared_layer": True}}
    draft = {"n": 1, "mixers": [], "ffn": MOE}
    document = minimal(
        blocks=[BLOCK, {"n": 3, "mixers": [latent], "ffn": {"type": "none"}, "norm_params": 1024, "extra": "2*3"}],
        embed_dim=256,
        final_norm_params=0,
        lm_head_bias=1000,
        extra={"per_layer_embeddings": "262144*256*30", "other": 7},
        mtp={"blocks": [draft], "extra": "2*2048+1"},
        layer_pattern=[0, 1, 0],
        layer_note="The first three alternate.",
        gguf={"arch": "test", "mxfp4_experts": True},
    )
    group = LayerGroup(
        n=3,
        mixers=(
            LatentAttention(
                heads=16,
                kv_lora_rank=512,
                qk_nope_head_dim=128,
                qk_rope_head_dim=64,
                v_head_dim=128,
                gate="proj",
                indexer=Indexer(heads=64, head_dim=128, shared_layer=True),
            ),
        ),
        ffn=NoFeedForward(),
        norm_params=1024,
        extra=6,
    )
    assert vars(read(document)) == vars(
        Architecture(
            vocab_size=1000,
            hidden_size=512,
            tie_embeddings=True,
            blocks=(LAYERS, group),
            embed_dim=256,
            final_norm_params=0,
            lm_head_bias=1000,
            extra={"per_layer_embeddings": 262144 * 256 * 30, "other": 7},
            mtp=DraftLayers(
                blocks=(LayerGroup(n=1, mixers=(), ffn=Experts(experts=8, active=2, size=1024)),), extra=2 * 2048 + 1
            ),
            layer_pattern=(0, 1, 0),
            layer_note="The first three alternate.",
            gguf=FileLayout(arch="test", mxfp4_experts=True),
        )
    )


@pytest.mark.parametrize("key", ["embed_dim", "final_norm_params", "extra", "mtp", "layer_pattern", "layer_note"])
def test_null_says_the_same_as_leaving_out_where_a_fact_may_be_missing(key: str) -> None:
    assert asdict(read(minimal(**{key: None}))) == asdict(MINIMAL)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (7, 7),
        (0, 0),
        ("7", 7),
        ("2*2048+1", 4097),
        ("262144*256*30", 2_013_265_920),
        ("2*(3+4)", 14),
        ("2+3*4", 14),
        ("10-3", 7),
        ("7//2", 3),
        ("1+" * 99 + "1", 100),
        ("1000000000000", 10**12),
    ],
)
def test_arithmetic_is_whole_numbers_and_sums_and_products_of_them(written: str | int, value: int) -> None:
    assert arithmetic(written) == value
    assert read(with_value(minimal(), ("blocks", 0, "extra"), written)).blocks[0].extra == value


@pytest.mark.parametrize("largest", [1, 10**7 - 1, 10**7])
def test_a_count_goes_up_to_ten_million(largest: int) -> None:
    architecture = read(minimal(vocab_size=largest, lm_head_bias=largest))
    assert (architecture.vocab_size, architecture.lm_head_bias) == (largest, largest)


MAY_BE_ZERO = {("mla", "qk_rope_head_dim"), ("dsv4", "compress_ratio")}
FIGURES = [
    ((*place, key), part, key)
    for place, parts in ((("mixers", 0), MIXERS), (("ffn",), FEED_FORWARD))
    for part, _ in parts
    for key, value in part.items()
    if type(value) is int
]


@pytest.mark.parametrize(("place", "part", "key"), FIGURES, ids=[f"{part['type']}.{key}" for _, part, key in FIGURES])
def test_every_figure_of_a_layer_is_above_zero_but_those_that_say_that_a_thing_is_not_there(
    place: tuple[str | int, ...], part: dict[str, Any], key: str
) -> None:
    layer = {**BLOCK, str(place[0]): [part] if place[0] == "mixers" else part}
    document = with_value(minimal(blocks=[layer]), ("blocks", 0, *place), 0)
    if (part["type"], key) in MAY_BE_ZERO:
        assert read(document).blocks
    else:
        (problem,) = problems(document)
        assert problem.endswith(f".{key} must be a whole number from 1 to 10,000,000, not 0.")
