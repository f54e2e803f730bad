"""The type of each tensor of a model, counted as llama.cpp's quantizer counts."""

import pytest

from fit.architecture import Experts
from fit.mixers import GatedDeltaNet, LatentAttention, ShortConvolution
from fit.tensor import Role, Tensor, stacked
from fit.type_chooser import TypeChooser
from tests.fit.architectures import architecture, attention, group, layout, mixture


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
    eight_bits = TypeChooser(architecture(gguf=layout(q8_head_mix=True)), "Q4_K_M")
    assert eight_bits.type_of(Tensor(Role.OUTPUT, 8, 512)) == "Q8_0"


def test_a_mix_that_does_not_quantize_keeps_experts_that_are_at_four_bits() -> None:
    chooser = TypeChooser(mixture(gguf=layout(mxfp4_experts=True)), "F16")
    assert chooser.type_of(Tensor(Role.EXPERTS, 1, 512)) == "MXFP4"
    assert chooser.type_of(Tensor(Role.ATTENTION_V, 1, 512)) == "F16"


def test_the_mix_for_experts_takes_tensors_of_three_dimensions() -> None:
    chooser = TypeChooser(mixture(), "MXFP4_MOE")
    assert chooser.type_of(Tensor(Role.EXPERTS_DOWN, 1, 512)) == "MXFP4"
    assert chooser.type_of(stacked(8, 512)) == "MXFP4"
    assert chooser.type_of(Tensor(Role.FFN_DOWN, 1, 512)) == "Q8_0"
    assert chooser.type_of(Tensor(Role.TOKEN_EMBEDDING, 1, 512)) == "Q8_0"


def test_an_l_mix_has_embedding_and_head_at_q8_and_the_rest_as_the_plain_mix() -> None:
    chooser, plain = TypeChooser(architecture(), "Q4_K_L"), TypeChooser(architecture(), "Q4_K_M")
    assert chooser.type_of(Tensor(Role.TOKEN_EMBEDDING, 1, 512)) == "Q8_0"
    assert chooser.type_of(Tensor(Role.OUTPUT, 1, 512)) == "Q8_0"
    value = Tensor(Role.ATTENTION_V, 1, 512)
    assert [chooser.type_of(value) for _ in range(8)] == [plain.type_of(value) for _ in range(8)]


def test_a_tied_embedding_and_a_table_are_quantized_as_the_head() -> None:
    tied = TypeChooser(architecture(tie_embeddings=True), "IQ2_M")
    own = TypeChooser(architecture(), "IQ2_M")
    for role in (Role.TOKEN_EMBEDDING, Role.LOOKUP_TABLE):
        assert tied.type_of(Tensor(role, 1, 512)) == "Q5_K"
        assert own.type_of(Tensor(role, 1, 512)) == "IQ3_S"


def test_a_mix_that_needs_an_importance_matrix_has_one_unless_told_otherwise() -> None:
    down = Tensor(Role.FFN_DOWN, 1, 512)
    assert TypeChooser(architecture(), "IQ3_XXS").type_of(down) == "IQ3_XXS"
    assert TypeChooser(architecture(), "IQ3_XXS", importance_matrix=False).type_of(down) == "Q4_K"
    assert TypeChooser(architecture(), "Q4_0").type_of(down) == "Q4_0"
    assert TypeChooser(architecture(), "Q4_0", importance_matrix=True).type_of(down) == "Q4_1"


def test_the_first_layer_says_how_many_queries_share_a_key() -> None:
    convolution = group(n=4, mixers=(ShortConvolution(d_conv=3),))
    shared = group(n=4, mixers=(attention(heads=8, kv_heads=2),))
    delta = group(n=4, mixers=(GatedDeltaNet(k_heads=4, v_heads=4, k_dim=64, v_dim=64, d_conv=4),))
    latent = LatentAttention(heads=8, kv_lora_rank=256, qk_nope_head_dim=64, qk_rope_head_dim=32, v_head_dim=64)
    value = Tensor(Role.ATTENTION_V, 1, 512)
    stacks = [(shared, convolution), (convolution, shared), (delta, shared), (group(mixers=(latent,)),)]
    types = [TypeChooser(architecture(blocks=blocks), "Q2_K").type_of(value) for blocks in stacks]
    assert types == ["Q4_K", "Q3_K", "Q4_K", "Q4_K"]
    expanded = architecture(blocks=(group(mixers=(latent,)),), gguf=layout(latent_expanded=True))
    assert TypeChooser(expanded, "Q2_K").type_of(value) == "Q3_K"


def test_with_experts_the_layer_decides_but_for_mixes_below_three_bits() -> None:
    experts = architecture(blocks=(group(n=16, ffn=Experts(experts=16, active=2, size=256)),))
    down = Tensor(Role.EXPERTS_DOWN, 1, 512)
    assert [TypeChooser(experts, "Q4_K_S").type_of(down, layer) for layer in (1, 2)] == ["Q5_K", "Q4_K"]
    low = TypeChooser(experts, "IQ1_S")
    assert [low.type_of(down, 0) for _ in range(3)] == ["Q2_K", "Q2_K", "IQ1_S"]
    gate = Tensor(Role.EXPERTS, 1, 512)
    assert [TypeChooser(experts, "IQ3_XS").type_of(gate, layer) for layer in (1, 2)] == ["IQ3_S", "IQ3_XXS"]


def test_in_a_dense_model_gate_and_up_count_each_for_itself() -> None:
    chooser = TypeChooser(architecture(blocks=(group(n=8),)), "IQ3_XS")
    pairs = [[chooser.type_of(Tensor(role, 1, 512)) for role in (Role.FFN_GATE, Role.FFN_UP)] for _ in range(2)]
    assert pairs == [["IQ3_S", "IQ3_S"], ["IQ3_XXS", "IQ3_XXS"]]


@pytest.mark.parametrize(
    "mix", ["Q2_K", "Q4_K_M", "Q4_K_S", "Q3_K_M", "IQ1_S", "IQ3_XS", "IQ3_XXS", "IQ4_NL", "Q6_K", "Q8_0", "Q3_K_L"]
)
def test_roles_that_do_not_vary_have_one_type_in_all_layers(mix: str) -> None:
    chooser = TypeChooser(architecture(blocks=(group(n=32),)), mix)
    for role in set(Role) - chooser.varying_roles:
        assert len({chooser.type_of(Tensor(role, 1, 512), layer) for layer in range(32)}) == 1, role
