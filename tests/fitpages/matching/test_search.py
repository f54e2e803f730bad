"""Search understands a model, a GPU, or both, however they are written."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.matching.search import search
from tests.published import published_gpu, published_model
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
    assert not results.pairs
    assert not results.models


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


@pytest.mark.parametrize("query", ["8b nvidia 24", "can i run small 8b on a 24gb card?", "small 8b 24 gb vram"])
def test_words_around_names_are_passed_over(small: Snapshot, query: str) -> None:
    assert search(small, query).pairs[0].address == "/run/small-8b-on-rtx-24/"


def test_what_no_name_has_is_left_out_and_told(small: Snapshot) -> None:
    results = search(small, "small 8b xyzzyx rtx 24")
    assert results.pairs[0].address == "/run/small-8b-on-rtx-24/"
    assert results.unknown == ("xyzzyx",)


def _models(*names: str, **of_last: Any) -> list[PublishedModel]:
    made = [published_model(name, 8_000_000_000, None, common=False) for name in names]
    return [*made[:-1], published_model(names[-1], 8_000_000_000, None, **{"common": False, **of_last})]


def _gpus(*names: str, **of_last: Any) -> list[PublishedGpu]:
    made = [published_gpu(name, 16, 500, common=False) for name in names]
    return [*made[:-1], published_gpu(names[-1], 16, 500, **{"common": False, **of_last})]


def test_a_model_that_is_called_just_that_comes_first_then_the_common_then_the_newest() -> None:
    exact = snapshot_of(models=_models("Test 3 8B", "Test 8B", "Test 4 8B", common=True))
    assert [model.slug for model in search(exact, "test 8b").models] == ["test-8b", "test-4-8b", "test-3-8b"]
    dated = snapshot_of(models=_models("Test 3 8B", "Test 4 8B", release_date=datetime.date(2026, 1, 1)))
    assert [model.slug for model in search(dated, "test").models] == ["test-4-8b", "test-3-8b"]


def test_neighbours_are_one_word_where_a_name_writes_them_so() -> None:
    snapshot = snapshot_of(models=_models("Qwen1.5 32B", "Qwen3 32B"))
    assert search(snapshot, "qwen 3 32b").models[0].slug == "qwen3-32b"


def test_of_machines_comes_first_what_has_least_besides_then_the_example_the_common_and_the_newest() -> None:
    named = snapshot_of(gpus=_gpus("RTX 3060 Ti", "RTX 3060 12GB"))
    assert search(named, "3060").gpus[0].slug == "rtx-3060-12gb"
    of_class = snapshot_of(gpus=_gpus("RTX 1", "RTX 2", "RX 3", class_example=True))
    assert search(of_class, "16gb").gpus[0].slug == "rx-3"
    common = snapshot_of(gpus=_gpus("RTX 1", "RTX 2", common=True))
    assert search(common, "16gb").gpus[0].slug == "rtx-2"
    dated = snapshot_of(gpus=_gpus("RTX 1", "RTX 2", release_date=datetime.date(2026, 1, 1)))
    assert search(dated, "16gb").gpus[0].slug == "rtx-2"


def test_a_nickname_counts_together_with_the_name_and_not_for_another() -> None:
    macs = [
        published_gpu("Apple M4 16GB", 16, 120, also_called="MacBook Pro 14, Mac mini"),
        published_gpu("Apple M4 Pro 24GB", 24, 273, also_called="MacBook Pro 14", class_example=True),
    ]
    snapshot = snapshot_of(gpus=macs)
    firsts = {query: search(snapshot, query).gpus[0].name for query in ("macbook pro 14 m4", "macbook m4", "m4 pro")}
    assert firsts == {
        "macbook pro 14 m4": "Apple M4 16GB",
        "macbook m4": "Apple M4 16GB",
        "m4 pro": "Apple M4 Pro 24GB",
    }
    assert [gpu.name for gpu in search(snapshot, "mac mini").gpus] == ["Apple M4 16GB"]


def test_ram_is_what_it_runs_in_only_where_no_machine_is_named() -> None:
    cpu = {"speed_class": "cpu", "vendor": "Other", "segment": "apple", "unified_memory": True}
    gpus = [published_gpu("RTX 24", 24, 1000), published_gpu("Processor A", 64, 80, **cpu)]
    snapshot = snapshot_of(gpus=gpus)
    assert search(snapshot, "64gb ram").gpus[0].name == "Processor A"
    beside = search(snapshot, "rtx 24 64gb ram")
    assert (beside.gpus[0].name, beside.asked.ram) == ("RTX 24", 64)


def test_a_price_leaves_out_what_costs_more_and_what_nobody_has_a_price_of() -> None:
    snapshot = snapshot_of(gpus=[*_gpus("RTX 1", "RTX 2", launch_price_usd=Decimal(2000)), *_gpus("RX 3")])
    assert [gpu.slug for gpu in search(snapshot, "16gb").gpus] == ["rtx-1", "rtx-2", "rx-3"]
    assert [gpu.slug for gpu in search(snapshot, "16gb under $1000").gpus] == ["rtx-1", "rx-3"]
    assert search(snapshot, "rtx 2 under $1000").unknown == search(snapshot, "rtx 2").unknown == ()
    assert [gpu.slug for gpu in search(snapshot, "rtx 1 vs rtx 2 under $1000").gpus] == ["rtx-1"]
    unknown = snapshot_of(gpus=_gpus("RTX 1", launch_price_usd=None))
    assert search(unknown, "16gb under $1000").gpus == ()


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("rtx 24 or mac 64 for small 8b", ["small-8b-on-rtx-24", "small-8b-on-mac-64"]),
        ("small 8b: rtx 24 vs mac 64", ["small-8b-on-rtx-24", "small-8b-on-mac-64"]),
        ("small 8b or mixture 30b on rtx 24", ["small-8b-on-rtx-24", "mixture-30b-on-rtx-24"]),
        ("small 8b on rtx 24 or mixture 30b on mac 64", ["small-8b-on-rtx-24", "mixture-30b-on-mac-64"]),
        ("small 8b on rtx 24 or xyzzyx", ["small-8b-on-rtx-24"]),
        ("rtx 24 or mac 64", []),
    ],
)
def test_what_is_asked_side_by_side_is_answered_so(small: Snapshot, query: str, pairs: list[str]) -> None:
    assert [pair.address for pair in search(small, query).pairs][: len(pairs) or 1] == [f"/run/{it}/" for it in pairs]


def test_no_more_are_shown_than_asked_for(small: Snapshot) -> None:
    assert len(search(small, "nvidia", limit=2).gpus) == 2


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "'\"&", "a" * 5000, "%00"])
def test_odd_queries_are_answered_and_escaped(client: Client, db: None, query: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b'name="robots" content="noindex"' in answer.content
