"""Bytes of a model's weights under a mix, layer by layer, from its own tensors."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from fit.architecture import Architecture, Experts, LayerGroup
from fit.quant_mixes import AVERAGE_BYTES_PER_PARAMETER
from fit.tensor import EMBEDDING_ROLES, EXPERT_ROLES, Role, Tensor
from fit.tensor_types import stored_bytes
from fit.tensors import draft_layers, has_output_matrix, layer_tensors, layers, outside_the_stack
from fit.type_chooser import TypeChooser


@dataclass(frozen=True)
class LayerBytes:
    """One layer: all its bytes, of them those of its routed experts, and the share of these that a token reads."""

    total: int
    experts: int
    share_read: float = 1


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Where a model's bytes are. `approximate` where some types are not known to be llama.cpp's own."""

    layers: tuple[LayerBytes, ...]
    draft_bytes: int
    embedding_bytes: int
    head_bytes: int
    other_bytes: int
    table_bytes: int = 0
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

    def read_in_ram(self, gpu_layers: int, cpu_moe_layers: int) -> float:
        """Bytes that a token reads from RAM with only the last `gpu_layers` on the GPU, the head counted as one, and
        the experts of the first `cpu_moe_layers` in RAM: whole layers, and of experts its share of them."""
        whole = max(0, len(self.layers) - gpu_layers)
        without_experts = max(whole, min(cpu_moe_layers, len(self.layers)))
        return self.read_ends[whole] + self.expert_read_ends[without_experts] - self.expert_read_ends[whole]

    @property
    def vram_bytes(self) -> int:
        """Bytes in VRAM with everything offloaded: the token embedding stays in RAM, unless it is the head as well.

        `table_bytes` are never in VRAM."""
        return self.loaded_bytes - self.table_bytes - (self.embedding_bytes if self.has_own_head else 0)

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
    outside = [(tensor, _size(tensor, chooser)) for tensor in outside_the_stack(architecture)]
    stack = list(_stack(architecture, chooser, layers(architecture), 0))
    drafts = list(_stack(architecture, chooser, draft_layers(architecture), len(stack)))
    role_bytes = {role: sum(size for tensor, size in outside if tensor.role is role) for role in Role}
    named_bytes = sum(role_bytes[role] for role in EMBEDDING_ROLES)
    return Weights(
        layers=tuple(stack),
        draft_bytes=sum(layer.total for layer in drafts) + _draft_extra_bytes(architecture, chooser),
        embedding_bytes=role_bytes[Role.TOKEN_EMBEDDING],
        head_bytes=role_bytes[Role.OUTPUT],
        other_bytes=sum(size for _, size in outside) - named_bytes,
        table_bytes=role_bytes[Role.LOOKUP_TABLE],
        has_own_head=has_output_matrix(architecture) or architecture.gguf.head_reads_embedding,
        approximate=is_approximate(architecture),
    )


def is_approximate(architecture: Architecture) -> bool:
    """Whether some weights are of unknown shape."""
    mixers = [mixer for group in architecture.blocks for mixer in group.mixers]
    return bool(architecture.extra) or any(getattr(mixer, "extra", 0) for mixer in mixers)


def _size(tensor: Tensor, chooser: TypeChooser, layer: int | None = None) -> int:
    """Bytes of a tensor under the mix; of one whose shape is not known, by the whole-file average."""
    if tensor.known_shape:
        return stored_bytes(tensor, chooser.type_of(tensor, layer))
    return int(tensor.elements * AVERAGE_BYTES_PER_PARAMETER[chooser.mix])


def _draft_extra_bytes(architecture: Architecture, chooser: TypeChooser) -> int:
    """What draft layers bring besides layers, where they are in the file."""
    if architecture.mtp is None or not draft_layers(architecture):
        return 0
    # A projection that joins two hidden states, with some norms: as good as whole rows of the hidden size.
    width = architecture.hidden_size
    return _size(Tensor(Role.MATRIX, architecture.mtp.extra // width, width), chooser)


def _stack(
    architecture: Architecture, chooser: TypeChooser, stack: list[LayerGroup], first: int
) -> Iterator[LayerBytes]:
    """Layers in order. Tensors whose type no layer changes are measured once for each group."""
    measured: dict[int, tuple[LayerBytes, list[Tensor]]] = {}
    for index, group in enumerate(stack, start=first):
        if id(group) not in measured:
            measured[id(group)] = _measure(architecture, chooser, group)
        fixed, varying = measured[id(group)]
        total, experts = fixed.total, fixed.experts
        for tensor in varying:
            size = _size(tensor, chooser, index)
            total += size
            experts += size if tensor.role in EXPERT_ROLES else 0
        yield LayerBytes(total=total, experts=experts, share_read=fixed.share_read)


def _measure(architecture: Architecture, chooser: TypeChooser, group: LayerGroup) -> tuple[LayerBytes, list[Tensor]]:
    """The bytes of a group's tensors whose type is the same in every layer, and the other tensors."""
    listed = [tensor for tensor in layer_tensors(architecture, group) if tensor.elements]
    varying = [tensor for tensor in listed if tensor.role in chooser.varying_roles]
    sizes = [(tensor, _size(tensor, chooser)) for tensor in listed if tensor.role not in chooser.varying_roles]
    experts = sum(size for tensor, size in sizes if tensor.role in EXPERT_ROLES)
    share_read = group.ffn.active / group.ffn.experts if isinstance(group.ffn, Experts) else 1
    return LayerBytes(total=sum(size for _, size in sizes), experts=experts, share_read=share_read), varying
