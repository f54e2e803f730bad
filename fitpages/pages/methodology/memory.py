"""The figures in what the methodology says of the exact accounting: its constants, its types, its errors."""

from dataclasses import dataclass

from fit import displays, drivers, kv_cache, systems, tensor_types, workload
from fitpages.pages.common.memory_check import FIRST, TOTAL, MemoryCheck, memory_checks
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class StoredType:
    """A type that tensors are stored in."""

    name: str
    block: str
    block_bytes: str
    bits: str


@dataclass(frozen=True, kw_only=True)
class CheckedError:
    """How far a figure of the accounting is from llama.cpp's own answers."""

    name: str
    rows: str
    median: str
    worst: str


@dataclass(frozen=True, kw_only=True)
class AccountingFigures:
    """What templates/fitpages/methodology/_memory.html shows.

    `cuda_contexts` are what a CUDA context takes of a card with up to 16 GiB, up to 32, and more.
    """

    cell_step: str
    batch: str
    alignment: str
    types: tuple[StoredType, ...]
    cuda_contexts: tuple[str, str, str]
    other_context: str
    metal_overhead: str
    system: str
    desktop: str
    models: str
    errors: tuple[CheckedError, ...]


def accounting_figures() -> AccountingFigures:
    """The constants of `fit`, and the errors that `make truth` reports."""
    small, middle, large = (figures.mebibytes(mib) for _, mib in drivers.CUDA_CONTEXT_MIB)
    checks = memory_checks()
    return AccountingFigures(
        cell_step=str(kv_cache.CELL_STEP),
        batch=str(workload.MICRO_BATCH_TOKENS),
        alignment=str(tensor_types.ALIGNMENT_BYTES),
        types=tuple(_type(name) for name in tensor_types.BLOCKS),
        cuda_contexts=(small, middle, large),
        other_context=figures.mebibytes(drivers.OTHER_CONTEXT_MIB),
        metal_overhead=figures.mebibytes(drivers.METAL_OVERHEAD_MIB),
        system=f"{systems.SYSTEM_MIB // 1024} GiB",
        desktop=figures.mebibytes(displays.DESKTOP_MIB),
        models=f"{checks[TOTAL].models:,}",
        errors=tuple(_error(checks[name]) for name in FIRST),
    )


def _type(name: str) -> StoredType:
    block, block_bytes = tensor_types.BLOCKS[name]
    return StoredType(name=name, block=str(block), block_bytes=str(block_bytes), bits=f"{8 * block_bytes / block:.2f}")


def _error(check: MemoryCheck) -> CheckedError:
    return CheckedError(
        name=check.name, rows=f"{check.rows:,}", median=f"{check.median:.4%}", worst=f"{check.worst:.4%}"
    )
