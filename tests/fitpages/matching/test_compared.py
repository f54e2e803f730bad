"""What people compare: a model on machines like the reader's, models like it on one, smaller ones of its family."""

import datetime
from dataclasses import replace

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.answers import answer
from fitpages.matching.compared import NEAR, RUNNING, SHOWN, models_on, on_machines, smaller_model
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import five_gpus, four_models, snapshot_of

SIZES = (8, 12, 16, 24, 32, 48, 64, 80, 96, 128)


def cards() -> list[PublishedGpu]:
    return [published_gpu(f"RTX {gb}", gb, 500 + gb) for gb in SIZES]


def model(name: str, vendor: str, day: int = 1, width: int = 4096) -> PublishedModel:
    """Of 8 billion weights with the usual width."""
    of = dense(layers=32, width=width, heads=32, feed_forward=14336 * width // 4096)
    date = datetime.date(2025, 1, day)
    return published_model(name, int(8_030_261_248 * (width / 4096) ** 2), of, vendor=vendor, release_date=date)


def machine_names(snapshot: Snapshot, of: str, gpu: str) -> list[str]:
    return [there.gpu.name for there in on_machines(snapshot, snapshot.models[of], snapshot.gpus[gpu])]


def model_names(snapshot: Snapshot, of: str, gpu: str) -> list[str]:
    return [there.model.name for there in models_on(snapshot, snapshot.models[of], snapshot.gpus[gpu])]


def rare(of: PublishedModel) -> PublishedModel:
    return replace(of, common=False)


def test_a_common_model_is_shown_on_the_machines_near_to_the_readers_own_smallest_first() -> None:
    snapshot = snapshot_of(gpus=[*cards(), published_gpu("Laptop 24", 24, 500, segment="laptop")])
    names = machine_names(snapshot, "small-8b", "rtx-24")
    assert names == ["RTX 12", "RTX 16", "Laptop 24", "RTX 32", "RTX 48"]
    assert len([name for name in names if name.startswith("RTX")]) == NEAR


def test_the_nearest_examples_of_a_class_are_among_them_however_many_lie_between() -> None:
    far = [replace(gpu, class_example=gpu.name in ("RTX 64", "RTX 96", "RTX 128")) for gpu in cards()]
    names = machine_names(snapshot_of(gpus=far), "small-8b", "rtx-16")
    assert names == ["RTX 12", "RTX 24", "RTX 64", "RTX 96"]


def test_where_the_machine_does_not_hold_the_model_those_that_do_come_with_them() -> None:
    snapshot = snapshot_of(gpus=[*cards(), five_gpus()[4]])
    assert machine_names(snapshot, "large-70b", "rtx-12") == ["RTX 8", "RTX 16", "RTX 24", "RTX 32", "Mac 64", "RTX 64"]
    assert "RTX 64" not in machine_names(snapshot, "small-8b", "rtx-12")


def test_a_model_that_nobody_takes_is_shown_on_the_sizes_around_what_it_takes_of_the_readers_kind() -> None:
    laptops = [published_gpu(f"Laptop {gb}", gb, 400, segment="laptop") for gb in (8, 16, 24)]
    snapshot = snapshot_of(models=[rare(four_models()[1])], gpus=[*cards(), *laptops])
    assert machine_names(snapshot, "large-70b", "rtx-8") == ["RTX 24", "RTX 32", "RTX 48", "RTX 64", "RTX 80", "RTX 96"]
    assert machine_names(snapshot, "large-70b", "laptop-8") == ["Laptop 16", "Laptop 24", "RTX 64"]


def test_the_machine_itself_is_left_out_and_another_takes_its_place() -> None:
    snapshot = snapshot_of(models=[rare(four_models()[1]), four_models()[0]], gpus=cards())
    for of in ("large-70b", "small-8b"):
        names = machine_names(snapshot, of, "rtx-48")
        assert "RTX 48" not in names
        assert "RTX 64" in names
    assert len(machine_names(snapshot, "large-70b", "rtx-48")) == SHOWN


@pytest.mark.parametrize("is_common", [True, False])
def test_machines_that_nobody_has_are_never_shown(is_common: bool) -> None:
    of = replace(four_models()[1], common=is_common)
    snapshot = snapshot_of(models=[of], gpus=[*cards(), published_gpu("Rare 48", 48, 999, common=False)])
    assert "Rare 48" not in machine_names(snapshot, "large-70b", "rtx-32")


def test_other_models_are_current_ones_that_run_there_the_most_alike_first() -> None:
    models = [model("Own 8B", "A"), model("Like 8B", "B"), model("Small 2B", "C", width=2048), four_models()[1]]
    snapshot = snapshot_of(models=[*models, rare(model("Rare 8B", "D"))], gpus=five_gpus())
    assert model_names(snapshot, "own-8b", "rtx-8") == ["Like 8B", "Small 2B"]
    assert model_names(snapshot, "rare-8b", "rtx-8") == ["Like 8B", "Own 8B", "Small 2B"]
    assert model_names(snapshot, "own-8b", "h80") == ["Like 8B", "Small 2B", "Large 70B"]


def test_on_a_machine_that_nobody_has_they_are_the_same_for_every_model_one_of_each_maker_first() -> None:
    models = [model("First 8B", "A"), model("Second 8B", "A"), model("Other 8B", "B")]
    snapshot = snapshot_of(models=models, gpus=[published_gpu("Rare 24", 24, 900, common=False), *cards()])
    assert model_names(snapshot, "second-8b", "rare-24") == ["First 8B", "Other 8B"]
    assert model_names(snapshot, "first-8b", "rare-24") == ["Other 8B", "Second 8B"]


def test_a_model_that_takes_more_or_only_runs_below_what_is_recommended_is_not_shown() -> None:
    snapshot = snapshot_of(gpus=[*five_gpus(), published_gpu("RTX 32", 32, 1000)])
    short = answer(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-32"])
    assert short.verdict.kind not in RUNNING
    assert model_names(snapshot, "small-8b", "rtx-32") == ["Mixture 30B"]
    assert "Large 70B" in model_names(snapshot, "small-8b", "h80")


def test_without_tensors_a_model_is_not_compared() -> None:
    snapshot = snapshot_of()
    assert "Closed 100B" not in model_names(snapshot, "small-8b", "h80")


def test_the_next_smaller_of_the_family_is_on_the_card() -> None:
    family = [model("Herd 1B", "A", width=1024), model("Herd 8B", "A"), replace(four_models()[1], family="Herd")]
    snapshot = snapshot_of(models=family, gpus=[*five_gpus(), published_gpu("RTX 4", 4, 200)])
    for gpu, name in (("rtx-24", "Herd 8B"), ("rtx-4", "Herd 1B")):
        there = smaller_model(snapshot, snapshot.models["large-70b"], snapshot.gpus[gpu])
        assert there
        assert there.model.name == name
    assert smaller_model(snapshot, snapshot.models["herd-1b"], snapshot.gpus["rtx-24"]) is None
    alone = snapshot_of()
    assert smaller_model(alone, alone.models["large-70b"], alone.gpus["rtx-24"]) is None


def test_of_a_common_model_the_next_smaller_is_a_common_one() -> None:
    family = [model("Herd 1B", "A", width=1024), rare(model("Herd 8B", "A")), replace(four_models()[1], family="Herd")]
    snapshot = snapshot_of(models=family, gpus=five_gpus())
    there = smaller_model(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-24"])
    assert there
    assert there.model.name == "Herd 1B"
    of_rare = snapshot_of(models=[*family[:2], rare(family[2])], gpus=five_gpus())
    there = smaller_model(of_rare, of_rare.models["large-70b"], of_rare.gpus["rtx-24"])
    assert there
    assert there.model.name == "Herd 8B"
