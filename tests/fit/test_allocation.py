"""What lies on each card and in RAM under llama.cpp's flags."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.allocation import Allocation, allocate, card_bytes
from fit.copies import Copies
from fit.extras import draft_layer_parts, projector_parts
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType, CacheTypes
from fit.memory import Accounting
from fit.workload import Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, mixture
from tests.fit.workloads import ACCOUNTINGS, PROJECTOR, SETTINGS, accountings, cache_kinds, workloads

WIDTHS = [kept for kept in CacheType if kept is not CacheType.F16]
types = st.sampled_from(WIDTHS)
settings = st.fixed_dictionaries(SETTINGS)
flags = st.builds(
    Flags,
    gpu_layers=st.one_of(st.none(), st.integers(0, 10)),
    cpu_moe_layers=st.integers(0, 9),
    tensor_split=st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple),
)
contexts = st.integers(1, 100_000)


def weights_of(allocation: Allocation) -> int:
    return allocation.ram.weights_bytes + sum(card.weights_bytes for card in allocation.cards)


def test_with_everything_on_one_card_it_is_the_accounting() -> None:
    for accounted in ACCOUNTINGS:
        allocation = allocate(accounted, Flags(), 8192)
        assert allocation.cards == (accounted.parts(8192),)
        assert allocation.ram.weights_bytes == accounted.weights.ram_bytes
        assert allocation.ram.cache_bytes == 0


@given(accounted=accountings, flags=flags, context=contexts, kept=cache_kinds, workload=workloads)
def test_parts_add_up_and_nothing_is_negative(
    accounted: Accounting, flags: Flags, context: int, kept: CacheKind, workload: Workload
) -> None:
    allocation = allocate(accounted, flags, context, kept, workload)
    drafts = draft_layer_parts(accounted.architecture, accounted.weights, context, workload)
    loaded = sum(draft.weights_bytes for draft in drafts) + projector_parts(workload).weights_bytes
    everything = accounted.weights_bytes + accounted.weights.ram_bytes + loaded
    assert weights_of(allocation) == everything
    cached = allocation.ram.cache_bytes + sum(card.cache_bytes for card in allocation.cards)
    own_cache = accounted.caches[kept].size_bytes(context, workload)
    assert cached == own_cache + sum(draft.cache_bytes for draft in drafts)
    assert all(part >= 0 for device in (*allocation.cards, allocation.ram) for part in device)


@given(accounted=accountings, context=contexts, kept=cache_kinds, workload=workloads)
def test_one_card_with_everything_is_the_accounting_whatever_the_workload(
    accounted: Accounting, context: int, kept: CacheKind, workload: Workload
) -> None:
    assert allocate(accounted, Flags(), context, kept, workload).cards == (accounted.parts(context, kept, workload),)


def never_less(less: Allocation, more: Allocation) -> bool:
    """Whether each device holds at least as much."""
    devices = zip((*less.cards, less.ram), (*more.cards, more.ram), strict=True)
    return all(before.total_bytes <= after.total_bytes for before, after in devices)


@given(accounted=accountings, flags=flags, context=contexts, more=st.integers(0, 50_000), kept=cache_kinds)
def test_more_context_never_takes_less(
    accounted: Accounting, flags: Flags, context: int, more: int, kept: CacheKind
) -> None:
    assert never_less(*(allocate(accounted, flags, tokens, kept) for tokens in (context, context + more)))


MORE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"slots": 1, "unified": True}, {"slots": 4, "unified": True}),
    ({"slots": 4, "unified": True}, {"slots": 9, "unified": True}),
    ({"micro_batch_tokens": 64}, {"micro_batch_tokens": 96}),
    ({"micro_batch_tokens": 512, "batch_tokens": 512}, {"micro_batch_tokens": 2048, "batch_tokens": 2048}),
    ({"whole_window": False}, {"whole_window": True}),
    ({"drafted_tokens": 0}, {"drafted_tokens": 1}),
    ({"drafted_tokens": 1}, {"drafted_tokens": 3}),
    ({"projector": None}, {"projector": PROJECTOR}),
]


@pytest.mark.parametrize(("little", "much"), MORE)
@given(accounted=accountings, flags=flags, context=contexts, kept=cache_kinds, others=settings)
def test_more_of_a_setting_never_takes_less(
    little: dict[str, Any],
    much: dict[str, Any],
    accounted: Accounting,
    flags: Flags,
    context: int,
    kept: CacheKind,
    others: dict[str, Any],
) -> None:
    workloads = (Workload(**{**others, **setting}) for setting in (little, much))
    assert never_less(*(allocate(accounted, flags, context, kept, workload) for workload in workloads))


@given(
    accounted=accountings,
    flags=flags,
    context=contexts,
    workload=workloads,
    kept=st.lists(types, min_size=3, max_size=3),
)
def test_wider_types_never_take_less(
    accounted: Accounting, flags: Flags, context: int, workload: Workload, kept: list[CacheType]
) -> None:
    """Of those that are copied for attention; a cache of f16 needs no copy."""
    wide, narrow, other = sorted(map(WIDTHS.index, kept))
    for first, second in (((narrow, other), (wide, other)), ((other, narrow), (other, wide))):
        pairs = (CacheTypes(WIDTHS[keys], WIDTHS[values]) for keys, values in (first, second))
        assert never_less(*(allocate(accounted, flags, context, pair, workload) for pair in pairs))


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


@given(
    accounted=accountings,
    layers=st.integers(0, 12),
    experts=st.integers(0, 12),
    context=st.sampled_from([1, 600, 8192, 32_768, 50_000]),
    kept=cache_kinds,
)
def test_what_lies_on_a_single_card_can_be_counted_alone(
    accounted: Accounting, layers: int, experts: int, context: int, kept: CacheKind
) -> None:
    flags = Flags(layers or None, cpu_moe_layers=experts)
    copies = Copies(accounted.architecture, accounted.graphs[kept], context)
    (card,) = allocate(accounted, flags, context, kept).cards
    assert card_bytes(accounted.stack(context, kept), copies, flags) == card.total_bytes
