"""The work of a prompt: what the arithmetic, the layers and the hidden states of its tokens come to.

A prompt is computed in micro-batches (-ub). Every token is multiplied by the matrices of all layers, of a mixture by
its own experts only; attention goes back to what came before. The head is computed for the last token alone. Operations
are counted in 10^12; GB is 10^9 bytes.
"""

from typing import NamedTuple

from fit.architecture import Architecture, Experts, LayerGroup
from fit.mixers import DeltaAttention, GatedDeltaNet, LightningAttention, Mamba1, Mamba2
from fit.tensor import EXPERT_ROLES, FLOAT_ROLES
from fit.tensors import layer_tensors
from fit.units import GB
from fit.workload import MICRO_BATCH_TOKENS

# Mixers that run through a prompt with a state of fixed size.
LINEAR_ATTENTION = (GatedDeltaNet, DeltaAttention, LightningAttention, Mamba1, Mamba2)
# A hidden state is a row of 32-bit floats.
HIDDEN_BYTES = 4
TERA = 10**12


class StackWork(NamedTuple):
    """What one token takes in all layers.

    `dense` and `experts`: weights of the matrices that it is multiplied by, and of them those of its routed experts.
    `attention`: of each kind, operations for a token that is looked back at, and its window.
    """

    dense: int
    experts: float
    layers: int
    linear_layers: int
    hidden_size: int
    attention: tuple[tuple[int, int | None], ...]


class PromptWork(NamedTuple):
    """What a prompt takes. `layer_batches`: layers times micro-batches; `hidden_gb`: GB of a hidden state for each
    token and layer."""

    tokens: int
    dense_tflop: float
    expert_tflop: float
    attention_tflop: float
    layer_batches: int
    linear_batches: int
    hidden_gb: float


def stack_work(architecture: Architecture) -> StackWork:
    """Counted over the tensors of the layers."""
    dense, experts = 0, 0.0
    for group in architecture.blocks:
        for tensor in layer_tensors(architecture, group):
            if tensor.role in EXPERT_ROLES:
                experts += group.n * tensor.elements * _share_read(group)
            elif tensor.role not in FLOAT_ROLES:
                dense += group.n * tensor.elements
    return StackWork(
        dense=dense,
        experts=experts,
        layers=sum(group.n for group in architecture.blocks),
        linear_layers=_linear_layers(architecture),
        hidden_size=architecture.hidden_size,
        attention=architecture.attention_operations,
    )


def _share_read(group: LayerGroup) -> float:
    """Of a layer's routed experts, the share that a token uses."""
    return group.ffn.active / group.ffn.experts if isinstance(group.ffn, Experts) else 1


def _linear_layers(architecture: Architecture) -> int:
    return sum(
        group.n for group in architecture.blocks if any(isinstance(mixer, LINEAR_ATTENTION) for mixer in group.mixers)
    )


def prompt_work(stack: StackWork, prompt: int, *, depth: int = 0, micro_batch: int = MICRO_BATCH_TOKENS) -> PromptWork:
    """The work of `prompt` tokens after `depth` others, so many at a time."""
    batches = sum(count for count, _ in micro_batches(prompt, micro_batch))
    looked_back = (operations * _pairs(depth, depth + prompt, window) for operations, window in stack.attention)
    return PromptWork(
        tokens=prompt,
        dense_tflop=2 * stack.dense * prompt / TERA,
        expert_tflop=2 * stack.experts * prompt / TERA,
        attention_tflop=sum(looked_back) / TERA,
        layer_batches=batches * stack.layers,
        linear_batches=batches * stack.linear_layers,
        hidden_gb=HIDDEN_BYTES * stack.hidden_size * stack.layers * prompt / GB,
    )


def micro_batches(prompt: int, micro_batch: int) -> tuple[tuple[int, int], ...]:
    """How many micro-batches of how many tokens: the full ones, and what is left over."""
    full, left = divmod(prompt, micro_batch)
    return tuple((count, tokens) for count, tokens in ((full, micro_batch), (1, left)) if count and tokens)


def _pairs(start: int, end: int, window: int | None) -> float:
    """Tokens looked back at by all from `start` to `end`, none further than the window."""
    return _pairs_from_empty(end, window) - _pairs_from_empty(start, window)


def _pairs_from_empty(end: int, window: int | None) -> float:
    near = min(end, window or end)
    return near * near / 2 + near * (end - near)
