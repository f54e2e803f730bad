"""What people compare: a model on machines of its size, current models on a machine, the next smaller of the family."""

import datetime
from dataclasses import replace

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.answers import Answer
from fitpages.matching.compared import LEAST_SHARE, SHOWN, models_on, on_machines, smaller_model
from tests.published import dense, published_gpu, published_model
from tests.small_catalog import five_gpus, four_models, snapshot_of


def on_other_machines(snapshot: Snapshot, of: PublishedModel, gpu: PublishedGpu) -> list[Answer]:
    return [there for there in on_machines(snapshot, of) if there.gpu is not gpu][:SHOWN]


def other_models(snapshot: Snapshot, of: PublishedModel, gpu: PublishedGpu) -> list[Answer]:
    return [there for there in models_on(snapshot, gpu) if there.model is not of][:SHOWN]


SIZES = (8, 12, 16, 24, 32, 48, 64, 80, 96, 128)


def cards() -> list[PublishedGpu]:
    return [published_gpu(f"RTX {gb}", gb, 500 + gb) for gb in SIZES]


def model(name: str, vendor: str, day: int = 1, width: int = 4096) -> PublishedModel:
    """Of 8 billion weights with the usual width."""
    of = dense(layers=32, width=width, heads=32, feed_forward=14336 * width // 4096)
    date = datetime.date(2025, 1, day)
    return published_model(name, int(8_030_261_248 * (width / 4096) ** 2), of, vendor=vendor, release_date=date)


def test_machines_are_of_the_sizes_around_what_the_model_takes_smallest_first() -> None:
    snapshot = snapshot_of(gpus=cards())
    names = [
        there.gpu.name for there in on_other_machines(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-8"])
    ]
    assert names == ["RTX 24", "RTX 32", "RTX 48", "RTX 64", "RTX 80", "RTX 96"]
    assert len(names) == SHOWN


def test_the_machine_itself_is_left_out_and_another_takes_its_place() -> None:
    snapshot = snapshot_of(gpus=[*cards(), five_gpus()[4]])
    model = snapshot.models["large-70b"]
    of_other, of_own = (on_other_machines(snapshot, model, snapshot.gpus[slug]) for slug in ("rtx-8", "rtx-48"))
    assert "RTX 48" in {there.gpu.name for there in of_other}
    assert "RTX 48" not in {there.gpu.name for there in of_own}
    assert len(of_own) == SHOWN


def test_the_machines_to_want_are_among_them() -> None:
    snapshot = snapshot_of(gpus=[*five_gpus()])
    names = [
        there.gpu.slug for there in on_other_machines(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-8"])
    ]
    assert {"h80", "mac-64"} <= set(names)


def test_of_a_size_it_is_the_fastest() -> None:
    snapshot = snapshot_of(
        gpus=[*cards(), published_gpu("Quick 48", 48, 900), published_gpu("Rare 48", 48, 999, common=False)]
    )
    names = {
        there.gpu.name for there in on_other_machines(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-8"])
    }
    assert "Quick 48" in names
    assert not names & {"Rare 48", "RTX 48"}


def test_models_are_the_newest_of_each_maker_that_fill_a_part_of_the_machine() -> None:
    models = [model("Old 8B", "A", 1), model("New 8B", "A", 9), model("Other 8B", "B", 5)]
    snapshot = snapshot_of(models=models, gpus=five_gpus())
    names = [there.model.name for there in other_models(snapshot, models[0], snapshot.gpus["rtx-8"])]
    assert names == ["New 8B", "Other 8B"]
    assert [there.model.name for there in other_models(snapshot, models[1], snapshot.gpus["rtx-8"])] == ["Other 8B"]


def test_smaller_ones_fill_up_and_those_that_do_not_fit_are_left_out() -> None:
    tiny, large = model("Tiny 1B", "C", 20, width=1024), four_models()[1]
    snapshot = snapshot_of(models=[model("Own 8B", "A"), model("Big 8B", "B"), tiny, large], gpus=five_gpus())
    rtx8, h80 = snapshot.gpus["rtx-8"], snapshot.gpus["h80"]
    own = snapshot.models["own-8b"]
    assert [there.model.name for there in other_models(snapshot, own, rtx8)] == ["Big 8B", "Tiny 1B"]
    assert [there.model.name for there in other_models(snapshot, own, h80)] == ["Large 70B", "Tiny 1B", "Big 8B"]
    assert 0 < LEAST_SHARE < 1


def test_without_tensors_a_model_is_not_compared() -> None:
    snapshot = snapshot_of()
    names = {there.model.slug for there in other_models(snapshot, snapshot.models["small-8b"], snapshot.gpus["h80"])}
    assert "closed-100b" not in names


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
