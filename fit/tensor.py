"""One tensor: `rows` rows of `row_length` elements. Quantization packs along the row, so both matter."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a tensor is for, as far as the mixes tell tensors apart."""

    # Members are compared by identity, and asked for by the hundred thousand: Enum's own hash runs in Python.
    __hash__ = object.__hash__

    TOKEN_EMBEDDING = "token embedding"
    OUTPUT = "output matrix"
    LOOKUP_TABLE = "looked-up table"
    ATTENTION_Q = "attention q"
    ATTENTION_K = "attention k"
    ATTENTION_V = "attention v"
    ATTENTION_OUTPUT = "attention output"
    FFN_GATE = "ffn gate"
    FFN_UP = "ffn up"
    FFN_DOWN = "ffn down"
    EXPERTS_DOWN = "experts down"
    EXPERTS = "experts"
    MATRIX = "another matrix"
    UNQUANTIZED = "kept at 16 bits"
    SMALL = "kept at 32 bits"
    EXPERT_BIAS = "biases of experts"


EXPERT_ROLES = frozenset({Role.EXPERTS, Role.EXPERTS_DOWN})
# What no mix changes.
FLOAT_ROLES = frozenset({Role.SMALL, Role.EXPERT_BIAS})
# Roles that a mix treats as a token embedding or a head.
EMBEDDING_ROLES = frozenset({Role.TOKEN_EMBEDDING, Role.LOOKUP_TABLE, Role.OUTPUT})


@dataclass(frozen=True)
class Tensor:
    """`known_shape` is False where only the number of its elements is known.

    `stacked`: one matrix a head, stored as a tensor of three dimensions.
    """

    role: Role
    rows: int
    row_length: int
    known_shape: bool = True
    stacked: bool = False

    @property
    def elements(self) -> int:
        return self.rows * self.row_length


def matrix(role: Role, rows: int, row_length: int) -> Tensor:
    """A tensor that a mix gives a type by its role."""
    return Tensor(role, rows, row_length)


def stacked(rows: int, row_length: int) -> Tensor:
    """One matrix a head, stored as a tensor of three dimensions."""
    return Tensor(Role.MATRIX, rows, row_length, stacked=True)


def small(elements: int) -> Tensor:
    """Norms, biases and the like, which stay in 32-bit floats; none at all where there are no elements."""
    return Tensor(Role.SMALL, min(1, elements), elements)


def expert_bias(elements: int) -> Tensor:
    """Biases of experts, which go where their experts go; none at all where there are no elements."""
    return Tensor(Role.EXPERT_BIAS, min(1, elements), elements)


def unquantized(elements: int) -> Tensor:
    """Matrices that every mix keeps at 16 bits; none at all where there are no elements."""
    return Tensor(Role.UNQUANTIZED, min(1, elements), elements)


def of_unknown_shape(elements: int) -> Tensor:
    """Weights of which only the number is known."""
    return Tensor(Role.MATRIX, min(1, elements), elements, known_shape=False)
