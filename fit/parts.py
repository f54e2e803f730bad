"""What lies on one device, part by part."""

from typing import NamedTuple


class Parts(NamedTuple):
    """Weights, cache and compute buffers on a card or in RAM, in bytes."""

    weights_bytes: int
    cache_bytes: int
    compute_bytes: int

    @property
    def total_bytes(self) -> int:
        """All three."""
        return sum(self)

    def plus(self, other: "Parts") -> "Parts":
        """Both together, part by part."""
        return Parts(*(ours + theirs for ours, theirs in zip(self, other, strict=True)))


NOTHING = Parts(0, 0, 0)
