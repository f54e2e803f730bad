"""The types that a tensor can have in a file, and the bytes that they make.

Block sizes are those of ggml (commit 0c1e57098, October 2026). Bytes are as stored: rows x (row length / block x bytes
per block), each tensor padded to 32 bytes.
"""

from fit.tensor import Tensor

ALIGNMENT_BYTES = 32

# Elements in a block, bytes of a block.
BLOCKS: dict[str, tuple[int, int]] = {
    "F32": (1, 4),
    "F16": (1, 2),
    "BF16": (1, 2),
    "Q4_0": (32, 18),
    "Q4_1": (32, 20),
    "Q5_0": (32, 22),
    "Q5_1": (32, 24),
    "Q8_0": (32, 34),
    "IQ4_NL": (32, 18),
    "MXFP4": (32, 17),
    "Q2_0": (64, 18),
    "Q1_0": (128, 18),
    "Q2_K": (256, 84),
    "Q3_K": (256, 110),
    "Q4_K": (256, 144),
    "Q5_K": (256, 176),
    "Q6_K": (256, 210),
    "IQ1_S": (256, 50),
    "IQ1_M": (256, 56),
    "IQ2_XXS": (256, 66),
    "IQ2_XS": (256, 74),
    "IQ2_S": (256, 82),
    "IQ3_XXS": (256, 98),
    "IQ3_S": (256, 110),
    "IQ4_XS": (256, 136),
    "TQ1_0": (256, 54),
    "TQ2_0": (256, 66),
}

# What a type gives way to where the row length is no multiple of its block; F16 where that does not divide either.
FALLBACKS = {
    "Q2_0": "Q4_0",
    "Q2_K": "Q4_0",
    "Q3_K": "Q4_0",
    "TQ1_0": "Q4_0",
    "TQ2_0": "Q4_0",
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
    "IQ1_S": "IQ4_NL",
    "IQ1_M": "IQ4_NL",
    "IQ2_XXS": "IQ4_NL",
    "IQ2_XS": "IQ4_NL",
    "IQ2_S": "IQ4_NL",
    "IQ3_XXS": "IQ4_NL",
    "IQ3_S": "IQ4_NL",
    "IQ4_XS": "IQ4_NL",
}


def stored_bytes(tensor: Tensor, type_name: str) -> int:
    """Bytes that a tensor takes in a file or a buffer, padding included."""
    block, block_bytes = BLOCKS[type_name]
    data = tensor.rows * (tensor.row_length // block) * block_bytes
    return -(-data // ALIGNMENT_BYTES) * ALIGNMENT_BYTES


def bytes_of(elements: int, type_name: str) -> int:
    """Bytes of so many elements in whole blocks of a type, without padding."""
    block, block_bytes = BLOCKS[type_name]
    return elements // block * block_bytes


def divides(row_length: int, type_name: str) -> bool:
    """Whether a row of `row_length` elements is a whole number of the type's blocks."""
    return row_length % BLOCKS[type_name][0] == 0


def type_that_divides(wanted: str, row_length: int) -> str:
    """The type that a row gets which was to have type `wanted`."""
    if divides(row_length, wanted):
        return wanted
    fallback = FALLBACKS.get(wanted, "F16")
    return fallback if divides(row_length, fallback) else "F16"
