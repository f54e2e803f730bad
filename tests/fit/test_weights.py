"""Weights: the tensors of an architecture, the type each gets, the bytes that makes."""

import json

import pytest

from fit.architecture_document import arithmetic, read
from fit.quant_mixes import (
    AVERAGE_BYTES_PER_PARAMETER,
    BASE_TYPES,
    BLOCKS,
    TypeChooser,
    UnknownMixError,
    more_bits,
    stored_bytes,
)
from fit.tensor import Role, Tensor
from fit.tensors import count_draft_parameters, count_parameters
from fit.weights import weights
from tests.fit.architectures import architecture, group, layout, mixture
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


@pytest.mark.parametrize(
    ("index", "more"), [(0, True), (3, True), (4, False), (6, True), (27, True), (28, True), (31, True), (5, False)]
)
def test_a_k_mix_spends_more_on_the_ends_and_every_third_between(index: int, more: bool) -> None:
    assert more_bits(index, 32) is more


@pytest.mark.parametrize(
    ("role", "mix", "row_length", "expected"),
    [
        (Role.MATRIX, "Q4_K_M", 512, "Q4_K"),
        (Role.MATRIX, "Q4_K_M", 2880, "Q5_0"),
        (Role.MATRIX, "Q5_K_M", 896, "Q5_1"),
        (Role.MATRIX, "Q6_K", 896, "Q8_0"),
        (Role.MATRIX, "Q3_K_M", 896, "Q4_0"),
        (Role.MATRIX, "IQ4_XS", 896, "IQ4_NL"),
        (Role.MATRIX, "Q4_K_M", 100, "F16"),
        (Role.OUTPUT, "Q4_K_M", 512, "Q6_K"),
        (Role.OUTPUT, "Q4_K_M", 2880, "Q8_0"),
        (Role.OUTPUT, "Q8_0", 512, "Q8_0"),
        (Role.TOKEN_EMBEDDING, "Q4_K_M", 512, "Q4_K"),
        (Role.SMALL, "Q4_K_M", 512, "F32"),
        (Role.ATTENTION_V, "Q3_K_M", 512, "Q5_K"),
        (Role.ATTENTION_OUTPUT, "Q3_K_M", 512, "Q4_K"),
        (Role.ATTENTION_V, "Q2_K", 512, "Q4_K"),
        (Role.FFN_DOWN, "Q4_K_M", 512, "Q6_K"),
    ],
)
def test_the_type_of_a_tensor_follows_its_role_and_row(role: Role, mix: str, row_length: int, expected: str) -> None:
    assert TypeChooser(architecture(), mix).type_of(Tensor(role, 8, row_length)) == expected


def test_properties_of_the_file_change_types_and_no_name_does() -> None:
    value = Tensor(Role.ATTENTION_V, 128, 512)
    assert TypeChooser(architecture(gguf=layout(mix_70b_class=True)), "Q3_K_M").type_of(value) == "Q5_K"
    assert TypeChooser(mixture(gguf=layout(mxfp4_experts=True)), "Q4_K_M").type_of(Tensor(Role.EXPERTS, 1, 512)) == (
        "MXFP4"
    )
    falcon = TypeChooser(architecture(gguf=layout(q8_head_mix=True)), "Q4_K_M")
    assert falcon.type_of(Tensor(Role.OUTPUT, 8, 512)) == "Q8_0"


@pytest.mark.parametrize("type_name", BLOCKS)
def test_a_tensor_is_padded_to_32_bytes(type_name: str) -> None:
    block, block_bytes = BLOCKS[type_name]
    size = stored_bytes(Tensor(Role.MATRIX, 1, block), type_name)
    assert size % 32 == 0
    assert block_bytes <= size < block_bytes + 32


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
