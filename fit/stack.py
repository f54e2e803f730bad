"""A model's layers in order and its head, with what each takes at a context: what a place is sought for."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import add
from typing import NamedTuple

from fit.architecture import Architecture, Experts
from fit.kv_cache import CacheKind, CacheProfile, layer_profile
from fit.tensors import draft_layers, layers
from fit.weights import Weights
from fit.workload import ONE_SLOT, Workload

# From so many tokens on, some graphs hold two matrices of experts that come from RAM at once.
TWO_MATRICES_FROM = 32768


class Stack(NamedTuple):
    """Bytes of the first 0, 1, 2 ... layers of the file, and last of all layers and the head.

    Draft layers count, and take something where they are loaded. `weight_ends`, `cache_ends` and `expert_ends` (of
    routed experts) are sums; `matrix_ends` and `expert_matrix_ends` are the largest that is copied to a card at once of
    what lies in RAM: one matrix, of experts all of them together. Experts and matrices of draft layers are not told
    apart.
    """

    weight_ends: tuple[int, ...]
    cache_ends: tuple[int, ...]
    expert_ends: tuple[int, ...]
    matrix_ends: tuple[int, ...]
    expert_matrix_ends: tuple[int, ...]
    cache_in_ram: bool

    @property
    def total_ends(self) -> tuple[int, ...]:
        """Bytes of what lies on a card: weights, and the cache unless all of it is in RAM."""
        return self.weight_ends if self.cache_in_ram else tuple(map(add, self.weight_ends, self.cache_ends))

    @property
    def layers(self) -> int:
        """Layers in the file, draft layers included; the head is the one after them."""
        return len(self.weight_ends) - 2

    def weights_between(self, first: int, end: int, without_experts: int) -> int:
        """Bytes of weights of the layers from `first` up to `end`, of the first ones without their experts."""
        experts = self.expert_ends[min(max(first, without_experts), end)] - self.expert_ends[first]
        return self.weight_ends[end] - self.weight_ends[first] - experts

    def cache_between(self, first: int, end: int) -> int:
        """Bytes of cache of the layers from `first` up to `end`."""
        return self.cache_ends[end] - self.cache_ends[first]


class LayerCaches(NamedTuple):
    """What the cache of one layer of each group depends on, and of which group each layer is, in their order; then as
    many `drafts` are in the file, which are not loaded in one slot."""

    groups: tuple[CacheProfile, ...]
    order: tuple[int, ...]
    drafts: int

    def sizes(self, context: int, workload: Workload) -> list[int]:
        """Bytes of cache of each layer for `context` tokens."""
        of_group = [profile.size_bytes(context, workload) for profile in self.groups]
        return [of_group[group] for group in self.order]

    def ends(self, context: int) -> tuple[int, ...]:
        """Bytes of cache of the first 0, 1, 2 ... layers for `context` tokens of one slot, and last with the head."""
        return ends_of((*self.sizes(context, ONE_SLOT), *(0,) * self.drafts))


def layer_caches(architecture: Architecture, cache_type: CacheKind) -> LayerCaches:
    """The caches of a model's layers."""
    places = {id(group): place for place, group in enumerate(architecture.blocks)}
    profiles = (layer_profile(architecture, group, cache_type) for group in architecture.blocks)
    order = tuple(places[id(group)] for group in layers(architecture))
    return LayerCaches(tuple(profiles), order, len(draft_layers(architecture)))


def ends_of(cache_sizes: Iterable[int]) -> tuple[int, ...]:
    """Bytes of cache of the first 0, 1, 2 ... layers, and last with the head, which has none."""
    return _sums((*cache_sizes, 0))


class LayerSums(NamedTuple):
    """What a `Stack` has whatever the context; of experts what is held at once in a context below TWO_MATRICES_FROM,
    and from there on."""

    weight_ends: tuple[int, ...]
    expert_ends: tuple[int, ...]
    matrix_ends: tuple[int, ...]
    expert_matrices: tuple[int, ...]
    long_expert_matrices: tuple[int, ...]


def layer_sums(architecture: Architecture, weights: Weights, draft_bytes: Sequence[int], head_bytes: int) -> LayerSums:
    """The layers of a file with a head of `head_bytes`, and what is loaded of each draft layer."""
    drafts, weighed = (0,) * len(draft_bytes), weights.layers
    largest = _largest((*(layer.expert_matrix for layer in weighed), *drafts, 0))
    return LayerSums(
        weight_ends=_sums((*(layer.total for layer in weighed), *draft_bytes, head_bytes)),
        expert_ends=_sums((*(layer.experts for layer in weighed), *drafts, 0)),
        matrix_ends=_largest((*(layer.matrix for layer in weighed), *drafts, 0)),
        expert_matrices=_held_at_once(architecture, largest, 1),
        long_expert_matrices=_held_at_once(architecture, largest, TWO_MATRICES_FROM),
    )


def stack(sums: LayerSums, cache_ends: tuple[int, ...], context: int, *, cache_in_ram: bool) -> Stack:
    """The layers and the head with their cache for `context` tokens, draft layers included."""
    return Stack(
        weight_ends=sums.weight_ends,
        cache_ends=cache_ends,
        expert_ends=sums.expert_ends,
        matrix_ends=sums.matrix_ends,
        expert_matrix_ends=sums.expert_matrices if context < TWO_MATRICES_FROM else sums.long_expert_matrices,
        cache_in_ram=cache_in_ram,
    )


def _sums(sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(sizes, initial=0))


def _largest(sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(sizes, max, initial=0))


def _held_at_once(architecture: Architecture, largest: tuple[int, ...], context: int) -> tuple[int, ...]:
    """What is on the card at once of experts in RAM: the largest matrix, or two of them.

    Read off llama.cpp's breakdowns: two wherever experts have no gate; and, where layers of several kinds have a
    shared expert, from 32,768 tokens on, once the experts of two layers are in RAM.
    """
    if any(isinstance(group.ffn, Experts) and group.ffn.plain for group in architecture.blocks):
        return tuple(2 * size for size in largest)
    if context < TWO_MATRICES_FROM or not _mixes_kinds_beside_a_shared_expert(architecture):
        return largest
    after_the_first = next((count for count, size in enumerate(largest) if size), len(largest))
    return tuple(2 * size if count > after_the_first else size for count, size in enumerate(largest))


def _mixes_kinds_beside_a_shared_expert(architecture: Architecture) -> bool:
    shared = [group for group in architecture.blocks if isinstance(group.ffn, Experts) and group.ffn.shared]
    return len({group.mixers for group in shared}) > 1
