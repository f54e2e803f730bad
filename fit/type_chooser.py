"""The type of each tensor of a model under a mix, tensor after tensor as llama.cpp's quantizer takes them."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from fit import mix_rules, quant_mixes
from fit.architecture import Architecture, Experts, LayerGroup
from fit.mixers import CompressedAttention, GatedDeltaNet, GroupedQueryAttention, LatentAttention, LightningAttention
from fit.tensor import EMBEDDING_ROLES, EXPERT_ROLES, FLOAT_ROLES, Role, Tensor
from fit.tensor_types import divides, type_that_divides
from fit.tensors import draft_layers, has_output_matrix, layer_tensors, layers
from fit.worked_out import once

_DOWN = frozenset({Role.FFN_DOWN, Role.EXPERTS_DOWN})
_GATE_OR_UP = frozenset({Role.FFN_GATE, Role.FFN_UP, Role.EXPERTS})
_VALUE = frozenset({Role.ATTENTION_V})
# Roles whose type depends on the layer, by mix; in other mixes each role has one type throughout.
_VARYING_ROLES: dict[str, frozenset[Role]] = {
    **dict.fromkeys(("Q3_K_M", "Q4_K_S", "Q4_K_M", "Q5_K_M"), _VALUE | _DOWN),
    **dict.fromkeys(mix_rules.LOW_MIXES, _DOWN),
    **dict.fromkeys(("Q2_K_S", "IQ3_XXS", "IQ3_M", "IQ4_NL", "IQ4_XS", "Q4_0", "Q5_0"), _DOWN),
    "IQ3_XS": _GATE_OR_UP,
}


class TypeChooser:
    """Goes through the tensors of one model in order, counting as llama.cpp's quantizer does.

    Made for one architecture and one mix, a key of BASE_TYPES; raises UnknownMixError. `importance_matrix` is whether
    the file is made with one: None where the mix needs one. `mxfp4_experts` overrides what the architecture says of
    experts that stay at MXFP4. `varying_roles` are those whose type depends on the layer.
    """

    def __init__(
        self,
        architecture: Architecture,
        mix: str,
        *,
        importance_matrix: bool | None = None,
        mxfp4_experts: bool | None = None,
    ) -> None:
        quant_mixes.check_known(mix)
        self.mix, self.facts = mix, _facts(architecture, mix, importance_matrix)
        self.q8_embeddings = mix in quant_mixes.WITH_Q8_EMBEDDINGS
        self.has_output_matrix = has_output_matrix(architecture)
        self.mxfp4_experts = architecture.gguf.mxfp4_experts if mxfp4_experts is None else mxfp4_experts
        self.varying_roles = _VARYING_ROLES.get(self.facts.mix, frozenset())
        self.counts: Counter[Role] = Counter()

    def type_of(self, tensor: Tensor, layer: int | None = None) -> str:
        """The type of the next tensor, which stands in `layer` of the stack."""
        if tensor.role in FLOAT_ROLES:
            return "F32"
        if tensor.role is Role.UNQUANTIZED:
            return "F16"
        if self.mxfp4_experts and tensor.role in EXPERT_ROLES:
            return "MXFP4"
        if self.mix in quant_mixes.UNQUANTIZED:
            return self.facts.base
        return type_that_divides(self._wanted(tensor, layer), tensor.row_length)

    def varies(self, tensor: Tensor) -> bool:
        """Whether its type depends on the layer."""
        return tensor.role in self.varying_roles and not (self.mxfp4_experts and tensor.role in EXPERT_ROLES)

    def varying_type(self, tensor: Tensor) -> Callable[[int], str]:
        """Of a tensor that varies the type by its layer, asked for in the order of layers; a row that is no whole
        number of blocks has it changed yet (`fit.tensor_types`)."""
        if tensor.role is Role.ATTENTION_V:
            return lambda _: mix_rules.of_value(self.facts, self._running(Role.ATTENTION_V))
        is_down = tensor.role in _DOWN
        rule = mix_rules.of_down if is_down else mix_rules.of_gate_or_up
        if self._goes_by_layer(is_down=is_down):
            return partial(rule, self.facts)
        counted = Role.FFN_DOWN if is_down else tensor.role
        return lambda _: rule(self.facts, self._running(counted))

    def _goes_by_layer(self, *, is_down: bool) -> bool:
        """Whether the layer's own number decides in the feed-forward part, and not how many tensors came before."""
        return self.facts.experts > 1 and not (is_down and self.facts.is_low)

    def _wanted(self, tensor: Tensor, layer: int | None) -> str:
        if tensor.role in EMBEDDING_ROLES:
            return self._of_embedding(tensor)
        if self.mix == "MXFP4_MOE":
            return "MXFP4" if tensor.stacked or tensor.role in EXPERT_ROLES else "Q8_0"
        if tensor.role is Role.ATTENTION_V:
            return mix_rules.of_value(self.facts, self._running(tensor.role))
        if tensor.role is Role.ATTENTION_K:
            return mix_rules.of_key(self.facts)
        if tensor.role is Role.ATTENTION_Q:
            return mix_rules.of_query(self.facts)
        if tensor.role is Role.ATTENTION_OUTPUT:
            return mix_rules.of_attention_output(self.facts)
        return self._of_feed_forward(tensor, layer)

    def _of_embedding(self, tensor: Tensor) -> str:
        if self.q8_embeddings:
            return "Q8_0"
        if tensor.role is not Role.OUTPUT and self.has_output_matrix and self.mix != "MXFP4_MOE":
            return mix_rules.of_embedding(self.facts)
        return mix_rules.of_head(self.facts, whole_blocks=divides(tensor.row_length, self.facts.base))

    def _of_feed_forward(self, tensor: Tensor, layer: int | None) -> str:
        if tensor.role in _DOWN:
            running = self._running(Role.FFN_DOWN)
            by_layer = layer is not None and self._goes_by_layer(is_down=True)
            return mix_rules.of_down(self.facts, layer if by_layer and layer is not None else running)
        if tensor.role in _GATE_OR_UP:
            running = self._running(tensor.role)
            by_layer = layer is not None and self._goes_by_layer(is_down=False)
            return mix_rules.of_gate_or_up(self.facts, layer if by_layer and layer is not None else running)
        return self.facts.base

    def _running(self, role: Role) -> int:
        """How many tensors of the role came before, this one not counted."""
        self.counts[role] += 1
        return self.counts[role] - 1


def _facts(architecture: Architecture, mix: str, importance_matrix: bool | None) -> mix_rules.Facts:
    if importance_matrix is None:
        importance_matrix = mix in quant_mixes.NEEDS_IMPORTANCE_MATRIX
    shape = _shape(architecture)
    return mix_rules.Facts(
        mix=quant_mixes.WITH_Q8_EMBEDDINGS.get(mix, mix),
        base=quant_mixes.BASE_TYPES[mix],
        importance_matrix=importance_matrix,
        experts=shape.experts,
        queries_per_key=shape.queries_per_key,
        layers=shape.layers,
        values=shape.values,
        q8_head_mix=architecture.gguf.q8_head_mix,
        mix_70b_class=architecture.gguf.mix_70b_class,
    )


class _Shape(NamedTuple):
    """What the rules of every mix ask of an architecture."""

    experts: int
    queries_per_key: int
    layers: int
    values: int


@once
def _shape(architecture: Architecture) -> _Shape:
    stack = layers(architecture)
    return _Shape(
        experts=max((group.ffn.experts for group in architecture.blocks if isinstance(group.ffn, Experts)), default=0),
        queries_per_key=_queries_per_key(architecture, stack[0]),
        layers=len(stack) + len(draft_layers(architecture)),
        values=_count_values(architecture),
    )


def _count_values(architecture: Architecture) -> int:
    """Tensors of the role of attention v in the file."""
    groups = [(group, group.n) for group in architecture.blocks]
    groups += [(group, 1) for group in draft_layers(architecture)]
    return sum(count * _values_of(architecture, group) for group, count in groups)


def _values_of(architecture: Architecture, group: LayerGroup) -> int:
    tensors = layer_tensors(architecture, group)
    return sum(1 for tensor in tensors if tensor.role is Role.ATTENTION_V and tensor.elements)


def _queries_per_key(architecture: Architecture, first: LayerGroup) -> int:
    """Heads for each KV head of the first layer, 0 where it has none.

    Latent attention counts one KV head, unless it is expanded. Files of models with a delta net or lightning layers
    give one number of heads for all layers, that of their attention.
    """
    mixers = first.mixers
    if any(isinstance(mixer, GatedDeltaNet | LightningAttention) for mixer in mixers):
        mixers = tuple(mixer for group in architecture.blocks for mixer in group.mixers)
    for mixer in mixers:
        if isinstance(mixer, GroupedQueryAttention):
            return mixer.heads // mixer.kv_heads
        if isinstance(mixer, LatentAttention):
            return 1 if architecture.gguf.latent_expanded else mixer.heads
        if isinstance(mixer, CompressedAttention):
            return mixer.heads
    return 0
