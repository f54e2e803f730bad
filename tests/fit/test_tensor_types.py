"""Types of tensors: their blocks, what they give way to, bytes as stored."""

import pytest

from fit.tensor import Role, Tensor
from fit.tensor_types import BLOCKS, FALLBACKS, stored_bytes, type_that_divides


@pytest.mark.parametrize("type_name", BLOCKS)
def test_a_tensor_is_padded_to_32_bytes(type_name: str) -> None:
    block, block_bytes = BLOCKS[type_name]
    size = stored_bytes(Tensor(Role.MATRIX, 1, block), type_name)
    assert size % 32 == 0
    assert block_bytes <= size < block_bytes + 32


@pytest.mark.parametrize(
    ("wanted", "row_length", "expected"),
    [
        ("Q4_K", 512, "Q4_K"),
        ("Q4_K", 2880, "Q5_0"),
        ("Q3_K", 896, "Q4_0"),
        ("IQ3_S", 896, "IQ4_NL"),
        ("TQ1_0", 896, "Q4_0"),
        ("Q6_K", 100, "F16"),
        ("Q8_0", 100, "F16"),
    ],
)
def test_a_type_gives_way_where_a_row_does_not_divide(wanted: str, row_length: int, expected: str) -> None:
    assert type_that_divides(wanted, row_length) == expected


def test_every_type_in_blocks_of_256_gives_way_to_one_in_blocks_of_32() -> None:
    assert all(BLOCKS[FALLBACKS[name]][0] == 32 for name, (block, _) in BLOCKS.items() if block == 256)
