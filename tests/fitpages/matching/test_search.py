"""Search understands a model, a GPU, or both, however they are written."""

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.search import search
from tests.small_catalog import five_gpus, snapshot_of


@pytest.mark.parametrize(
    "query",
    [
        "small 8b rtx 24",
        "SMALL 8B RTX 24",
        "  Small-8B   on   NVIDIA-RTX-24 ",
        "rtx 24 small 8b",
        "rtx24 small 8b",
        "smal 8b rtx 24",
        "smlal 8b rtx 24",
        "testers small nvidia 24",
    ],
)
def test_both_names_lead_to_the_pair(small: Snapshot, query: str) -> None:
    assert search(small, query).pairs[0].address == "/run/small-8b-on-rtx-24/"


@pytest.mark.parametrize(("query", "gpus"), [("24", ["rtx-24"]), ("apple mac 64", ["mac-64"]), ("nvidia", 3)])
def test_a_gpu_alone_finds_gpus_and_no_pair(small: Snapshot, query: str, gpus: list[str] | int) -> None:
    results = search(small, query)
    assert [gpu.slug for gpu in results.gpus] == gpus or len(results.gpus) == gpus
    assert results.pairs == results.models == ()


def test_a_small_slip_finds_the_model(small: Snapshot) -> None:
    assert [model.slug for model in search(small, "mixtrue 30b").models] == ["mixture-30b"]


@pytest.mark.parametrize("query", ["", "   ", "-", "...", "zzzzz", "日本語", "\x00", "on with"])
def test_nothing_is_found_for_nothing(small: Snapshot, query: str) -> None:
    results = search(small, query)
    assert (results.pairs, results.models, results.gpus) == ((), (), ())


def test_what_is_not_published_is_not_found() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug != "h80"])
    assert search(snapshot, "h80").gpus == ()
    assert [gpu.slug for gpu in search(snapshot_of(), "h80").gpus] == ["h80"]


def test_no_more_are_shown_than_asked_for(small: Snapshot) -> None:
    assert len(search(small, "nvidia", limit=2).gpus) == 2


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "'\"&", "a" * 5000, "%00"])
def test_odd_queries_are_answered_and_escaped(client: Client, db: None, query: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b'name="robots" content="noindex"' in answer.content
