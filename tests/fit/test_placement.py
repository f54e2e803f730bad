"""The best place for a model that does not fit one card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import placement
from fit.allocation import allocate
from fit.kv_cache import CacheKind, CacheType
from fit.memory import Accounting
from fit.placement import Placement
from fit.workload import ONE_SLOT, Projector, Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, mixture
from tests.fit.workloads import ACCOUNTINGS, DRAFTED, PROJECTOR, accountings, cache_kinds, workloads

offers = st.integers(10**6, 10**8)


@given(accounted=accountings, offered=offers, cards=st.integers(1, 4))
def test_more_cards_never_hold_less(accounted: Accounting, offered: int, cards: int) -> None:
    if placement.holds(accounted, [offered] * cards, 8192):
        assert placement.holds(accounted, [offered] * (cards + 1), 8192)
    assert placement.holds(accounted, [offered], 8192) == (accounted.total(8192) <= offered)


@given(accounted=accountings, offered=st.lists(offers, min_size=1, max_size=4), kept=cache_kinds, workload=workloads)
def test_a_split_is_found_where_there_is_one_and_overfills_no_card(
    accounted: Accounting, offered: list[int], kept: CacheKind, workload: Workload
) -> None:
    placed = placement.split(accounted, offered, 8192, kept, workload)
    assert (placed is not None) == placement.holds(accounted, offered, 8192, kept, workload)
    if placed:
        assert placed.allocation.fits(offered)
        assert sum(placed.layers_on_cards) == placed.layers


@given(accounted=accountings, offered=offers, context=st.integers(1, 32768), kept=cache_kinds, workload=workloads)
def test_the_flags_of_a_placement_lead_to_that_placement(
    accounted: Accounting, offered: int, context: int, kept: CacheKind, workload: Workload
) -> None:
    found = (
        placement.split(accounted, [offered, offered], context, kept, workload),
        placement.layers_in_ram(accounted, offered, context, kept, workload),
        placement.experts_in_ram(accounted, offered, context, kept, workload),
    )
    for placed in filter(None, found):
        again = allocate(accounted, placed.flags, context, kept, workload, peer_copies=placed.allocation.pipeline)
        assert again == placed.allocation
        assert again.fits([offered] * len(again.cards))


def test_cards_are_filled_evenly() -> None:
    placed = placement.split(accounting(architecture()), [10**8, 10**8], 8192)
    assert placed is not None
    assert placed.layers_on_cards in ((4, 4), (5, 3))


def test_unequal_cards_each_take_their_share() -> None:
    accounted = accounting(architecture())
    placed = placement.split(accounted, [accounted.total(8192) // 2, accounted.total(8192)], 8192)
    assert placed is not None
    small, large = placed.layers_on_cards
    assert small < large


def test_where_the_copies_of_a_pipeline_do_not_fit_there_is_none() -> None:
    accounted = accounting(architecture())
    needed = placement.split(accounted, [10**9, 10**9], 8192, peer_copies=False)
    assert needed is not None
    offered = max(card.total_bytes for card in needed.allocation.cards)
    placed = placement.split(accounted, [offered] * 2, 8192)
    assert placed is not None
    assert not placed.allocation.pipeline


def test_experts_in_ram_are_as_few_as_it_takes() -> None:
    accounted = accounting(mixture())
    offered = accounted.total(8192) - accounted.weights.layers[0].experts - 1
    placed = placement.experts_in_ram(accounted, offered, 8192)
    assert placed is not None
    count = placed.flags.cpu_moe_layers
    fewer = placement.place(accounted, placed.flags._replace(cpu_moe_layers=count - 1), 8192)
    assert not fewer.allocation.fits([offered])
    assert placement.experts_in_ram(accounting(architecture()), offered // 2, 8192) is None


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
def test_layers_in_ram_are_as_few_as_it_takes(accounted: Accounting) -> None:
    nearly = placement.place(accounted, placement.Flags(5), 8192)
    placed = placement.layers_in_ram(accounted, nearly.allocation.vram_bytes, 8192)
    assert placed is not None
    assert placed.flags.gpu_layers is not None
    assert placed.flags.gpu_layers >= 5
    more: Placement = placement.place(accounted, placement.Flags(placed.flags.gpu_layers + 1), 8192)
    assert not more.allocation.fits([nearly.allocation.vram_bytes])
    assert placement.layers_in_ram(accounted, 1000, 8192) is None


@pytest.mark.parametrize("accounted", ACCOUNTINGS)
@pytest.mark.parametrize(
    "workload", [Workload(slots=4), Workload(drafted_tokens=2, projector=PROJECTOR), Workload(cache_in_ram=True)]
)
def test_layers_in_ram_are_as_few_as_it_takes_for_any_workload(accounted: Accounting, workload: Workload) -> None:
    nearly = placement.place(accounted, placement.Flags(5), 8192, CacheType.F16, workload)
    placed = placement.layers_in_ram(accounted, nearly.allocation.vram_bytes, 8192, CacheType.F16, workload)
    assert placed is not None
    assert (placed.flags.gpu_layers or 0) >= 5


@pytest.mark.parametrize(
    ("workload", "card"), [(Workload(projector=Projector(10**7, 0)), 0), (Workload(drafted_tokens=2), 1)]
)
def test_a_card_that_holds_more_besides_takes_fewer_layers(workload: Workload, card: int) -> None:
    accounted = accounting(DRAFTED)
    offers = [accounted.total(8192)] * 2
    plain, beside = (placement.split(accounted, offers, 8192, workload=of) for of in (ONE_SLOT, workload))
    assert plain is not None
    assert beside is not None
    assert beside.layers_on_cards[card] < plain.layers_on_cards[card]


def test_the_buffer_of_a_draft_is_packed_with_its_layer() -> None:
    accounted, drafting = accounting(DRAFTED), Workload(drafted_tokens=2)
    flags = placement.Flags(tensor_split=(5, 5))
    placed = placement.place(accounted, flags, 8192, workload=drafting, peer_copies=False)
    first, last = (card.total_bytes for card in placed.allocation.cards)
    assert placement.holds(accounted, [first, last], 8192, workload=drafting)
    assert not placement.holds(accounted, [first, last - 1], 8192, workload=drafting)
