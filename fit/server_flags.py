"""The flags with which llama.cpp's server does what was counted (commit 0c1e57098, October 2026)."""

from collections.abc import Iterator

from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType, types_of
from fit.memory import Accounting
from fit.workload import BATCH_TOKENS, MICRO_BATCH_TOKENS, ONE_SLOT, Workload


def server_flags(
    accounting: Accounting,
    flags: Flags,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> str:
    """Everything but the file: "-c 8192 -np 1 -ngl 999 -fa on". A projector is named apart, for it is a file too.

    Slots are always said, for the server makes four where nobody does; so is flash attention.
    """
    parts = (
        f"-c {context}",
        *_slots(workload),
        flags.text,
        *_attention(accounting, workload),
        *_cache(cache_type, workload),
        *_batches(workload),
        *_scaling(accounting.native_context, context),
        *_more(workload),
    )
    return " ".join(parts)


def _slots(workload: Workload) -> Iterator[str]:
    yield f"-np {workload.slots}"
    if workload.slots > 1 and workload.unified:
        yield "-kvu"


def _attention(accounting: Accounting, workload: Workload) -> Iterator[str]:
    is_fused = workload.flash_attention and not accounting.architecture.gguf.no_flash_attention
    yield "-fa on" if is_fused else "-fa off"


def _cache(cache_type: CacheKind, workload: Workload) -> Iterator[str]:
    types = types_of(cache_type)
    if types.keys is not CacheType.F16:
        yield f"-ctk {types.keys}"
    if types.values is not CacheType.F16:
        yield f"-ctv {types.values}"
    if workload.cache_in_ram:
        yield "--no-kv-offload"
    if workload.whole_window:
        yield "--swa-full"


def _batches(workload: Workload) -> Iterator[str]:
    if workload.batch_tokens != BATCH_TOKENS:
        yield f"-b {workload.batch_tokens}"
    if workload.micro_batch_tokens != MICRO_BATCH_TOKENS:
        yield f"-ub {workload.micro_batch_tokens}"


def _scaling(native: int, context: int) -> Iterator[str]:
    """YaRN, which the makers of models with a longer context document, by the least whole factor."""
    if context > native:
        yield f"--rope-scaling yarn --rope-scale {-(-context // native)} --yarn-orig-ctx {native}"


def _more(workload: Workload) -> Iterator[str]:
    if not workload.op_offload:
        yield "--no-op-offload"
    if workload.drafted_tokens:
        yield f"--spec-type draft-mtp --spec-draft-n-max {workload.drafted_tokens}"
