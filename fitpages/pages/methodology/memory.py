"""What the methodology says of the exact accounting: its formulas, types, constants, error and limits."""

from dataclasses import dataclass

from fit import kv_cache, offer, quant_mixes


@dataclass(frozen=True)
class StoredType:
    """A type that tensors are stored in."""

    name: str
    block: str
    block_bytes: str
    bits: str


@dataclass(frozen=True)
class CheckedError:
    """How far the accounting is from llama.cpp's own answers, as `make truth` reports it; a test compares the two."""

    what: str
    rows: str
    median: str
    worst: str


@dataclass(frozen=True, kw_only=True)
class AccountingText:
    """Everything that templates/fitpages/_accounting.html shows."""

    cell_step: str
    batch: str
    alignment: str
    types: tuple[StoredType, ...]
    offers: tuple[tuple[str, str], ...]
    errors: tuple[CheckedError, ...]
    not_covered: tuple[str, ...]


# Measured against llama.cpp's own answers for 52 models, not computed on request: see tests/truth/.
CHECKED_ERRORS = (
    CheckedError("Weights, whole file", "422", "0.0002%", "0.0065%"),
    CheckedError("KV cache, f16", "4,356", "0.0000%", "0.0000%"),
    CheckedError("KV cache, q8_0", "208", "0.0000%", "0.0663%"),
    CheckedError("KV cache, q4_0", "104", "0.0000%", "0.0301%"),
    CheckedError("Total, any context and cache type", "1,924", "0.0002%", "0.4562%"),
)

NOT_COVERED = (
    "Projectors for images and sound, which are files of their own.",
    "Draft models and draft layers for speculative decoding, which are never counted as loaded.",
    "Several users at once: each further stream needs cache of its own.",
    "Other runtimes than llama.cpp, and builds that allocate otherwise.",
    "The list of tokens, half a megabyte to some 13 MB of a file, which stays in RAM.",
)


def accounting_text() -> AccountingText:
    """The text, with its figures from `fit`."""
    small, middle, large = (f"{mib} MiB" for _, mib in offer.CUDA_CONTEXT_MIB)
    return AccountingText(
        cell_step=str(kv_cache.CELL_STEP),
        batch=str(kv_cache.BATCH_TOKENS),
        alignment=str(quant_mixes.ALIGNMENT_BYTES),
        types=tuple(_type(name) for name in quant_mixes.BLOCKS),
        offers=(
            ("NVIDIA", f"CUDA's total on Linux, less a context: {small} up to 16 GiB, {middle} to 32, {large} above"),
            ("AMD, Intel", f"the reported total less {offer.OTHER_CONTEXT_MIB} MiB"),
            ("Apple", f"macOS 26's limit for the GPU less {offer.METAL_OVERHEAD_MIB} MiB; the limit can be raised"),
            ("Other unified memory", f"the reported total less {offer.SYSTEM_MIB // 1024} GiB for the system"),
            ("Cards with a display", f"{offer.DESKTOP_MIB} MiB less, for a desktop"),
        ),
        errors=CHECKED_ERRORS,
        not_covered=NOT_COVERED,
    )


def _type(name: str) -> StoredType:
    block, block_bytes = quant_mixes.BLOCKS[name]
    return StoredType(name, str(block), str(block_bytes), f"{8 * block_bytes / block:.2f}")
