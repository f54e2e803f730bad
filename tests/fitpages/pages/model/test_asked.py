"""What is asked of a model's page: contexts that it takes, speeds, and nothing that there is not."""

from catalog.snapshot import Snapshot
from fitpages.matching.ladder import Wanted
from fitpages.pages.model.asked import Asked, asked
from tests.published import dense, published_model
from tests.small_catalog import snapshot_of


def ask(snapshot: Snapshot, model: str = "small-8b", **query: str) -> Asked:
    return asked(snapshot, snapshot.models[model], query)


def test_where_nothing_is_asked_it_is_16k_at_ten_tokens_a_second(small: Snapshot) -> None:
    assert ask(small).wanted == Wanted(16384, 10)
    assert ask(small, context="131072", speed="0").wanted == Wanted(131072, 0)


def test_what_there_is_not_falls_back_and_is_said(small: Snapshot) -> None:
    odd = ask(small, context="7", speed="fast", kind="boat", fast="-1")
    assert odd.wanted == Wanted(16384, 10)
    assert all(choices.error for choices in (odd.context, odd.speed, odd.kind, odd.fast))


def test_a_model_without_16k_is_asked_at_its_longest_and_one_without_tensors_at_none(small: Snapshot) -> None:
    layers = dense(layers=8, width=2048, heads=16, feed_forward=4096)
    short = published_model("Short 1B", 10**9, layers, native_context=4096)
    assert ask(snapshot_of(models=[short]), "short-1b").wanted.context == 4096
    assert ask(small, "closed-100b", context="16384").wanted == Wanted(0, 10)


def test_links_keep_what_the_page_knows_and_nothing_else(small: Snapshot) -> None:
    links = ask(small, context="8192", colour="red", kind="mac").speed.links
    assert links[-1].address == "/models/small-8b/?context=8192&kind=mac&speed=60"
    assert ask(small, colour="red").unknown == "This page has no filter “colour”."
    assert ask(small, context="8192").unknown == ""
