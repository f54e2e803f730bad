"""A model's architecture -> the tensors of llama.cpp's own file of it.

Which type each gets is `fit.type_chooser`. Structure decides, never a model's name.
"""

from collections.abc import Iterator

from fit.architecture import Architecture, Experts, FeedForward, GatedFeedForward, LayerGroup, PlainFeedForward
from fit.mixer_tensors import mixer_tensors
from fit.tensor import EXPERT_ROLES, Role, Tensor, expert_bias, matrix, of_unknown_shape, small, unquantized


def count_parameters(architecture: Architecture) -> int:
    """Weights of the model, a tied head once, without draft layers."""
    outside = sum(tensor.elements for tensor in outside_the_stack(architecture))
    if architecture.gguf.head_stored_twice:
        outside -= architecture.vocab_size * architecture.hidden_size
    return outside + sum(group.n * _count(architecture, group) for group in architecture.blocks)


def count_draft_parameters(architecture: Architecture) -> int:
    """Weights of the draft layers, whether or not they are in the file."""
    if architecture.mtp is None:
        return 0
    return architecture.mtp.extra + sum(group.n * _count(architecture, group) for group in architecture.mtp.blocks)


def count_active_parameters(architecture: Architecture) -> int:
    """Weights that a token uses: of routed experts its share; no table of which it reads single rows."""
    tables = sum(table.rows * table.row_length for table in (architecture.lookup_tables or {}).values())
    passed_by = sum(group.n * _passed_by(architecture, group) for group in architecture.blocks)
    return count_parameters(architecture) - tables - round(passed_by)


def _passed_by(architecture: Architecture, group: LayerGroup) -> float:
    """Weights of the experts of one layer that a token does not use."""
    if not isinstance(group.ffn, Experts):
        return 0
    experts = sum(
        tensor.elements
        for tensor in layer_tensors(architecture, group)
        if tensor.role in EXPERT_ROLES or tensor.role is Role.EXPERT_BIAS
    )
    return experts * (1 - group.ffn.active / group.ffn.experts)


def _count(architecture: Architecture, group: LayerGroup) -> int:
    return sum(tensor.elements for tensor in layer_tensors(architecture, group))


def layers(architecture: Architecture) -> list[LayerGroup]:
    """The groups as they are stacked, one entry a layer.

    `layer_pattern` says it, repeated to the end. Without one, dense layers stand before those with experts; of the
    rest, groups with different mixers alternate and are spread evenly, others follow one another.
    """
    groups = architecture.blocks
    if architecture.layer_pattern:
        pattern = architecture.layer_pattern
        total = sum(group.n for group in groups)
        return [groups[pattern[index % len(pattern)]] for index in range(total)]
    if not any(isinstance(group.ffn, Experts) for group in groups):
        return _spread(groups)
    dense = tuple(group for group in groups if isinstance(group.ffn, GatedFeedForward | PlainFeedForward))
    return _spread(dense) + _spread(tuple(group for group in groups if group not in dense))


def _spread(groups: tuple[LayerGroup, ...]) -> list[LayerGroup]:
    """Groups with different mixers spread evenly, one entry a layer; others one after the other."""
    if len({group.mixers for group in groups}) < 2:
        return [group for group in groups for _ in range(group.n)]
    placed = [
        ((2 * index + 1) / (2 * group.n), order, group)
        for order, group in enumerate(groups)
        for index in range(group.n)
    ]
    return [group for _, _, group in sorted(placed, key=lambda entry: entry[:2])]


def draft_layers(architecture: Architecture) -> list[LayerGroup]:
    """Draft layers that are in the file, one entry a layer."""
    if architecture.mtp is None or not architecture.gguf.draft_layers_in_file:
        return []
    return [group for group in architecture.mtp.blocks for _ in range(group.n)]


def has_output_matrix(architecture: Architecture) -> bool:
    """Whether the head has a matrix of its own in the file; if not, it is the token embedding."""
    return not architecture.tie_embeddings or architecture.gguf.head_stored_twice


def outside_the_stack(architecture: Architecture) -> Iterator[Tensor]:
    """The tensors before and after the layers."""
    width = architecture.embed_dim or architecture.hidden_size
    yield matrix(Role.TOKEN_EMBEDDING, architecture.vocab_size, width)
    if has_output_matrix(architecture):
        yield matrix(Role.OUTPUT, architecture.vocab_size, architecture.hidden_size)
    final_norm = architecture.final_norm_params
    yield small(architecture.hidden_size if final_norm is None else final_norm)
    yield small(architecture.lm_head_bias)
    for table in (architecture.lookup_tables or {}).values():
        yield matrix(Role.LOOKUP_TABLE, table.rows, table.row_length)
    for elements in (architecture.unquantized or {}).values():
        yield unquantized(elements)
    for elements in (architecture.extra or {}).values():
        yield of_unknown_shape(elements)


def layer_tensors(architecture: Architecture, group: LayerGroup) -> Iterator[Tensor]:
    """The tensors of one layer of a group."""
    for mixer in group.mixers:
        yield from mixer_tensors(architecture, mixer)
    yield from _feed_forward(architecture, group.ffn)
    if group.layer_input:
        yield matrix(Role.MATRIX, group.layer_input, architecture.hidden_size)
        yield matrix(Role.MATRIX, architecture.hidden_size, group.layer_input)
    if group.residual_streams:
        yield from _stream_mixers(architecture.hidden_size, group.residual_streams)
    yield small(group.norm_params)
    yield unquantized(group.unquantized)
    yield small(group.extra)


def _stream_mixers(width: int, streams: int) -> Iterator[Tensor]:
    """For each of the two parts of a layer: a matrix that mixes the streams, its offsets and three scales."""
    mixed = (2 + streams) * streams
    yield from [matrix(Role.MATRIX, mixed, streams * width)] * 2
    yield small(2 * (mixed + 3))


def _feed_forward(architecture: Architecture, ffn: FeedForward) -> Iterator[Tensor]:
    if isinstance(ffn, GatedFeedForward):
        yield from _gated(architecture, architecture.hidden_size, ffn.size)
        yield small(2 * ffn.size + architecture.hidden_size if ffn.bias else 0)
    elif isinstance(ffn, PlainFeedForward):
        yield from _plain(architecture.hidden_size, ffn.size)
        yield small(ffn.size + architecture.hidden_size if ffn.bias else 0)
    elif isinstance(ffn, Experts):
        yield from _experts(architecture, ffn)


def _gated(architecture: Architecture, width: int, size: int) -> Iterator[Tensor]:
    if architecture.gguf.fused_gate_up:
        yield matrix(Role.FFN_UP, 2 * size, width)
    else:
        yield matrix(Role.FFN_GATE, size, width)
        yield matrix(Role.FFN_UP, size, width)
    yield matrix(Role.FFN_DOWN, width, size)


def _plain(width: int, size: int) -> Iterator[Tensor]:
    yield matrix(Role.FFN_UP, size, width)
    yield matrix(Role.FFN_DOWN, width, size)


def _experts(architecture: Architecture, ffn: Experts) -> Iterator[Tensor]:
    width, inside = architecture.hidden_size, ffn.latent or architecture.hidden_size
    if ffn.dense:
        yield from _gated(architecture, width, ffn.dense)
    yield from [matrix(Role.EXPERTS, ffn.experts * ffn.size, inside)] * (1 if ffn.plain else 2)
    yield matrix(Role.EXPERTS_DOWN, ffn.experts * inside, ffn.size)
    yield small(width * ffn.experts + (ffn.experts if ffn.router_bias else 0))
    yield expert_bias(ffn.experts * (2 * ffn.size + inside) if ffn.bias else 0)
    if ffn.latent:
        yield matrix(Role.MATRIX, ffn.latent, width)
        yield matrix(Role.MATRIX, width, ffn.latent)
    if ffn.shared:
        yield from _plain(width, ffn.shared) if ffn.plain else _gated(architecture, width, ffn.shared)
        yield small(width if ffn.shared_gate else 0)
    yield small(ffn.extra)
