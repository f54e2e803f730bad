"""Which settings llama.cpp takes for a model, and what to say of those that it refuses.

Its checks are in src/llama-context.cpp (llama_init_from_model) and src/llama-cparams.h (October 2026).
"""

from collections.abc import Iterator

from fit.architecture import Architecture
from fit.cached_rows import CachedRow, cached_rows
from fit.kv_cache import BLOCK_ELEMENTS, CacheKind, CacheType, CacheTypes, types_of
from fit.mixers import CompressedAttention, LatentAttention
from fit.tensors import draft_layers
from fit.workload import ONE_SLOT, Workload

MOST_SLOTS = 256
# Types of keys and values that the flash attention of a CUDA or ROCm build takes as it is published (fattn.cu).
IN_EVERY_BUILD = (
    *(CacheTypes(kept, kept) for kept in (CacheType.F16, CacheType.BF16, CacheType.Q8_0, CacheType.Q4_0)),
    CacheTypes(CacheType.Q8_0, CacheType.Q4_0),
)


def refusal(architecture: Architecture, workload: Workload = ONE_SLOT, cache_type: CacheKind = CacheType.F16) -> str:
    """Why llama.cpp does not start a model with these settings, and what it would take: one sentence or two.

    Empty where nothing is wrong.
    """
    refused = (*_refused_numbers(architecture, workload), *_refused_types(architecture, workload, types_of(cache_type)))
    return refused[0] if refused else ""


def cache_types(architecture: Architecture, workload: Workload = ONE_SLOT) -> tuple[CacheType, ...]:
    """The types that llama.cpp takes for keys and values alike."""
    return tuple(kept for kept in CacheType if not any(_refused_types(architecture, workload, types_of(kept))))


def caution(cache_type: CacheKind) -> str:
    """What a cache of this type needs on a card of NVIDIA or AMD, in a sentence; empty where any build will do.

    Nothing is refused there: attention is computed by the processor instead.
    """
    types = types_of(cache_type)
    if types in IN_EVERY_BUILD:
        return ""
    if CacheType.IQ4_NL in types:
        return "No CUDA or ROCm build computes attention over iq4_nl on the card: q4_0 is as small."
    return (
        f"With {_named(types)} only a CUDA or ROCm build with GGML_CUDA_FA_ALL_QUANTS computes attention on the card: "
        "q8_0 or q4_0 for both needs none."
    )


def _refused_numbers(architecture: Architecture, workload: Workload) -> Iterator[str]:
    """What is wrong with the numbers of a workload."""
    slots, batch, micro_batch = workload.slots, workload.batch_tokens, workload.micro_batch_tokens
    if not 1 <= slots <= MOST_SLOTS:
        yield f"llama.cpp serves 1 to {MOST_SLOTS} slots (-np), not {slots}."
    if batch < 1 or micro_batch < 1:
        yield f"A batch has at least 1 token, not {min(batch, micro_batch)}: 2,048 (-b) and 512 (-ub) are usual."
    elif micro_batch > batch:
        yield f"No more than a batch is computed at once: for {micro_batch:,} tokens (-ub) set -b {micro_batch} too."
    if workload.drafted_tokens < 0:
        yield f"Draft layers propose at least 1 token, not {workload.drafted_tokens}."
    elif workload.drafted_tokens and not draft_layers(architecture):
        yield "The file has no draft layers to propose tokens."


def _refused_types(architecture: Architecture, workload: Workload, types: CacheTypes) -> Iterator[str]:
    """What is wrong with the types of keys and values."""
    if architecture.gguf.no_flash_attention:
        if types.keys.is_quantized or types.values.is_quantized:
            yield "llama.cpp has no flash attention for this model, so its cache can only be f16 or bf16."
    elif types.values.is_quantized and not workload.flash_attention:
        yield f"Values of {types.values} need flash attention: set -fa on, or keep values as f16."
    if types.keys != types.values and _keeps_both_as_one(architecture):
        yield f"This model keeps keys and values as one: give both the same type, {types.keys} or {types.values}."
    for row in _quantized_rows(architecture, types):
        if row.head_elements % BLOCK_ELEMENTS:
            yield (
                f"A head of {row.head_elements} elements is no whole number of blocks of {BLOCK_ELEMENTS}, "
                f"which {types.of(row)} is made of: keep {row.name} as f16 or bf16."
            )


def _quantized_rows(architecture: Architecture, types: CacheTypes) -> Iterator[CachedRow]:
    for mixer in architecture.mixers:
        for row in cached_rows(architecture, mixer):
            if types.of(row).is_quantized:
                yield row


def _keeps_both_as_one(architecture: Architecture) -> bool:
    kinds = CompressedAttention if architecture.gguf.latent_expanded else CompressedAttention | LatentAttention
    return any(isinstance(mixer, kinds) for mixer in architecture.mixers)


def _named(types: CacheTypes) -> str:
    if types.keys is types.values:
        return f"{types.keys} keys and values"
    return f"{types.keys} keys and {types.values} values"
