"""A page leads on to the card to want and the nearest cards, and to the largest and the nearest models."""

from dataclasses import replace
from decimal import Decimal

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.assessment import best_quant
from fitpages.matching import related
from fitpages.matching.fits import fitting_models, wanted_card
from fitpages.matching.pairs import Pair
from fitpages.matching.related import SHOWN, other_models
from tests.published import published_gpu, published_model
from tests.small_catalog import snapshot_of

SIZES_GB = (4, 6, 8, 12, 16, 24, 32, 48, 80)


def of_sizes(*sizes_gb: int) -> Snapshot:
    """The small catalog with one common card of each size of memory."""
    return snapshot_of(gpus=[published_gpu(f"RTX {size}", memory_gb=size, bandwidth_gb_s=500) for size in sizes_gb])


def other_gpus(snapshot: Snapshot, model: str, gpu: str) -> list[str]:
    pair = Pair(snapshot.models[model], snapshot.gpus[gpu])
    return [other.slug for other in related.other_gpus(snapshot, pair, wanted_card(snapshot, pair.model))]


@pytest.mark.parametrize(
    ("model", "gpu", "sizes"),
    [
        ("large-70b", "rtx-16", (8, 12, 24, 32, 48, 80)),
        ("small-8b", "rtx-32", (8, 16, 24, 48, 80, 12)),
        ("large-70b", "rtx-4", (6, 8, 12, 16, 24, 80)),
        ("small-8b", "rtx-80", (8, 12, 16, 24, 32, 48)),
        ("small-8b", "rtx-8", (4, 6, 12, 16, 24, 32)),
    ],
    ids=[
        "two below, three above, the card to want beyond them",
        "the card to want below, and one more below where above runs out",
        "nothing below: all above",
        "nothing above: all below",
        "the card to want itself: six others",
    ],
)
def test_other_gpus_are_the_card_to_want_and_the_nearest_in_memory(
    model: str, gpu: str, sizes: tuple[int, ...]
) -> None:
    assert other_gpus(of_sizes(*SIZES_GB), model, gpu) == [f"rtx-{size}" for size in sorted(sizes)]


def test_without_a_card_to_want_there_are_six_others_too() -> None:
    assert other_gpus(of_sizes(4, 6, 8, 12, 16, 24, 32, 48), "closed-100b", "rtx-12") == [
        *("rtx-6", "rtx-8"),
        *("rtx-16", "rtx-24", "rtx-32", "rtx-48"),
    ]


def test_of_equal_memory_the_closest_in_bandwidth_is_nearer() -> None:
    near, far = (
        published_gpu(f"RTX {name}", memory_gb=32, bandwidth_gb_s=gb_s) for name, gb_s in (("A", 510), ("B", 900))
    )
    own = published_gpu("RTX 24", memory_gb=24, bandwidth_gb_s=500)
    above = [published_gpu(f"RTX {size}", memory_gb=size, bandwidth_gb_s=500) for size in (48, 64, 80, 96, 128)]
    snapshot = snapshot_of(gpus=[far, near, own, *above])
    assert other_gpus(snapshot, "closed-100b", "rtx-24")[0] == "rtx-a"


def test_cards_that_are_not_common_are_not_led_on_to(small: Snapshot) -> None:
    assert other_gpus(small, "small-8b", "rtx-24") == ["rtx-8", "mac-64", "h80"]


def test_other_models_are_the_largest_three_that_fit_and_the_nearest_three_of_other_families() -> None:
    sizes = {"A 1B": 1, "A 3B": 3, "A 7B": 7, "B 14B": 14, "B 30B": 30, "C 40B": 40, "C 60B": 60, "D 90B": 90}
    models = [published_model(name, size * 10**9, None) for name, size in sizes.items()]
    snapshot = snapshot_of(models=models)
    pair = Pair(snapshot.models["c-60b"], snapshot.gpus["rtx-24"])
    assert [model.name for model in other_models(snapshot, pair)] == [
        *("A 1B", "A 3B"),
        *("A 7B", "B 14B", "B 30B"),
        "D 90B",
    ]


def test_a_page_never_leads_to_its_own_model(small: Snapshot) -> None:
    for model in small.models.values():
        for gpu in small.gpus.values():
            others = other_models(small, Pair(model, gpu))
            assert len(set(others)) == len(small.models) - 1
            assert model not in others


# What holds for the whole of the real catalog.


def test_other_gpus_are_six_common_ones_in_order_of_memory_for_every_card(snapshot: Snapshot) -> None:
    common = {gpu.slug for gpu in snapshot.common_gpus}
    wanted = wanted_card(snapshot, snapshot.models["qwen2-5-72b"])
    assert wanted is not None
    for slug in snapshot.gpus:
        others = other_gpus(snapshot, "qwen2-5-72b", slug)
        assert len(set(others)) == len(others) == SHOWN, slug
        assert set(others) <= common - {slug}, slug
        assert wanted.slug in others or slug == wanted.slug, slug
        memory = [snapshot.gpus[other].spec.nameplate_gb for other in others]
        assert memory == sorted(memory), slug


def test_other_gpus_pass_over_none_that_is_nearer_than_those_chosen(snapshot: Snapshot) -> None:
    wanted = wanted_card(snapshot, snapshot.models["qwen2-5-72b"])
    for gpu in snapshot.gpus.values():
        others = [snapshot.gpus[slug] for slug in other_gpus(snapshot, "qwen2-5-72b", gpu.slug)]
        for side, least in ((-1, 2), (1, 3)):
            ranked = _ranked(snapshot, gpu, side, wanted)
            chosen = [other for other in ranked if other in others]
            assert chosen == ranked[: len(chosen)], gpu.slug
            assert len(chosen) >= min(least, len(ranked)), gpu.slug


def _ranked(snapshot: Snapshot, gpu: PublishedGpu, side: int, wanted: PublishedGpu | None) -> list[PublishedGpu]:
    """The common cards with less (-1) or more (1) memory, the nearest first, of equals the closest in bandwidth."""

    def apart(other: PublishedGpu) -> Decimal:
        return (other.spec.nameplate_gb - gpu.spec.nameplate_gb) * side

    return sorted(
        (other for other in snapshot.common_gpus if apart(other) > 0 and other is not wanted),
        key=lambda other: (apart(other), abs(other.spec.bandwidth_gb_s - gpu.spec.bandwidth_gb_s), other.slug),
    )


def _expected_sizes(snapshot: Snapshot, pair: Pair) -> list[int]:
    """The sizes of the models that the docstring of `other_models` asks for, without its short cuts."""
    default = snapshot.default_quant
    others = [model for model in snapshot.models_by_size if model is not pair.model]
    by_rule = [model for model in others if rule_of_thumb.fits(model.spec, default.spec, pair.gpu.spec)]
    fitting = [model for model in by_rule if best_quant(model.spec, pair.gpu.spec, [default.spec])][-3:]
    left = [model for model in others if model not in fitting]
    near = sorted(left, key=lambda model: abs(_size(model) - _size(pair.model)))
    strangers = [model for model in near if model.family != pair.model.family][:3]
    filling = [model for model in near if model not in strangers][: SHOWN - len(fitting) - len(strangers)]
    return sorted(map(_size, fitting + strangers + filling))


def _size(model: PublishedModel) -> int:
    return model.spec.parameters


@pytest.mark.parametrize("gpu", ["l4", "gtx-1060-3", "m3-ultra-512"])
def test_other_models_are_those_of_the_rule_for_every_model(snapshot: Snapshot, gpu: str) -> None:
    for model in snapshot.models.values():
        pair = Pair(model, snapshot.gpus[gpu])
        others = other_models(snapshot, pair)
        assert [_size(other) for other in others] == _expected_sizes(snapshot, pair), model.slug
        assert len(set(others)) == SHOWN, model.slug
        assert model not in others


def test_other_models_are_six_for_every_card_and_include_the_largest_that_fits(snapshot: Snapshot) -> None:
    for gpu in snapshot.gpus.values():
        pair = Pair(snapshot.models["qwen2-5-72b"], gpu)
        others = other_models(snapshot, pair)
        assert len(set(others)) == len(others) == SHOWN, gpu.slug
        largest = next(fitting_models(snapshot, gpu), None)
        assert largest in (None, pair.model, *others), gpu.slug


def test_a_card_that_no_model_fits_leads_on_to_six_models_too(snapshot: Snapshot) -> None:
    gpu = snapshot.gpus["l4"]
    tiny = replace(gpu, spec=replace(gpu.spec, nameplate_gb=Decimal("0.05")))
    pair = Pair(snapshot.models["qwen2-5-72b"], tiny)
    assert next(fitting_models(snapshot, tiny), None) is None
    assert [_size(model) for model in other_models(snapshot, pair)] == _expected_sizes(snapshot, pair)


def test_what_a_page_leads_on_to_is_the_same_whenever_the_catalog_is_read(snapshot: Snapshot) -> None:
    again = catalog_snapshot.build()
    for slug in list(snapshot.gpus)[::25]:
        assert other_gpus(again, "qwen2-5-72b", slug) == other_gpus(snapshot, "qwen2-5-72b", slug)
        models, same = (
            other_models(catalog, Pair(catalog.models["qwen2-5-72b"], catalog.gpus[slug]))
            for catalog in (snapshot, again)
        )
        assert [model.slug for model in models] == [model.slug for model in same]
