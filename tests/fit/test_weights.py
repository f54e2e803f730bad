"""Weights: the tensors of an architecture, the type each gets, the bytes that makes."""

import json

import pytest

from fit.architecture import Experts, LookupTable
from fit.architecture_document import arithmetic, read
from fit.mixers import LatentAttention
from fit.quant_mixes import AVERAGE_BYTES_PER_PARAMETER, BASE_TYPES, UnknownMixError
from fit.tensor import Role
from fit.tensor_types import BLOCKS
from fit.tensors import count_active_parameters, count_draft_parameters, count_parameters, layer_tensors, layers
from fit.weights import weights
from tests.fit.architectures import architecture, attention, group, layout, mixture
from tests.processes import ROOT

EMBEDDING = 4096 * 512
LAYER_MATRICES = 512 * 512 + 2 * 128 * 512 + 512 * 512 + 3 * 512 * 1024
LAYER_NORMS = 1024


def test_weights_at_f16_are_two_bytes_a_weight_and_norms_four() -> None:
    expected = 2 * (2 * EMBEDDING + 8 * LAYER_MATRICES) + 4 * (8 * LAYER_NORMS + 512)
    assert weights(architecture(), "F16").file_bytes == expected


def test_the_token_embedding_stays_in_ram_unless_it_is_the_head_as_well() -> None:
    own, tied = weights(architecture(), "F16"), weights(architecture(tie_embeddings=True), "F16")
    assert own.vram_bytes == own.file_bytes - 2 * EMBEDDING
    assert tied.vram_bytes == tied.file_bytes == own.file_bytes - 2 * EMBEDDING
    assert tied.ram_bytes == own.ram_bytes == 2 * EMBEDDING


def test_a_head_stored_twice_is_a_head_of_its_own_and_counted_once() -> None:
    twice = architecture(tie_embeddings=True, gguf=layout(head_stored_twice=True))
    assert weights(twice, "F16").file_bytes == weights(architecture(), "F16").file_bytes
    assert count_parameters(twice) == count_parameters(architecture(tie_embeddings=True))


def test_weights_of_unknown_shape_take_the_whole_file_average_and_are_approximate() -> None:
    more = architecture(extra={"tables": 10**6})
    added = weights(more, "Q4_K_M").file_bytes - weights(architecture(), "Q4_K_M").file_bytes
    assert added == int(10**6 * AVERAGE_BYTES_PER_PARAMETER["Q4_K_M"])
    assert weights(more, "Q4_K_M").approximate
    assert not weights(architecture(), "Q4_K_M").approximate


def test_an_unknown_mix_is_refused() -> None:
    with pytest.raises(UnknownMixError, match="No rules are known for the mix Q9_K: only for F16,"):
        weights(architecture(), "Q9_K")


def test_draft_layers_are_in_the_file_only_where_it_says_so_and_never_loaded() -> None:
    from fit.architecture import DraftLayers

    draft = DraftLayers(blocks=(group(n=1),), extra=1024)
    kept = architecture(mtp=draft, gguf=layout(draft_layers_in_file=True))
    assert weights(architecture(mtp=draft), "F16").draft_bytes == 0
    assert weights(kept, "F16").draft_bytes > 0
    assert weights(kept, "F16").vram_bytes == weights(architecture(), "F16").vram_bytes


def test_a_looked_up_table_lies_in_ram_at_the_type_of_a_tied_head() -> None:
    table = {"per_layer": LookupTable(rows=4096, row_length=256 * 8)}
    tied = architecture(tie_embeddings=True)
    with_table = architecture(tie_embeddings=True, lookup_tables=table)
    plain, measured = weights(tied, "Q4_K_M"), weights(with_table, "Q4_K_M")
    assert measured.table_bytes == 4096 * 8 * BLOCKS["Q6_K"][1]
    assert measured.vram_bytes == plain.vram_bytes
    assert measured.unread_bytes == plain.unread_bytes
    assert measured.ram_bytes == plain.ram_bytes + measured.table_bytes
    assert measured.file_bytes == plain.file_bytes + measured.table_bytes
    assert not measured.approximate
    assert count_parameters(with_table) == count_parameters(tied) + 4096 * 256 * 8


def test_a_head_that_reads_the_embedding_has_no_second_copy_in_vram() -> None:
    measured = weights(architecture(tie_embeddings=True, gguf=layout(head_reads_embedding=True)), "F16")
    assert measured.vram_bytes == measured.file_bytes - 2 * EMBEDDING


def test_matrices_that_no_mix_quantizes_stay_at_16_bits() -> None:
    kept = architecture(unquantized={"projection": 2**20}, blocks=(group(unquantized=2**20),))
    plain = architecture(blocks=(group(),))
    for mix in ("F16", "Q2_K", "Q8_0"):
        added = weights(kept, mix).file_bytes - weights(plain, mix).file_bytes
        assert added == 2 * 2**20 * (1 + group().n)


def test_an_input_for_each_layer_brings_two_matrices() -> None:
    with_input, plain = architecture(blocks=(group(layer_input=256),)), architecture(blocks=(group(),))
    assert count_parameters(with_input) - count_parameters(plain) == group().n * 2 * 256 * 512
    added = weights(with_input, "Q6_K").file_bytes - weights(plain, "Q6_K").file_bytes
    assert added == group().n * 2 * 512 * BLOCKS["Q6_K"][1]


def test_residual_streams_are_mixed_by_a_matrix_before_each_part() -> None:
    streams, plain = architecture(blocks=(group(residual_streams=4),)), architecture(blocks=(group(),))
    assert count_parameters(streams) - count_parameters(plain) == group().n * (2 * 24 * 4 * 512 + 54)


def test_a_layer_that_shares_keys_and_values_may_have_unused_matrices_for_them() -> None:
    shared = architecture(blocks=(group(mixers=(attention(kv="shared"),)),))
    unused = architecture(blocks=(group(mixers=(attention(kv="shared", unused_kv=True),)),))
    assert count_parameters(unused) - count_parameters(shared) == group().n * 2 * 128 * 512


def test_dense_layers_stand_before_those_with_experts_and_those_are_spread() -> None:
    experts = Experts(experts=16, active=2, size=256)
    dense, windowed = group(n=1), group(n=4, ffn=experts, mixers=(attention(window=64),))
    full = group(n=2, ffn=experts)
    stack = layers(architecture(blocks=(full, windowed, dense)))
    assert [(group.n) for group in stack] == [1, 4, 2, 4, 4, 2, 4]


def test_an_expanded_latent_has_one_matrix_for_keys_and_values() -> None:
    latent = LatentAttention(heads=8, kv_lora_rank=256, qk_nope_head_dim=64, qk_rope_head_dim=32, v_head_dim=64)
    two = architecture(blocks=(group(mixers=(latent,)),))
    joined = architecture(blocks=(group(mixers=(latent,)),), gguf=layout(latent_expanded=True))
    assert count_parameters(two) == count_parameters(joined)
    roles = [tensor.role for tensor in layer_tensors(joined, joined.blocks[0])]
    assert Role.ATTENTION_V in roles
    assert Role.ATTENTION_V not in [tensor.role for tensor in layer_tensors(two, two.blocks[0])]


@pytest.mark.parametrize("mix", BASE_TYPES)
def test_the_layers_and_the_rest_are_the_whole(mix: str) -> None:
    measured = weights(mixture(), mix)
    rest = measured.embedding_bytes + measured.head_bytes + measured.other_bytes
    assert measured.file_bytes == sum(layer.total for layer in measured.layers) + rest
    assert all(0 < layer.experts < layer.total for layer in measured.layers)


def test_the_recount_agrees_with_what_the_checkpoints_declare() -> None:
    exact, close, apart = [], [], {}
    lines = (ROOT / "catalog/data/models.jsonl").read_text(encoding="utf-8").split("\n")
    for record in map(json.loads, filter(None, lines)):
        if not record.get("architecture") or not record.get("header_parameters"):
            apart[record["slug"]] = "no architecture" if not record.get("architecture") else "no header"
            continue
        of = read(record["architecture"])
        counted = count_parameters(of) + count_draft_parameters(of) + record.get("tower_parameters", 0)
        counted += arithmetic(record["header_extra"]) if record.get("header_extra") else 0
        error = abs(counted / record["header_parameters"] - 1)
        exact += [record["slug"]] if counted == record["header_parameters"] else []
        if error <= 0.001:
            close.append(record["slug"])
        else:
            apart[record["slug"]] = f"{error:.2%}: its header also counts encoders, drafts or block scales"
    assert len(exact) >= 397
    assert len(close) >= 412
    assert set(apart) == {
        "baichuan2-13b",
        "baichuan2-7b",
        "dbrx-132b",
        "grok-1-314b",
        "minicpm3-4b",
        "mistral-large-3-675b-a41b",
        "nemotron-mini-4b",
        "magistral-small-1-2-24b-2509",
        "llama-3-1-nemotron-ultra-253b-v1",
        "deepseek-v4-1-flash",
        "mimo-v2-5-310b-a15b",
        "mimo-v2-6-flash-310b-a15b",
        "inkling-952b-a41b",
        "inkling-small-266b-a12b",
        "deepseek-v4-flash-0731",
        "deepseek-v4-pro-0813",
    }, apart


def test_a_file_of_another_size_has_layers_and_a_head_of_that_size() -> None:
    plain = weights(mixture(), "Q4_K_M")
    larger = plain.of_file(plain.file_bytes + plain.vram_bytes // 10)
    for before, after in zip(plain.layers, larger.layers, strict=True):
        assert after.total == pytest.approx(1.1 * before.total, rel=1e-4)
        assert after.experts == pytest.approx(1.1 * before.experts, rel=1e-4)
    assert larger.unread_bytes == pytest.approx(1.1 * plain.unread_bytes, rel=1e-4)
    assert (larger.embedding_bytes, larger.draft_bytes) == (plain.embedding_bytes, plain.draft_bytes)
    assert plain.of_file(plain.file_bytes) == plain


@pytest.mark.parametrize("kind", ["F16", "Q8_0", "Q6_K", "Q5_K", "Q4_K", "Q3_K"])
def test_a_looked_up_table_of_another_type_takes_no_vram(kind: str) -> None:
    table = {"per_layer": LookupTable(rows=40960, row_length=256 * 8)}
    plain = weights(architecture(lookup_tables=table), "Q4_K_M")
    other_type = 40960 * 8 * BLOCKS[kind][1] * (256 // BLOCKS[kind][0])
    file_bytes = plain.file_bytes - plain.table_bytes + other_type
    assert plain.whole.vram_bytes_of_file(file_bytes) == plain.vram_bytes
    assert plain.whole.vram_bytes_of_file(file_bytes + 1000) == plain.vram_bytes + 1000


def test_a_file_smaller_than_what_stays_in_ram_takes_no_vram() -> None:
    assert weights(architecture(), "Q4_K_M").whole.vram_bytes_of_file(1) == 0


def test_a_token_uses_its_share_of_the_experts_and_no_whole_table() -> None:
    table = {"per_layer": LookupTable(rows=4096, row_length=256 * 8)}
    assert count_active_parameters(architecture(lookup_tables=table)) == count_parameters(architecture())
