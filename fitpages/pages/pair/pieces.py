"""Prose with links in it."""

from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a sentence; it leads to `address` where that is not ""."""

    text: str
    address: str = ""


def spaced(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with a space between them, but before a full stop or a comma."""
    prose: list[Piece] = []
    for piece in pieces:
        if prose and piece.text[:1] not in ".,;":
            prose.append(Piece(" "))
        prose.append(piece)
    return tuple(prose)
