"""What the guide compares shares a model or a card, runs, and is as far apart as it says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.matching.answers import answer
from fitpages.pages.guides.comparisons import bandwidths, mixture, unified_memory
from fitpages.pages.guides.pair_figures import pair_figures
from fitpages.text import figures
from tests.fitpages.catalogs import CATALOGS
from tests.fitpages.guides import answer_at
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def card(name: str, bandwidth_gb_s: int, memory_gb: int = 24) -> PublishedGpu:
    mib = {"reported_mib": memory_gb * 1000, "reported_by": "cuda"}
    return published_gpu(name, memory_gb=memory_gb, bandwidth_gb_s=bandwidth_gb_s, **mib)


SLOW, FAST = card("RTX Slow", 300), card("RTX Fast", 900)


def test_bandwidth_is_compared_between_cards_of_equal_memory_at_one_level_and_context() -> None:
    snapshot = snapshot_of(gpus=[FAST, SLOW, card("RTX 8", 100, 8)], benchmarks=())
    shown = bandwidths(snapshot)
    assert shown
    slower, faster = (answer(snapshot, snapshot.models["small-8b"], gpu) for gpu in (SLOW, FAST))
    assert (shown.slower, shown.faster) == (pair_figures(slower), pair_figures(faster))
    assert (shown.slower.level, shown.slower.context) == (shown.faster.level, shown.faster.context)
    assert shown.ratio == "3.0"
    assert slower.tokens_s
    assert faster.tokens_s
    assert shown.gain == figures.times(Decimal(faster.tokens_s / slower.tokens_s))


@pytest.mark.parametrize(
    "other", [card("RTX Other", 300), card("RTX Small", 900, 4)], ids=["as fast", "of another size"]
)
def test_without_two_bandwidths_there_is_no_comparison(other: PublishedGpu) -> None:
    assert bandwidths(snapshot_of(gpus=[SLOW, other], benchmarks=())) is None
    assert bandwidths(snapshot_of(gpus=[], benchmarks=())) is None


def test_cards_that_differ_in_the_level_they_run_are_not_compared() -> None:
    """Of one size on the box, but one leaves so little that another level is advised."""
    stingy = replace(FAST, spec=replace(FAST.spec, reported_mib=9000))
    assert bandwidths(snapshot_of(gpus=[SLOW, stingy], benchmarks=())) is None


def test_a_machine_is_compared_with_the_card_that_leaves_about_as_much(small: Snapshot) -> None:
    near, far = card("RTX 48", 800, 48), card("RTX 24", 900)
    mac = small.gpus["mac-64"]
    snapshot = snapshot_of(gpus=[mac, near, far, *five_gpus()[2:3]], benchmarks=())
    shown = unified_memory(snapshot)
    assert shown
    assert (shown.machine.gpu, shown.card.gpu) == ("Mac 64", "RTX 48")
    assert shown.machine.model == shown.card.model == "Large 70B"
    left = mac.spec.offer.total_bytes
    assert shown.machine_leaves == f"{figures.counted(left)} of its 64 GiB ({round(left / 2**36 * 100)}%)"
    assert shown.machine == pair_figures(answer(snapshot, snapshot.models["large-70b"], mac))


def test_without_a_machine_or_a_card_nothing_is_compared(small: Snapshot) -> None:
    assert unified_memory(snapshot_of(gpus=[FAST])) is None
    assert unified_memory(snapshot_of(gpus=[small.gpus["mac-64"]])) is None


def test_a_mixture_and_a_dense_model_share_a_card(small: Snapshot) -> None:
    only_small = snapshot_of(models=[small.models["mixture-30b"], small.models["small-8b"]])
    shown = mixture(only_small)
    assert shown
    assert (shown.mixture.model, shown.dense.model) == ("Mixture 30B", "Small 8B")
    assert shown.mixture.gpu == shown.dense.gpu == "RTX 24"
    assert shown.mixture.active == "3.4B"


def test_without_a_card_that_runs_both_there_is_no_mixture(small: Snapshot) -> None:
    both = [small.models["mixture-30b"], small.models["small-8b"]]
    assert mixture(snapshot_of(models=both, gpus=[small.gpus["rtx-8"]])) is None
    assert mixture(snapshot_of(models=both[:1])) is None
    assert mixture(snapshot_of(models=both[1:])) is None


@pytest.mark.parametrize("name", ["as it starts", "edited", "drivers that report little"])
def test_of_the_starting_catalog_all_that_is_compared_runs_on_the_card(snapshot: Snapshot, name: str) -> None:
    snapshot = CATALOGS[name](snapshot)
    for example in (bandwidths(snapshot), unified_memory(snapshot), mixture(snapshot)):
        for pair in example.pairs if example else ():
            assert answer_at(snapshot, pair.address).verdict.kind.value == "on the card"
            assert "," in pair.line
