"""What is loaded beside a model."""

import pytest

from fit.allocation import allocate
from fit.buffers import graph
from fit.copies import Copies
from fit.extras import draft_buffers, draft_layer_parts, projector_parts
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.parts import NOTHING, Parts
from fit.workload import ONE_SLOT, Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture
from tests.fit.workloads import ACCOUNTINGS, DRAFT, DRAFTED, PROJECTOR

DRAFTING = Workload(drafted_tokens=2)
ACCOUNTED = accounting(DRAFTED)
PLAIN = ACCOUNTED.graphs[CacheType.F16].size_bytes(8192)
INPUTS = 3 * 2 * 512 * 8192


def buffers(cards: int, card: int, *, pipeline: bool) -> list[int]:
    copies = Copies(DRAFTED, graph(DRAFTED, CacheType.F16), 8192)
    return draft_buffers(copies, cards, card, pipeline=pipeline)


def test_a_draft_layer_that_runs_has_its_weights_and_a_cache_of_sixteen_bits() -> None:
    (layer,) = draft_layer_parts(DRAFTED, ACCOUNTED.weights, 8192, DRAFTING)
    assert layer == Parts(ACCOUNTED.weights.draft_bytes, 2 * 2 * 8192 * 128, 0)
    assert layer.weights_bytes > 0


def test_weights_are_spread_over_several_draft_layers() -> None:
    accounted = ACCOUNTINGS[-1]
    first, second = draft_layer_parts(accounted.architecture, accounted.weights, 8192, DRAFTING)
    assert first.weights_bytes + second.weights_bytes == accounted.weights.draft_bytes
    assert second.weights_bytes - first.weights_bytes in (0, 1)


def test_draft_layers_that_do_not_run_take_nothing() -> None:
    assert draft_layer_parts(DRAFTED, ACCOUNTED.weights, 8192) == [NOTHING]
    unheld = accounting(architecture(mtp=DRAFT))
    assert draft_layer_parts(unheld.architecture, unheld.weights, 8192, DRAFTING) == []


def test_the_card_of_a_draft_has_a_second_buffer_and_a_pipeline_keeps_its_inputs_everywhere() -> None:
    assert buffers(3, 1, pipeline=False) == [0, PLAIN, 0]
    first, *others = buffers(3, 2, pipeline=True)
    assert first == INPUTS + 16 * 512 * 512
    assert others == [INPUTS + 32 * 512 * 512, PLAIN + INPUTS + 32 * 512 * 512]


def test_a_projector_has_a_file_and_a_buffer() -> None:
    assert projector_parts(ONE_SLOT) == NOTHING
    assert projector_parts(Workload(projector=PROJECTOR)) == Parts(10**6, 0, 10**5)


@pytest.mark.parametrize(
    ("flags", "card"),
    [
        (Flags(tensor_split=(5, 5)), 1),
        (Flags(tensor_split=(9, 1)), 0),
        (Flags(4, tensor_split=(1, 3)), 1),
    ],
)
def test_a_draft_lies_where_its_layer_lies(flags: Flags, card: int) -> None:
    without, with_draft = (
        allocate(ACCOUNTED, flags, 8192, workload=workload, peer_copies=False) for workload in (ONE_SLOT, DRAFTING)
    )
    more = [
        after.total_bytes - before.total_bytes for before, after in zip(without.cards, with_draft.cards, strict=True)
    ]
    (layer,) = draft_layer_parts(DRAFTED, ACCOUNTED.weights, 8192, DRAFTING)
    assert more == [layer.total_bytes + PLAIN if index == card else 0 for index in (0, 1)]


def test_a_projector_lies_on_the_first_card() -> None:
    flags = Flags(tensor_split=(1, 1))
    without, with_projector = (
        allocate(ACCOUNTED, flags, 8192, workload=workload) for workload in (ONE_SLOT, Workload(projector=PROJECTOR))
    )
    assert with_projector.cards == (without.cards[0].plus(Parts(10**6, 0, 10**5)), without.cards[1])
    assert with_projector.ram == without.ram
