"""RAM beside a card: what fits into that computer, at the speed of that RAM."""

import pytest

from catalog.snapshot import Snapshot
from fit.computer import left_bytes
from fit.ram import RamKind
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer
from fitpages.matching.beside import KINDS, SIZES_GIB, USUAL, Ram, longest_with, speed_with, takes_ram, wait
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import snapshot_of


def with_ram(snapshot: Snapshot, gpu: str = "rtx-8") -> Answer:
    """The mixture on a card that does not hold it."""
    return answer(snapshot, snapshot.models["mixture-30b"], snapshot.gpus[gpu])


def test_what_does_not_fit_the_card_runs_with_the_usual_ram(small: Snapshot) -> None:
    of_pair = with_ram(small)
    assert of_pair.verdict.kind is Kind.WITH_RAM
    assert speed_with(small, of_pair, USUAL) == of_pair.verdict.speed


def test_slower_ram_is_slower(small: Snapshot) -> None:
    slow, fast = (speed_with(small, with_ram(small), Ram(64, kind)) for kind in KINDS.values())
    assert slow
    assert fast
    assert slow.tokens_s < fast.tokens_s


def test_ram_that_does_not_hold_the_rest_is_of_no_use(small: Snapshot) -> None:
    offload = with_ram(small).verdict.offload
    assert offload
    for gib in (8, *SIZES_GIB):
        holds = offload.ram_bytes <= left_bytes(gib)
        assert bool(speed_with(small, with_ram(small), Ram(gib, RamKind.DDR5_2))) is holds
    assert not speed_with(small, with_ram(small), Ram(8, RamKind.DDR5_2))


def test_what_is_slower_than_of_use_is_none(small: Snapshot) -> None:
    large = answer(small, small.models["large-70b"], small.gpus["rtx-8"])
    assert large.verdict.kind is Kind.NOT_IN_PRACTICE
    assert speed_with(small, large, Ram(128, RamKind.DDR5_2)) is None


def test_what_is_on_the_card_has_nothing_beside_it(small: Snapshot) -> None:
    on_card = answer(small, small.models["small-8b"], small.gpus["rtx-24"])
    assert speed_with(small, on_card, USUAL) is None


def test_the_longest_is_one_of_the_three_contexts_and_grows_with_the_ram(small: Snapshot) -> None:
    lengths = [longest_with(small, with_ram(small), Ram(gib, RamKind.DDR5_2)) for gib in (16, 64)]
    assert lengths == sorted(lengths)
    assert lengths[1] in (8192, 32768, 131072)
    assert lengths[1] > with_ram(small).verdict.context


def test_the_wait_is_for_8k_or_the_native_context() -> None:
    short = published_model("Short 8B", 8 * 10**9, dense(layers=32, width=4096, heads=32, feed_forward=14336))
    brief = published_model(
        "Brief 8B", 8 * 10**9, dense(layers=32, width=4096, heads=32, feed_forward=14336), native_context=4096
    )
    snapshot = snapshot_of(models=[short, brief])
    waits = [wait(snapshot, answer(snapshot, model, snapshot.gpus["rtx-24"])) for model in (short, brief)]
    assert waits[0]
    assert waits[1]
    assert waits[0].seconds > 1.8 * waits[1].seconds


def test_there_is_no_wait_where_the_arithmetic_or_the_tensors_are_not_known(small: Snapshot) -> None:
    assert wait(small, answer(small, small.models["small-8b"], small.gpus["mac-64"])) is None
    assert wait(small, answer(small, small.models["closed-100b"], small.gpus["h80"])) is None


@pytest.mark.parametrize(("unified", "takes"), [(True, False), (False, True)])
def test_one_pool_has_no_ram_beside_it(unified: bool, takes: bool) -> None:
    assert takes_ram(published_gpu("Any", memory_gb=16, bandwidth_gb_s=100, unified_memory=unified)) is takes
