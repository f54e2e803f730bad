"""A model's layers in order and its head."""

from dataclasses import replace

import pytest

from fit.architecture import DraftLayers, Experts, GatedFeedForward
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.workload import Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, attention, group, layout, mixture
from tests.fit.workloads import ACCOUNTINGS


def test_the_last_end_is_everything_that_a_card_holds_but_its_buffer() -> None:
    accounted = accounting(mixture())
    stack = accounted.stack(8192)
    assert stack.layers == 8
    assert stack.total_ends[-1] == accounted.total(8192) - accounted.graphs[CacheType.F16].size_bytes(8192)
    assert stack.weights_between(8, 9, 0) == accounted.head_bytes
    assert stack.cache_between(0, 9) == accounted.caches[CacheType.F16].size_bytes(8192)


def test_weights_between_leave_out_the_experts_of_the_first_layers() -> None:
    accounted = accounting(mixture())
    stack, layers = accounted.stack(8192), accounted.weights.layers
    experts = layers[2].experts + layers[3].experts
    assert stack.weights_between(2, 5, 0) - stack.weights_between(2, 5, 4) == experts
    assert stack.weights_between(2, 5, 8) == stack.weights_between(2, 5, 5)
    assert stack.weights_between(2, 5, 1) == stack.weights_between(2, 5, 0)


def test_draft_layers_in_the_file_count_and_take_nothing() -> None:
    drafted = architecture(mtp=DraftLayers(blocks=(group(n=1),)), gguf=layout(draft_layers_in_file=True))
    stack = accounting(drafted).stack(8192)
    assert stack.layers == 9
    assert stack.weights_between(8, 9, 0) == stack.cache_between(8, 9) == 0


def test_the_largest_matrix_is_of_the_layers_before() -> None:
    small, large = group(n=1), group(n=1, ffn=GatedFeedForward(size=4096))
    stack = accounting(architecture(blocks=(small, large)), "F16").stack(8192)
    assert stack.matrix_ends == (0, 2 * 512 * 1024, 2 * 512 * 4096, 2 * 512 * 4096)


def test_some_graphs_hold_two_matrices_of_experts_at_once() -> None:
    def largest(*groups: object, context: int) -> list[int]:
        stack = accounting(architecture(blocks=groups), "F16").stack(context)
        return [size // (2 * 512 * 256 * 16) for size in stack.expert_matrix_ends]

    experts = Experts(experts=16, active=2, size=256)
    shared = replace(experts, shared=256)
    plain = group(n=2, ffn=replace(experts, plain=True))
    kinds = group(n=1, ffn=shared), group(n=2, ffn=shared, mixers=(attention(window=1024),))
    assert largest(group(n=2, ffn=experts), context=32768) == [0, 1, 1, 1]
    assert largest(plain, context=8192) == [0, 2, 2, 2]
    assert largest(*kinds, context=32768 - 1) == [0, 1, 1, 1, 1]
    assert largest(*kinds, context=32768) == [0, 1, 2, 2, 2]


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
@pytest.mark.parametrize("context", [1, 5000, 8192, 16_384, 32_768, 100_000])
def test_in_one_slot_it_is_put_together_from_what_is_kept_and_is_the_same(accounted: Accounting, context: int) -> None:
    for cache_type in (CacheType.F16, CacheType.Q8_0):
        assert accounted.stack(context, cache_type) == accounted.stack(context, cache_type, Workload())
