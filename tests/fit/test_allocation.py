"""What lies on each card and in RAM under llama.cpp's flags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.allocation import Allocation, allocate
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.workload import Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import SHAPES, architecture, mixture

ACCOUNTINGS = [accounting(shape) for shape in SHAPES]
accountings = st.sampled_from(ACCOUNTINGS)
flags = st.builds(
    Flags,
    gpu_layers=st.one_of(st.none(), st.integers(0, 10)),
    cpu_moe_layers=st.integers(0, 9),
    tensor_split=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple),
)
contexts = st.integers(1, 100_000)
cache_types = st.sampled_from(CacheType)


def weights_of(allocation: Allocation) -> int:
    return allocation.ram.weights_bytes + sum(card.weights_bytes for card in allocation.cards)


def test_with_everything_on_one_card_it_is_the_accounting() -> None:
    for accounted in ACCOUNTINGS:
        allocation = allocate(accounted, Flags(), 8192)
        assert allocation.cards == (accounted.parts(8192),)
        assert allocation.ram.weights_bytes == accounted.weights.ram_bytes
        assert allocation.ram.cache_bytes == 0


@given(accounted=accountings, flags=flags, context=contexts, cache_type=cache_types)
def test_parts_add_up_and_nothing_is_negative(
    accounted: Accounting, flags: Flags, context: int, cache_type: CacheType
) -> None:
    allocation = allocate(accounted, flags, context, cache_type)
    everything = accounted.weights_bytes + accounted.weights.ram_bytes
    assert weights_of(allocation) == everything
    cached = allocation.ram.cache_bytes + sum(card.cache_bytes for card in allocation.cards)
    assert cached == accounted.caches[cache_type].size_bytes(context)
    assert all(part >= 0 for device in (*allocation.cards, allocation.ram) for part in device)


@given(accounted=accountings, flags=flags, context=contexts, more=st.integers(0, 50_000), cache_type=cache_types)
def test_more_context_never_takes_less(
    accounted: Accounting, flags: Flags, context: int, more: int, cache_type: CacheType
) -> None:
    less, more_bytes = (allocate(accounted, flags, tokens, cache_type) for tokens in (context, context + more))
    for before, after in zip((*less.cards, less.ram), (*more_bytes.cards, more_bytes.ram), strict=True):
        assert before.total_bytes <= after.total_bytes


@given(accounted=accountings, flags=flags, context=st.integers(512, 100_000), batch=st.integers(1, 2048))
def test_a_larger_batch_never_takes_less(accounted: Accounting, flags: Flags, context: int, batch: int) -> None:
    small, large = (
        allocate(accounted, flags, context, workload=Workload(batch_tokens=tokens)) for tokens in (batch, batch + 64)
    )
    for before, after in zip((*small.cards, small.ram), (*large.cards, large.ram), strict=True):
        assert before.total_bytes <= after.total_bytes


def test_a_tied_head_has_its_copy_on_the_card() -> None:
    tied = accounting(architecture(tie_embeddings=True))
    embedding = tied.weights.embedding_bytes
    nothing, head = (allocate(tied, Flags(count), 8192) for count in (0, 1))
    assert nothing.vram_bytes - nothing.cards[0].compute_bytes == 0
    assert head.cards[0].weights_bytes == tied.head_bytes
    assert nothing.ram.weights_bytes == tied.weights.loaded_bytes
    assert head.ram.weights_bytes == tied.weights.stack_bytes + embedding


def test_the_first_card_pays_for_what_is_in_ram() -> None:
    accounted = accounting(mixture(), "F16")
    plain = accounted.graphs[CacheType.F16].size_bytes(1024)
    first, second = allocate(accounted, Flags(cpu_moe_layers=8, tensor_split=(1, 1)), 1024).cards
    assert second.compute_bytes == plain
    assert first.compute_bytes > plain
    stays = Workload(op_offload=False)
    for flags in (Flags(cpu_moe_layers=8), Flags(4)):
        assert allocate(accounted, flags, 1024, workload=stays).cards[0].compute_bytes == plain


@pytest.mark.parametrize(
    ("flags", "peer_copies", "pipeline"),
    [
        (Flags(tensor_split=(1, 1)), True, True),
        (Flags(tensor_split=(1, 1)), False, False),
        (Flags(), True, False),
        (Flags(8, tensor_split=(1, 1)), True, False),
        (Flags(cpu_moe_layers=1, tensor_split=(1, 1)), True, False),
    ],
)
def test_cards_form_a_pipeline_where_everything_is_on_them(flags: Flags, peer_copies: bool, pipeline: bool) -> None:
    assert allocate(accounting(mixture()), flags, 8192, peer_copies=peer_copies).pipeline is pipeline


def test_a_cache_in_ram_is_on_no_card() -> None:
    allocation = allocate(
        accounting(architecture()), Flags(tensor_split=(1, 1)), 8192, workload=Workload(cache_in_ram=True)
    )
    assert [card.cache_bytes for card in allocation.cards] == [0, 0]
    assert not allocation.pipeline
