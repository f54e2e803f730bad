"""Settings that llama.cpp refuses, each with a sentence."""

from typing import Any

import pytest

from fit.architecture import Architecture
from fit.kv_cache import CacheKind, CacheType, CacheTypes
from fit.settings import IN_EVERY_BUILD, cache_types, caution, refusal
from fit.workload import ONE_SLOT, SERVER_DEFAULT, Workload
from tests.fit.architectures import LATENT, SHAPES, architecture, attention, group, layout
from tests.fit.test_states import compressed
from tests.fit.workloads import DRAFTED

F16, Q8_0, Q4_0 = CacheType.F16, CacheType.Q8_0, CacheType.Q4_0
NARROW_HEADS = architecture(blocks=(group(mixers=(attention(head_dim=80),)),))
NARROW_VALUES = architecture(blocks=(group(mixers=(attention(v_head_dim=48),)),))
NO_FLASH_ATTENTION = architecture(gguf=layout(no_flash_attention=True))
EXPANDED = architecture(blocks=LATENT.blocks, gguf=layout(latent_expanded=True))
COMPRESSED = architecture(blocks=(group(mixers=(compressed(4),)),))


@pytest.mark.parametrize("model", [*SHAPES, COMPRESSED])
@pytest.mark.parametrize("kept", CacheType)
def test_what_people_use_is_not_refused(model: Architecture, kept: CacheType) -> None:
    assert refusal(model) == refusal(model, SERVER_DEFAULT, kept) == ""


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"slots": 0}, "llama.cpp serves 1 to 256 slots (-np), not 0."),
        ({"slots": 257}, "llama.cpp serves 1 to 256 slots (-np), not 257."),
        (
            {"batch_tokens": 0},
            "A batch has at least 1 token, not 0: 2,048 (-b) and 512 (-ub) are usual.",
        ),
        (
            {"micro_batch_tokens": 4096},
            "No more than a batch is computed at once: for 4,096 tokens (-ub) set -b 4096 too.",
        ),
        ({"drafted_tokens": -1}, "Draft layers propose at least 1 token, not -1."),
        ({"drafted_tokens": 2}, "The file has no draft layers to propose tokens."),
    ],
)
def test_a_number_that_cannot_be_is_refused(numbers: dict[str, Any], sentence: str) -> None:
    assert refusal(architecture(), Workload(**numbers)) == sentence


@pytest.mark.parametrize(
    "numbers", [{"slots": 256}, {"batch_tokens": 4096, "micro_batch_tokens": 4096}, {"batch_tokens": 512}]
)
def test_numbers_at_the_limit_are_taken(numbers: dict[str, Any]) -> None:
    assert refusal(architecture(), Workload(**numbers)) == ""


def test_draft_layers_run_where_the_file_has_them() -> None:
    assert refusal(DRAFTED, Workload(drafted_tokens=2)) == ""


@pytest.mark.parametrize(
    ("model", "workload", "kept", "sentence"),
    [
        (
            NARROW_HEADS,
            ONE_SLOT,
            Q8_0,
            "A head of 80 elements is no whole number of blocks of 32, which q8_0 is made of: "
            "keep keys as f16 or bf16.",
        ),
        (
            NARROW_VALUES,
            ONE_SLOT,
            CacheTypes(Q8_0, Q4_0),
            "A head of 48 elements is no whole number of blocks of 32, which q4_0 is made of: "
            "keep values as f16 or bf16.",
        ),
        (
            architecture(),
            Workload(flash_attention=False),
            CacheTypes(F16, Q8_0),
            "Values of q8_0 need flash attention: set -fa on, or keep values as f16.",
        ),
        (
            NO_FLASH_ATTENTION,
            ONE_SLOT,
            Q8_0,
            "llama.cpp has no flash attention for this model, so its cache can only be f16 or bf16.",
        ),
        (
            LATENT,
            ONE_SLOT,
            CacheTypes(Q8_0, Q4_0),
            "This model keeps keys and values as one: give both the same type, q8_0 or q4_0.",
        ),
        (
            COMPRESSED,
            ONE_SLOT,
            CacheTypes(F16, Q8_0),
            "This model keeps keys and values as one: give both the same type, f16 or q8_0.",
        ),
    ],
)
def test_a_type_that_a_model_cannot_have_is_refused(
    model: Architecture, workload: Workload, kept: CacheKind, sentence: str
) -> None:
    assert refusal(model, workload, kept) == sentence


@pytest.mark.parametrize(
    ("model", "workload", "kept"),
    [
        (NARROW_HEADS, ONE_SLOT, CacheType.BF16),
        (NARROW_VALUES, ONE_SLOT, CacheTypes(Q8_0, F16)),
        (architecture(), Workload(flash_attention=False), CacheTypes(Q8_0, F16)),
        (NO_FLASH_ATTENTION, ONE_SLOT, CacheType.BF16),
        (EXPANDED, ONE_SLOT, CacheTypes(Q8_0, Q4_0)),
    ],
)
def test_what_the_sentence_names_works(model: Architecture, workload: Workload, kept: CacheKind) -> None:
    assert refusal(model, workload, kept) == ""


def test_the_types_of_a_model_are_those_that_are_not_refused() -> None:
    assert cache_types(architecture()) == tuple(CacheType)
    assert cache_types(architecture(), Workload(flash_attention=False)) == (F16, CacheType.BF16)
    assert cache_types(NO_FLASH_ATTENTION) == cache_types(NARROW_HEADS) == (F16, CacheType.BF16)


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        (Q8_0, ""),
        (CacheTypes(Q8_0, Q4_0), ""),
        (CacheType.IQ4_NL, "No CUDA or ROCm build computes attention over iq4_nl on the card: q4_0 is as small."),
        (
            CacheType.Q5_1,
            "With q5_1 keys and values only a CUDA or ROCm build with GGML_CUDA_FA_ALL_QUANTS computes attention on "
            "the card: q8_0 or q4_0 for both needs none.",
        ),
        (
            CacheTypes(F16, Q8_0),
            "With f16 keys and q8_0 values only a CUDA or ROCm build with GGML_CUDA_FA_ALL_QUANTS computes attention "
            "on the card: q8_0 or q4_0 for both needs none.",
        ),
    ],
)
def test_a_type_that_usual_builds_compute_elsewhere_is_said(kept: CacheKind, sentence: str) -> None:
    assert caution(kept) == sentence


def test_every_usual_pair_needs_no_build_of_its_own() -> None:
    assert [caution(types) for types in IN_EVERY_BUILD] == [""] * 5
