"""What the guide compares shares a model or a card, fits, and is as far apart as it says."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.pages.guides.comparisons import bandwidths, unified_memory
from fitpages.pages.guides.comparisons import mixture as mixture_comparison
from fitpages.text import figures
from tests.fitpages.catalogs import changed, in_every_catalog
from tests.fitpages.guides import page_of


@in_every_catalog
def test_bandwidth_is_compared_between_cards_of_equal_memory(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = bandwidths(snapshot)
    if example is None:
        return
    (slow, _), (fast, _) = page_of(snapshot, example.slower.address), page_of(snapshot, example.faster.address)
    assert slow.model is fast.model
    assert not slow.model.spec.mixture_of_experts
    assert slow.gpu.spec.nameplate_gb == fast.gpu.spec.nameplate_gb
    assert example.slower.fits
    assert example.faster.fits
    ratio = fast.gpu.spec.bandwidth_gb_s / slow.gpu.spec.bandwidth_gb_s
    assert ratio > 1
    assert abs(Decimal(example.ratio) - ratio) <= Decimal("0.05")


@in_every_catalog
def test_a_machine_is_compared_with_the_card_that_offers_about_as_much(
    snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]
) -> None:
    snapshot = catalog(snapshot)
    example = unified_memory(snapshot)
    if example is None:
        return
    (machine, _), (card, _) = page_of(snapshot, example.machine.address), page_of(snapshot, example.card.address)
    assert machine.gpu.spec.unified_memory
    assert machine.model is card.model
    assert not machine.model.spec.mixture_of_experts
    assert example.machine.fits
    assert example.card.fits
    usable = rule_of_thumb.usable_bytes(machine.gpu.spec)
    gaps = {
        gpu.slug: abs(rule_of_thumb.usable_bytes(gpu.spec) - usable)
        for gpu in snapshot.common_gpus
        if not gpu.spec.unified_memory
    }
    assert gaps[card.gpu.slug] == min(gaps.values())
    assert example.machine_share == f"{round(rule_of_thumb.usable_share(machine.gpu.spec) * 100)}%"
    assert example.card_share == f"{round(rule_of_thumb.usable_share(card.gpu.spec) * 100)}%"


def test_the_card_beside_a_machine_follows_the_machines_own_share(snapshot: Snapshot) -> None:
    machine = snapshot.gpus["m4-max-64"]
    stingy = replace(machine, spec=replace(machine.spec, usable_share=Decimal("0.4")))
    example = unified_memory(changed(snapshot, gpus=[*snapshot.gpus.values(), stingy]))
    assert example is not None
    assert (example.machine.gpu, example.machine_share) == ("Apple M4 Max 64GB", "40%")
    usable = rule_of_thumb.usable_bytes(stingy.spec)
    cards = [gpu for gpu in snapshot.common_gpus if not gpu.spec.unified_memory]
    nearest = min(cards, key=lambda gpu: abs(rule_of_thumb.usable_bytes(gpu.spec) - usable))
    assert example.card.memory == figures.gigabytes(nearest.spec.nameplate_gb)


@in_every_catalog
def test_a_mixture_and_a_dense_model_share_a_card(snapshot: Snapshot, catalog: Callable[[Snapshot], Snapshot]) -> None:
    snapshot = catalog(snapshot)
    example = mixture_comparison(snapshot)
    if example is None:
        return
    (mixture, _), (dense, _) = page_of(snapshot, example.mixture.address), page_of(snapshot, example.dense.address)
    assert mixture.gpu is dense.gpu
    assert mixture.model.spec.mixture_of_experts
    assert not dense.model.spec.mixture_of_experts
    assert mixture.model.spec.active_parameters
    assert example.mixture.active == figures.parameters(mixture.model.spec.active_parameters)
    assert example.mixture.fits
    assert example.dense.fits
