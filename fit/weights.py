"""Bytes of a model's weights under a mix, layer by layer, from its own tensors."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from fit.architecture import Architecture
from fit.layer_weights import LayerBytes, layers_of, size_of
from fit.tensor import EMBEDDING_ROLES, Role, Tensor
from fit.tensor_types import bytes_of
from fit.tensors import draft_layers, has_output_matrix, layers, outside_the_stack
from fit.type_chooser import TypeChooser
from fit.worked_out import once
from fit.workload import MICRO_BATCH_TOKENS

# The types that publishers store looked-up tables at.
TABLE_TYPES = ("F16", "Q8_0", "Q6_K", "Q5_K", "Q4_K", "Q3_K", "Q2_K")


class WholeFile(NamedTuple):
    """The bytes of a file under a mix, of them those in VRAM and those of looked-up tables: the few figures of it that
    lists ask of every mix, without its layers."""

    file_bytes: int
    vram_bytes: int
    table_bytes: int
    table_elements: int

    def vram_bytes_of_file(self, file_bytes: int) -> int:
        """Bytes in VRAM of a published file: all that is not the mix's own is taken to be in the layers and the head.

        Publishers choose the type of looked-up tables, whatever the mix: it is taken to be the one with which the size
        of the file agrees best.
        """
        return max(0, file_bytes - self.nearest_file_bytes(file_bytes) + self.vram_bytes)

    def nearest_file_bytes(self, file_bytes: int) -> int:
        """Bytes of the file by these types that is nearest to a published one, whatever the type of its tables."""
        without_tables = self.file_bytes - self.table_bytes
        tables = (self.table_bytes, *(bytes_of(self.table_elements, kind) for kind in TABLE_TYPES))
        return min((without_tables + size for size in tables), key=lambda size: abs(file_bytes - size))


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Where a model's bytes are. `approximate` where some types are not known to be llama.cpp's own."""

    layers: tuple[LayerBytes, ...]
    draft_bytes: int
    draft_layers: int
    embedding_bytes: int
    head_bytes: int
    other_bytes: int
    table_bytes: int = 0
    table_elements: int = 0
    has_own_head: bool
    approximate: bool

    @property
    def file_bytes(self) -> int:
        """Bytes of all tensors in the file, draft layers included where they are in it."""
        return self.loaded_bytes + self.draft_bytes

    @property
    def loaded_bytes(self) -> int:
        """Bytes of what is loaded: draft layers never are."""
        return self.stack_bytes + self.embedding_bytes + self.table_bytes + self.head_bytes + self.other_bytes

    @cached_property
    def stack_bytes(self) -> int:
        return sum(layer.total for layer in self.layers)

    @cached_property
    def unread_bytes(self) -> float:
        """Bytes of the experts that a token passes by."""
        return sum(layer.experts * (1 - layer.share_read) for layer in self.layers)

    @cached_property
    def expert_ends(self) -> tuple[int, ...]:
        """Bytes of the routed experts of the first 0, 1, 2 ... layers."""
        return tuple(accumulate((layer.experts for layer in self.layers), initial=0))

    @cached_property
    def read_ends(self) -> tuple[float, ...]:
        """Bytes that a token reads of the first 0, 1, 2 ... layers."""
        read = (layer.total - layer.experts + layer.experts * layer.share_read for layer in self.layers)
        return tuple(accumulate(read, initial=0.0))

    @cached_property
    def expert_read_ends(self) -> tuple[float, ...]:
        """Bytes that a token reads of the experts of the first 0, 1, 2 ... layers."""
        return tuple(accumulate((layer.experts * layer.share_read for layer in self.layers), initial=0.0))

    def read_in_ram(self, layers: int, expert_layers: int) -> tuple[float, float]:
        """Bytes that a token reads from RAM with the first `layers` there, and the experts of the first
        `expert_layers`: of whole layers without their experts, and of experts its share of them."""
        whole = min(layers, len(self.layers))
        without_experts = max(whole, min(expert_layers, len(self.layers)))
        return self.read_ends[whole] - self.expert_read_ends[whole], self.expert_read_ends[without_experts]

    def copied_by(self, tokens: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Bytes of the first 0, 1, 2 ... layers that so many tokens together use: whole layers, and their experts.

        Every token chooses its experts anew; the fewer tokens, the fewer of them are used.
        """
        used = [layer.experts * (1 - (1 - layer.share_read) ** tokens) for layer in self.layers]
        whole = (layer.total - layer.experts + size for layer, size in zip(self.layers, used, strict=True))
        return tuple(accumulate(whole, initial=0.0)), tuple(accumulate(used, initial=0.0))

    @cached_property
    def copied_ends(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """`copied_by` a full micro-batch."""
        return self.copied_by(MICRO_BATCH_TOKENS)

    @property
    def vram_bytes(self) -> int:
        """Bytes in VRAM with everything offloaded: the token embedding stays in RAM, unless it is the head as well.

        `table_bytes` are never in VRAM."""
        return self.loaded_bytes - self.table_bytes - (self.embedding_bytes if self.has_own_head else 0)

    @cached_property
    def whole(self) -> WholeFile:
        """What is asked of the file as a whole."""
        return WholeFile(self.file_bytes, self.vram_bytes, self.table_bytes, self.table_elements)

    def of_file(self, file_bytes: int) -> "Weights":
        """The weights as a published file has them: layers that are larger or smaller by as much as what is in VRAM.

        What is not in layers stays as it is; `fit.memory` takes the rest of the file's VRAM for the head.
        """
        factor = self.whole.vram_bytes_of_file(file_bytes) / self.vram_bytes
        scaled = {id(layer): layer.scaled(factor) for layer in {id(layer): layer for layer in self.layers}.values()}
        return replace(self, layers=tuple(scaled[id(layer)] for layer in self.layers))

    @property
    def ram_bytes(self) -> int:
        """Bytes that stay in RAM: looked-up tables and the token embedding, which a tied head has a copy of in VRAM."""
        return self.embedding_bytes + self.table_bytes


def weights(
    architecture: Architecture, mix: str, *, imatrix: bool | None = None, mxfp4_experts: bool | None = None
) -> Weights:
    """The weights under `mix`; raises `fit.quant_mixes.UnknownMixError`.

    `imatrix`: whether the file is made with an importance matrix; None: where the mix needs one.
    """
    chooser = TypeChooser(architecture, mix, importance_matrix=imatrix, mxfp4_experts=mxfp4_experts)
    outside = [(tensor, size_of(tensor, chooser)) for tensor in _outside(architecture)]
    stack = list(layers_of(architecture, chooser, layers(architecture), 0))
    drafts = list(layers_of(architecture, chooser, draft_layers(architecture), len(stack)))
    role_bytes = dict.fromkeys(Role, 0)
    for tensor, size in outside:
        role_bytes[tensor.role] += size
    named_bytes = sum(role_bytes[role] for role in EMBEDDING_ROLES)
    return Weights(
        layers=tuple(stack),
        draft_layers=len(drafts),
        draft_bytes=sum(layer.total for layer in drafts) + _draft_extra_bytes(architecture, chooser),
        embedding_bytes=role_bytes[Role.TOKEN_EMBEDDING],
        head_bytes=role_bytes[Role.OUTPUT],
        other_bytes=sum(size for _, size in outside) - named_bytes,
        table_bytes=role_bytes[Role.LOOKUP_TABLE],
        table_elements=sum(tensor.elements for tensor, _ in outside if tensor.role is Role.LOOKUP_TABLE),
        has_own_head=has_output_matrix(architecture) or architecture.gguf.head_reads_embedding,
        approximate=is_approximate(architecture),
    )


def is_approximate(architecture: Architecture) -> bool:
    """Whether some weights are of unknown shape."""
    mixers = [mixer for group in architecture.blocks for mixer in group.mixers]
    return bool(architecture.extra) or any(getattr(mixer, "extra", 0) for mixer in mixers)


def _draft_extra_bytes(architecture: Architecture, chooser: TypeChooser) -> int:
    """What draft layers bring besides layers, where they are in the file."""
    if architecture.mtp is None or not draft_layers(architecture):
        return 0
    # A projection that joins two hidden states, with some norms: as good as whole rows of the hidden size.
    width = architecture.hidden_size
    return size_of(Tensor(Role.MATRIX, architecture.mtp.extra // width, width), chooser)


@once
def _outside(architecture: Architecture) -> tuple[Tensor, ...]:
    """The tensors outside the layers."""
    return tuple(outside_the_stack(architecture))
