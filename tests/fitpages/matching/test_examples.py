"""A guide gets the example that it asks for, or the nearest one, or none."""

from decimal import Decimal

from catalog.snapshot import Snapshot
from fitpages.matching import examples
from tests.published import published_model
from tests.small_catalog import five_gpus, four_models, snapshot_of


def test_the_model_of_the_slug_is_taken_however_far_its_size(small: Snapshot) -> None:
    assert examples.dense_model(small, "large-70b", 8 * 10**9) is small.models["large-70b"]
    assert examples.mixture(small, "mixture-30b", 10**12) is small.models["mixture-30b"]


def test_another_slug_gives_the_nearest_in_size(small: Snapshot) -> None:
    assert examples.dense_model(small, "gone", 9 * 10**9) is small.models["small-8b"]
    assert examples.dense_model(small, "gone", 60 * 10**9) is small.models["large-70b"]


def test_what_became_another_kind_is_not_taken_by_its_slug(small: Snapshot) -> None:
    assert examples.dense_model(small, "mixture-30b", 30 * 10**9) is small.models["small-8b"]
    assert examples.mixture(small, "small-8b", 8 * 10**9) is small.models["mixture-30b"]
    assert examples.card(small, "mac-64", 64) is small.gpus["h80"]
    assert examples.machine(small, "rtx-24", 24) is small.gpus["mac-64"]


def test_a_mixture_whose_active_part_is_unknown_is_no_example() -> None:
    closed = [model for model in four_models() if model.slug == "closed-100b"]
    assert examples.mixture(snapshot_of(models=closed), "closed-100b", 100 * 10**9) is None


def test_the_nearest_card_is_a_common_one_and_one_asked_for_need_not_be(small: Snapshot) -> None:
    assert examples.card(small, "rx-16-laptop", 16) is small.gpus["rx-16-laptop"]
    assert examples.card(small, "gone", 16) is small.gpus["rtx-8"]
    assert examples.machine(small, "gone", 128) is small.gpus["mac-64"]


def test_there_is_no_example_in_a_catalog_without_its_kind() -> None:
    mac, card = (snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug == slug]) for slug in ("mac-64", "rtx-24"))
    assert examples.card(mac, "gone", 24) is None
    assert examples.machine(card, "gone", 24) is None
    nothing = snapshot_of(models=())
    assert examples.dense_model(nothing, "gone", 1) is examples.mixture(nothing, "gone", 1) is None


def test_cards_with_memory_of_their_own_come_the_smallest_first(small: Snapshot) -> None:
    assert [gpu.slug for gpu in examples.discrete(small)] == ["rtx-8", "rtx-24", "h80"]


def test_of_equally_near_gpus_the_first_is_taken(small: Snapshot) -> None:
    gpus = [small.gpus["rtx-8"], small.gpus["rtx-24"]]
    assert examples.nearest_gpu(gpus, lambda gpu: gpu.spec.nameplate_gb, Decimal(16)) is gpus[0]
    assert examples.nearest_gpu([], lambda gpu: gpu.spec.nameplate_gb, Decimal(16)) is None


def test_the_nearest_of_two_dense_models_may_be_smaller_or_larger() -> None:
    two = [published_model("Small 4B", 4 * 10**9, None), published_model("Small 14B", 14 * 10**9, None)]
    snapshot = snapshot_of(models=two)
    assert examples.dense_model(snapshot, "gone", 8 * 10**9) is two[0]
    assert examples.dense_model(snapshot, "gone", 10 * 10**9) is two[1]


def test_the_nearest_model_is_a_common_one_and_one_asked_for_need_not_be() -> None:
    two = [published_model("Rare 8B", 8 * 10**9, None, common=False), published_model("Used 14B", 14 * 10**9, None)]
    snapshot = snapshot_of(models=two)
    assert examples.dense_model(snapshot, "gone", 8 * 10**9) is two[1]
    assert examples.dense_model(snapshot, "rare-8b", 14 * 10**9) is two[0]
