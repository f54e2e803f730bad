"""Search understands a model, a GPU, or both, however they are written."""

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.search import LONGEST_QUERY, name_words, query_words, search


@pytest.mark.parametrize(
    ("query", "pair"),
    [
        ("qwen 72b l4", "/run/qwen2-5-72b-on-l4/"),
        ("QWEN 72B L4", "/run/qwen2-5-72b-on-l4/"),
        ("  Qwen2.5-72B   on   NVIDIA-L4 ", "/run/qwen2-5-72b-on-l4/"),
        ("l4 qwen 72b", "/run/qwen2-5-72b-on-l4/"),
        ("qwem 72b l4", "/run/qwen2-5-72b-on-l4/"),
        ("qwn 72b l4", "/run/qwen2-5-72b-on-l4/"),
        ("gtp-oss 20b 5090", "/run/gpt-oss-20b-on-rtx-5090/"),
        ("rtx4090 llama 3.1 8b", "/run/llama-3-1-8b-on-rtx-4090/"),
        ("llama-3.3-70b rtx-3090", "/run/llama-3-3-70b-on-rtx-3090/"),
        ("gemma3 27b 3090", "/run/gemma-3-27b-on-rtx-3090/"),
        ("mixtral 8x7b a100 40gb", "/run/mixtral-8x7b-on-a100-40/"),
    ],
)
def test_both_names_lead_to_the_pair(snapshot: Snapshot, query: str, pair: str) -> None:
    assert search(snapshot, query).pairs[0].address == pair


@pytest.mark.parametrize(
    ("query", "gpus"),
    [("4090", ["rtx-4090", "rtx-4090-d", "rtx-4090-laptop"]), ("apple m2 ultra 192gb", ["m2-ultra-192"])],
)
def test_a_gpu_alone_finds_gpus_and_no_pair(snapshot: Snapshot, query: str, gpus: list[str]) -> None:
    results = search(snapshot, query)
    assert [gpu.slug for gpu in results.gpus] == gpus
    assert results.pairs == ()
    assert results.models == ()


def test_a_small_slip_finds_the_model(snapshot: Snapshot) -> None:
    assert [model.slug for model in search(snapshot, "gemna 2 9b").models] == ["gemma-2-9b"]


@pytest.mark.parametrize("query", ["", "   ", "-", "...", "zzzzz", "日本語", "\x00", "on with"])
def test_nothing_is_found_for_nothing(snapshot: Snapshot, query: str) -> None:
    results = search(snapshot, query)
    assert (results.pairs, results.models, results.gpus) == ((), (), ())


def test_what_is_not_published_is_not_found(snapshot: Snapshot) -> None:
    assert "h20" not in snapshot.gpus
    assert all(gpu.slug != "h20" for gpu in search(snapshot, "h20").gpus)


def test_words_are_taken_apart() -> None:
    assert query_words("Qwen2.5-72B on L4") == ("qwen2.5", "72b", "l4")
    assert {"rtx", "4090", "rtx4090"} <= name_words("RTX 4090")


def test_a_very_long_query_is_cut() -> None:
    assert sum(map(len, query_words("ab " * 5000))) <= LONGEST_QUERY


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "'\"&", "a" * 5000, "%00"])
def test_odd_queries_are_answered_and_escaped(client: Client, db: None, query: str) -> None:
    answer = client.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content
    assert b'name="robots" content="noindex"' in answer.content
