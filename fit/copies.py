"""Buffers for what is copied to a card while it computes (read off llama.cpp's breakdowns, commit 0c1e57098).

Prompts are computed on the card, so each matrix that lies in RAM is copied there when it is due, and the cache of a
layer in RAM as well. Cards that share a model as a pipeline keep the graph's inputs four times. Sizes are in bytes.
"""

from dataclasses import dataclass
from functools import cached_property

from fit.architecture import Architecture, Experts, LayerGroup
from fit.buffers import Graph
from fit.stages import FLOAT_BYTES
from fit.workload import ONE_SLOT, Workload

# Copies of the graph's inputs that a pipeline keeps besides the first.
MORE_COPIES = 3


@dataclass(frozen=True)
class Copies:
    """The buffers of a model at a context, under a workload."""

    architecture: Architecture
    graph: Graph
    context: int
    workload: Workload = ONE_SLOT

    @cached_property
    def plain_bytes(self) -> int:
        """The compute buffer with nothing in RAM."""
        return self.graph.size_bytes(self.context, self.workload)

    @cached_property
    def mask_bytes(self) -> int:
        """The attention mask of a batch."""
        return self.graph.mask_bytes(self.context, self.workload)

    @property
    def hidden_bytes(self) -> int:
        """The hidden states of a batch, in 32-bit floats."""
        return FLOAT_BYTES * min(self.workload.computed_tokens, self.context) * self.graph.hidden_size

    def of_cards(self, cards: int, *, pipeline: bool) -> list[int]:
        """The compute buffer of each card, with nothing in RAM."""
        if not pipeline:
            return [self.plain_bytes] * cards
        inputs = self.plain_bytes + MORE_COPIES * self.mask_bytes
        return [inputs + 4 * self.hidden_bytes] + [inputs + 8 * self.hidden_bytes] * (cards - 1)

    def of_ram(self, *, pipeline: bool) -> int:
        """The compute buffer in RAM."""
        plain = self.graph.host_bytes(self.context, self.workload)
        if not pipeline:
            return plain
        return plain + MORE_COPIES * (self.mask_bytes + self.hidden_bytes)

    def for_layers(self, layers: int, matrix_bytes: int) -> int:
        """The first card's buffer with the first `layers` in RAM, the largest matrix of which takes `matrix_bytes`.

        While a matrix of a gated part is on the card, two of the part's three results are held at most.
        """
        needed = self.plain_bytes + matrix_bytes
        gated = self.architecture.widest_gated
        if gated is not None:
            results = 2 * gated + 5 * self.graph.hidden_size
            needed = min(needed, max(self.plain_bytes, matrix_bytes + self._held(results)))
        return max(needed, self.graph.carried_bytes(self.context, self.workload, layers))

    def for_experts(self, experts_bytes: int) -> int:
        """The first card's buffer with experts in RAM, of which `experts_bytes` are copied at once."""
        return experts_bytes + self._held(self._widest_experts)

    def _held(self, width: int) -> int:
        """Bytes of so many elements for each token of the batch, and of the mask."""
        batch = min(self.workload.computed_tokens, self.context)
        return FLOAT_BYTES * batch * width + self.mask_bytes

    @cached_property
    def _widest_experts(self) -> int:
        return max(map(self._expert_width, self.architecture.blocks))

    def _expert_width(self, group: LayerGroup) -> int:
        """Elements for each token of the batch while the experts of a layer are computed."""
        ffn, width = group.ffn, self.graph.hidden_size
        if not isinstance(ffn, Experts):
            return 0
        if ffn.plain:
            return ffn.active * (ffn.size + (ffn.latent or width)) + 4 * width
        return ffn.active * (2 * ffn.size + width) + (2 if ffn.shared else 1) * width
