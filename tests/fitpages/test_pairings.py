"""Which pairs have a page, and which pairs a page leads on to."""

import dataclasses
from decimal import Decimal

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.models import Gpu, LanguageModel, Quant
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.verdict import best_quant
from fitpages.matching import related
from fitpages.matching.fits import fitting_models, wanted_card
from fitpages.matching.pairs import Pair, count_pairs, find_pair, nearest_pairs
from fitpages.matching.related import other_models
from tests.builders import gpu_spec


def pair(snapshot: Snapshot, model: str, gpu: str) -> Pair:
    return Pair(snapshot.models[model], snapshot.gpus[gpu])


def other_gpus(snapshot: Snapshot, model: str, gpu: str) -> list[str]:
    found = pair(snapshot, model, gpu)
    return [other.slug for other in related.other_gpus(snapshot, found, wanted_card(snapshot, found.model))]


@pytest.mark.parametrize("name", ["qwen2-5-72b-on-l4", "QWEN2-5-72B-ON-L4", "Qwen2-5-72b-on-L4"])
def test_a_pair_is_found_by_its_slugs_in_any_case(snapshot: Snapshot, name: str) -> None:
    found = find_pair(snapshot, name)
    assert found == pair(snapshot, "qwen2-5-72b", "l4")
    assert found is not None
    assert found.address == "/run/qwen2-5-72b-on-l4/"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["qwen2-5-72b-on-l4", "QWEN2-5-72B-ON-L4", "qwen-72-on-l4", "qwen2-5-72b-on-l4-24"])
def test_a_pair_is_found_by_former_slugs_mixed_with_present_ones(name: str) -> None:
    gpu, model = Gpu.objects.get(slug="l4"), LanguageModel.objects.get(slug="qwen2-5-72b")
    gpu.slug, model.slug = "l4-24", "qwen-72"
    gpu.save()
    model.save()
    found = find_pair(catalog_snapshot.current(), name)
    assert found is not None
    assert found.address == "/run/qwen-72-on-l4-24/"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-on-",
        "qwen2-5-72b",
        "l4",
        "qwen2-5-72b-l4",
        "qwen2-5-72b-on-",
        "-on-l4",
        "l4-on-qwen2-5-72b",
        "qwen2-5-72b-on-l5",
        "qwen-on-l4",
        "qwen2-5-72b-on-h20",
        "qwen2-5-72b-on-l4-on-l4",
        " qwen2-5-72b-on-l4",
    ],
)
def test_there_is_no_page_for_what_is_unknown_a_draft_or_not_a_pair(snapshot: Snapshot, name: str) -> None:
    assert find_pair(snapshot, name) is None


@pytest.mark.django_db
def test_there_is_no_page_without_a_quantization() -> None:
    before = catalog_snapshot.current()
    assert count_pairs(before) == len(before.models) * len(before.gpus) > 0
    Quant.objects.update(status="draft", is_default=False)
    snapshot = catalog_snapshot.current()
    assert find_pair(snapshot, "qwen2-5-72b-on-l4") is None
    assert count_pairs(snapshot) == 0
    assert nearest_pairs(snapshot, "qwen2-5-72b-on-l5") == []


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        ("smollm2-135m", "gtx-1660-super"),
        ("llama-3-1-8b", "rtx-3050-8"),
        ("qwen2-5-72b", "a100-80"),
        ("llama-3-1-405b", "m3-ultra-512"),
        ("kimi-k3-2-8t-a104b", None),
    ],
)
def test_the_card_to_want_is_the_smallest_common_one_that_holds_the_default(
    snapshot: Snapshot, model: str, wanted: str | None
) -> None:
    card = wanted_card(snapshot, snapshot.models[model])
    assert (card.slug if card else None) == wanted


@pytest.mark.parametrize(
    ("model", "gpu", "others"),
    [
        (
            "qwen2-5-72b",
            "l4",
            ["rtx-4060-ti-16", "rx-7900-xt", "radeon-ai-pro-r9700", "rtx-5090", "m3-pro-36", "a100-80"],
        ),
        (
            "llama-3-1-8b",
            "rtx-4090",
            ["rtx-3050-8", "rtx-5080", "rx-7900-xt", "radeon-ai-pro-r9700", "rtx-5090", "m3-pro-36"],
        ),
        (
            "qwen2-5-72b",
            "gtx-1060-3",
            ["gtx-1660-super", "rtx-2060", "rtx-3050-8", "rtx-4060-laptop", "rtx-4070-laptop", "a100-80"],
        ),
        (
            "qwen2-5-72b",
            "m3-ultra-512",
            ["a100-80", "h200-141", "b200", "m2-ultra-192", "mi300x", "m3-ultra-256"],
        ),
        (
            "llama-3-1-405b",
            "m3-ultra-512",
            ["m4-max-128", "h200-141", "b200", "m2-ultra-192", "mi300x", "m3-ultra-256"],
        ),
        (
            "kimi-k3-2-8t-a104b",
            "a100-40",
            ["rtx-5090", "m3-pro-36", "m4-pro-48", "l40s", "rtx-6000-ada", "rtx-a6000"],
        ),
    ],
    ids=[
        "the card to want, two below and three above",
        "the card to want among those below",
        "nothing below: all above",
        "nothing above: all below",
        "the card to want itself: six others",
        "no card to want: six others",
    ],
)
def test_other_gpus_are_the_card_to_want_and_the_nearest_in_memory(
    snapshot: Snapshot, model: str, gpu: str, others: list[str]
) -> None:
    assert sorted(other_gpus(snapshot, model, gpu)) == sorted(others)


def test_other_gpus_are_six_common_ones_in_order_of_memory_for_every_card(snapshot: Snapshot) -> None:
    common = {gpu.slug for gpu in snapshot.common_gpus}
    for slug in snapshot.gpus:
        others = other_gpus(snapshot, "qwen2-5-72b", slug)
        assert len(set(others)) == len(others) == 6, slug
        assert set(others) <= common - {slug}, slug
        assert "a100-80" in others or slug == "a100-80", slug
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


def _expected_sizes(snapshot: Snapshot, found: Pair) -> list[int]:
    """The sizes of the models that the docstring of `other_models` asks for, without its short cuts."""
    default = snapshot.default_quant
    assert default is not None
    others = [model for model in snapshot.models_by_size if model is not found.model]
    by_rule = [model for model in others if rule_of_thumb.fits(model.spec, default.spec, found.gpu.spec)]
    fitting = [model for model in by_rule if best_quant(model.spec, found.gpu.spec, [default.spec])][-3:]
    left = [model for model in others if model not in fitting]
    near = sorted(left, key=lambda model: abs(_size(model) - _size(found.model)))
    strangers = [model for model in near if model.family != found.model.family][:3]
    filling = [model for model in near if model not in strangers][: 6 - len(fitting) - len(strangers)]
    return sorted(map(_size, fitting + strangers + filling))


def _size(model: PublishedModel) -> int:
    return model.spec.parameters


@pytest.mark.parametrize("gpu", ["l4", "gtx-1060-3", "m3-ultra-512"])
def test_other_models_are_the_largest_three_that_fit_and_the_nearest_three_of_other_families(
    snapshot: Snapshot, gpu: str
) -> None:
    for slug in snapshot.models:
        found = pair(snapshot, slug, gpu)
        others = other_models(snapshot, found)
        assert [_size(model) for model in others] == _expected_sizes(snapshot, found), slug
        assert len(set(others)) == 6, slug
        assert found.model not in others


def test_other_models_are_six_for_every_card_and_include_the_largest_that_fits(snapshot: Snapshot) -> None:
    for slug in snapshot.gpus:
        found = pair(snapshot, "qwen2-5-72b", slug)
        others = other_models(snapshot, found)
        assert len(set(others)) == len(others) == 6, slug
        largest = next(fitting_models(snapshot, found.gpu), None)
        assert largest in others or largest is found.model, slug


def test_a_card_that_no_model_fits_leads_on_to_six_models_too(snapshot: Snapshot) -> None:
    tiny = dataclasses.replace(snapshot.gpus["l4"], spec=gpu_spec(slug="l4", nameplate_gb=Decimal("0.05")))
    found = Pair(snapshot.models["qwen2-5-72b"], tiny)
    assert list(fitting_models(snapshot, tiny)) == []
    assert [_size(model) for model in other_models(snapshot, found)] == _expected_sizes(snapshot, found)


def test_what_a_page_leads_on_to_is_the_same_whenever_the_catalog_is_read(snapshot: Snapshot) -> None:
    again = catalog_snapshot.build()
    for gpu in list(snapshot.gpus)[::25]:
        assert other_gpus(again, "qwen2-5-72b", gpu) == other_gpus(snapshot, "qwen2-5-72b", gpu)
        models, same = (other_models(of, pair(of, "qwen2-5-72b", gpu)) for of in (snapshot, again))
        assert [model.slug for model in models] == [model.slug for model in same]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("qwen2-5-72b-on-l5", "/run/qwen2-5-72b-on-l4/"),
        ("qwen2-5-7-on-rtx4090", "/run/qwen2-5-7b-on-rtx-4090/"),
        ("LLAMA-3-1-8B-ON-RTX-4099", "/run/llama-3-1-8b-on-rtx-4090/"),
        ("zzzzzzzz-on-l4", None),
        ("", None),
        ("-on-", None),
    ],
)
def test_the_nearest_pairs_to_a_name_without_a_page(snapshot: Snapshot, name: str, nearest: str | None) -> None:
    found = nearest_pairs(snapshot, name)
    assert len(found) <= 6
    assert (nearest in [near.address for near in found]) if nearest else (found == [])
