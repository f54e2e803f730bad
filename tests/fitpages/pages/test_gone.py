"""The page of what was taken out says so, and what to read instead: of its family first."""

from dataclasses import replace

import pytest

from catalog.picture import Gone
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import find_gone_pair
from fitpages.pages import gone
from fitpages.site import Link


@pytest.fixture
def snapshot(small: Snapshot) -> Snapshot:
    return replace(
        small,
        gone_models={"small-7b": Gone("Small 7B", small.models["small-8b"].family), "zzz": Gone("Zzz", "Nobody's")},
        gone_gpus={"rtx-25": Gone("RTX 25", "NVIDIA"), "zzz": Gone("", ""), "rx": Gone("Rx", "AMD")},
    )


def test_a_gpu_offers_those_called_like_it(snapshot: Snapshot) -> None:
    page = gone.of_gpu(snapshot, "rtx-25")
    assert page.heading == "RTX 25 was taken out of the catalog"
    assert Link("RTX 24", "/gpus/rtx-24/") in page.instead


def test_others_of_its_family_come_first(snapshot: Snapshot) -> None:
    amd = [gpu.slug for gpu in snapshot.gpus.values() if gpu.vendor == "AMD"]
    assert amd
    offered = [link.address for link in gone.of_gpu(snapshot, "rx").instead]
    assert offered[: len(amd)] == [f"/gpus/{slug}/" for slug in amd][:3]


def test_a_model_offers_those_called_like_it(snapshot: Snapshot) -> None:
    page = gone.of_model(snapshot, "small-7b")
    assert page.heading == "Small 7B was taken out of the catalog"
    assert page.instead[0] == Link("Small 8B", "/models/small-8b/")


def test_without_a_name_or_anything_like_it_the_page_still_says_what_was_there(snapshot: Snapshot) -> None:
    assert gone.of_gpu(snapshot, "zzz").heading == "A GPU was taken out of the catalog"
    assert gone.of_gpu(snapshot, "zzz").instead == ()
    assert gone.of_model(snapshot, "zzz").instead == ()


@pytest.mark.parametrize(
    ("name", "heading", "first"),
    [
        ("small-8b-on-rtx-25", "RTX 25 was", Link("Small 8B on every GPU", "/models/small-8b/")),
        ("small-7b-on-rtx-24", "Small 7B was", Link("Every model on RTX 24", "/gpus/rtx-24/")),
        ("small-7b-on-rtx-25", "Small 7B and RTX 25 were", Link("Small 8B on RTX 24", "/run/small-8b-on-rtx-24/")),
    ],
)
def test_a_pair_offers_what_is_still_there_of_it_and_the_pairs_like_it(
    snapshot: Snapshot, name: str, heading: str, first: Link
) -> None:
    pair = find_gone_pair(snapshot, name)
    assert pair
    page = gone.of_pair(snapshot, pair)
    assert page.heading == f"{heading} taken out of the catalog"
    assert page.instead[0]._replace(note="") == first
    assert "/run/small-8b-on-rtx-24/" in [link.address for link in page.instead]
    assert all(link.note for link in page.instead if link.address.startswith("/run/"))


def test_it_has_no_address_and_is_not_indexed(snapshot: Snapshot) -> None:
    page = gone.of_gpu(snapshot, "rtx-25")
    assert (page.indexable, page.canonical, page.structured_data, page.breadcrumbs) == (False, "", "", ())
