"""One tensor: `rows` rows of `row_length` elements. Quantization packs along the row, so both matter."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a tensor is for, as far as the mixes tell tensors apart."""

    TOKEN_EMBEDDING = "token embedding"
    OUTPUT = "output matrix"
    ATTENTION_K = "attention k"
    ATTENTION_V = "attention v"
    ATTENTION_OUTPUT = "attention output"
    FFN_DOWN = "ffn down"
    EXPERTS_DOWN = "experts down"
    EXPERTS = "experts"
    MATRIX = "another matrix"
    SMALL = "never quantized"


@dataclass(frozen=True)
class Tensor:
    """`known_shape` is False where only the number of its elements is known."""

    role: Role
    rows: int
    row_length: int
    known_shape: bool = True

    @property
    def elements(self) -> int:
        return self.rows * self.row_length


def matrix(role: Role, rows: int, row_length: int) -> Tensor:
    """A tensor that a mix gives a type by its role."""
    return Tensor(role, rows, row_length)


def small(elements: int) -> Tensor:
    """Norms, biases and the like, which stay in 32-bit floats; none at all where there are no elements."""
    return Tensor(Role.SMALL, min(1, elements), elements)


def of_unknown_shape(elements: int) -> Tensor:
    """Weights of which only the number is known."""
    return Tensor(Role.MATRIX, min(1, elements), elements, known_shape=False)
