"""Bytes of a model's layers under a mix, each from its own tensors."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from fit.architecture import Architecture, Experts, LayerGroup
from fit.quant_mixes import AVERAGE_BYTES_PER_PARAMETER
from fit.tensor import EXPERT_ROLES, FLOAT_ROLES, Role, Tensor
from fit.tensor_types import stored_bytes, type_that_divides
from fit.tensors import draft_layers, layer_tensors
from fit.type_chooser import TypeChooser
from fit.worked_out import WorkedOut, once


@dataclass(frozen=True)
class LayerBytes:
    """One layer: all its bytes, of them those of its routed experts, and the share of these that a token reads.

    `matrix` and `expert_matrix` are its largest matrix, and the largest of its experts, which is all of them together.
    """

    total: int
    experts: int
    share_read: float = 1
    matrix: int = 0
    expert_matrix: int = 0

    def scaled(self, factor: float) -> "LayerBytes":
        """The layer with `factor` times the bytes, each part in its share."""
        sizes = (self.total, self.experts, self.matrix, self.expert_matrix)
        total, experts, matrix, expert_matrix = (round(size * factor) for size in sizes)
        return LayerBytes(total, experts, self.share_read, matrix, expert_matrix)


def size_of(tensor: Tensor, chooser: TypeChooser) -> int:
    """Bytes of a tensor under the mix; of one whose shape is not known, by the whole-file average."""
    if tensor.known_shape:
        return stored_bytes(tensor, chooser.type_of(tensor))
    return int(tensor.elements * AVERAGE_BYTES_PER_PARAMETER[chooser.mix])


def layers_of(
    architecture: Architecture, chooser: TypeChooser, stack: list[LayerGroup], first: int
) -> Iterator[LayerBytes]:
    """Layers in order. Tensors whose type no layer changes are measured once for each group, and layers that are alike
    are added up once."""
    measured: dict[int, tuple[LayerBytes, list[_Varying]]] = {}
    alike: dict[tuple[int, ...], LayerBytes] = {}
    for index, group in enumerate(stack, start=first):
        if id(group) not in measured:
            measured[id(group)] = _measure(architecture, chooser, group)
        fixed, varying = measured[id(group)]
        if not varying:
            yield fixed
            continue
        sizes = [tensor.sizes[tensor.type_in(index)] for tensor in varying]
        key = (id(group), *sizes)
        if key not in alike:
            tensors = (tensor.tensor for tensor in varying)
            alike[key] = _with(fixed, zip(tensors, sizes, strict=True))
        yield alike[key]


class _Varying(NamedTuple):
    """A tensor whose type depends on the layer, and its bytes by the type that a layer is to have."""

    tensor: Tensor
    type_in: Callable[[int], str]
    sizes: Mapping[str, int]


def _measure(architecture: Architecture, chooser: TypeChooser, group: LayerGroup) -> tuple[LayerBytes, list[_Varying]]:
    """The bytes of a group's tensors whose type is the same in every layer, and the other tensors."""
    share_read = group.ffn.active / group.ffn.experts if isinstance(group.ffn, Experts) else 1
    fixed, varying = [], []
    for tensor in _listed(architecture)[id(group)]:
        if chooser.varies(tensor):
            varying.append(_Varying(tensor, chooser.varying_type(tensor), WorkedOut(partial(_size_as, tensor))))
        else:
            fixed.append((tensor, size_of(tensor, chooser)))
    return _with(LayerBytes(total=0, experts=0, share_read=share_read), fixed), varying


def _size_as(tensor: Tensor, wanted: str) -> int:
    return stored_bytes(tensor, type_that_divides(wanted, tensor.row_length))


@once
def _listed(architecture: Architecture) -> Mapping[int, tuple[Tensor, ...]]:
    """The tensors of a layer of each group, by the group's identity."""
    return {
        id(group): tuple(tensor for tensor in layer_tensors(architecture, group) if tensor.elements)
        for group in (*architecture.blocks, *draft_layers(architecture))
    }


def _with(layer: LayerBytes, sizes: Iterable[tuple[Tensor, int]]) -> LayerBytes:
    """The layer with these tensors besides, each with its bytes."""
    total, experts, matrix, expert_matrix = layer.total, layer.experts, layer.matrix, layer.expert_matrix
    for tensor, size in sizes:
        total += size
        if tensor.role not in FLOAT_ROLES:
            matrix = max(matrix, size)
        if tensor.role in EXPERT_ROLES:
            expert_matrix = max(expert_matrix, size)
        if tensor.role in EXPERT_ROLES or tensor.role is Role.EXPERT_BIAS:
            experts += size
    return LayerBytes(total, experts, layer.share_read, matrix, expert_matrix)
