"""Twins in a line, measurements under a count, and the day of the catalog."""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.provenance import Measurements, catalog_day, measurements, twins
from tests.fitpages.pages.pair.kinds import read
from tests.small_catalog import five_gpus, four_models, snapshot_of


def of(snapshot: Snapshot, model: str, gpu: str) -> Measurements | None:
    return measurements(snapshot, Pair(snapshot.models[model], snapshot.gpus[gpu]))


@pytest.mark.parametrize(
    ("model", "gpu", "summary"),
    [
        ("small-8b", "rtx-24", "Measured: 3 runs of this pair, 2 nearby"),
        ("small-8b", "rtx-8", "Measured: 1 run of this pair, 1 nearby"),
        ("large-70b", "rtx-8", "Measured: nothing of this pair, 2 nearby"),
    ],
)
def test_measurements_are_counted(small: Snapshot, model: str, gpu: str, summary: str) -> None:
    measured = of(small, model, gpu)
    assert measured
    assert measured.summary == summary
    assert summary.startswith(f"Measured: {len(measured.own) or 'nothing'}")
    assert summary.endswith(f"{len(measured.near)} nearby")


def test_without_any_there_is_no_line(small: Snapshot) -> None:
    assert of(small, "closed-100b", "rx-16-laptop") is None
    assert of(snapshot_of(benchmarks=()), "small-8b", "rtx-24") is None


def test_twins_stand_in_a_line_models_first_each_with_its_link() -> None:
    small, card = four_models()[0], five_gpus()[1]
    models = [*four_models(), *(replace(small, slug=slug, name=slug.title()) for slug in ("same-a", "same-b"))]
    gpus = [*five_gpus(), replace(card, slug="rtx-8-b", name="RTX 8 B", spec=replace(card.spec, slug="rtx-8-b"))]
    snapshot = snapshot_of(models=models, gpus=gpus, files_of={})
    pieces = twins(snapshot, Pair(snapshot.models["small-8b"], snapshot.gpus["rtx-8"]))
    assert read(pieces) == "Same-A, Same-B · RTX 8 B"
    assert [piece.address for piece in pieces if piece.address] == [
        "/run/same-a-on-rtx-8/",
        "/run/same-b-on-rtx-8/",
        "/run/small-8b-on-rtx-8-b/",
    ]
    assert read(twins(snapshot, Pair(snapshot.models["large-70b"], snapshot.gpus["rtx-8"]))) == "RTX 8 B"


def test_on_a_pair_that_people_have_twins_are_those_that_they_have_too() -> None:
    small, card = four_models()[0], five_gpus()[1]
    models = [small, replace(small, slug="rare", name="Rare", common=False)]
    gpus = [card, replace(card, slug="rare-8", name="Rare 8", spec=replace(card.spec, slug="rare-8"), common=False)]
    snapshot = snapshot_of(models=models, gpus=gpus, files_of={})
    common, rare = snapshot.models["small-8b"], snapshot.models["rare"]
    assert twins(snapshot, Pair(common, snapshot.gpus["rtx-8"])) == ()
    assert read(twins(snapshot, Pair(rare, snapshot.gpus["rtx-8"]))) == "Small 8B · Rare 8"


def test_without_twins_there_is_no_line(small: Snapshot) -> None:
    assert twins(small, Pair(small.models["small-8b"], small.gpus["rtx-24"])) == ()


def test_the_day_is_that_of_the_last_change(small: Snapshot) -> None:
    assert catalog_day(small) == "Catalog of 1 March 2026"
