"""The parts of a page of results: what was asked first, then what follows from it."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.search import search
from fitpages.pages.browse.search_blocks import FOR, Block, of_results
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def blocks(snapshot: Snapshot, query: str) -> list[Block]:
    return list(of_results(snapshot, search(snapshot, query)))


def keys(snapshot: Snapshot, query: str) -> list[str]:
    return [block.key for block in blocks(snapshot, query)]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("small 8b rtx 24", ["pairs", "models", "machines"]),
        ("mixture", ["models", "model-on"]),
        ("mac", ["machines", "runs"]),
        ("chatting rtx 24", ["use", "machines"]),
        ("chatting", ["use"]),
        ("under $1000", ["machines"]),
        ("zzzz", []),
    ],
)
def test_the_parts_follow_from_what_was_asked(small: Snapshot, query: str, parts: list[str]) -> None:
    assert keys(small, query) == parts


def test_a_model_is_a_link_with_its_size_and_the_card_to_want(small: Snapshot) -> None:
    models, on_machines = blocks(small, "mixture")
    assert models.links[0] == ("Mixture 30B", "/models/mixture-30b/", "30.5B, for RTX 24")
    assert {line.model.slug for line in on_machines.lines} == {"mixture-30b"}
    assert [line.gpu.slug for line in on_machines.lines] == ["rtx-8", "rtx-24", "mac-64", "h80"]


def test_a_machine_is_a_link_with_its_memory_and_its_price_where_known(small: Snapshot) -> None:
    card, laptop = blocks(small, "rtx 24")[0].links[0], blocks(small, "laptop")[0].links[0]
    assert card.note.startswith("24 GiB, $1,599 at launch, May 2023")
    assert laptop == ("RX 16 Laptop", "/gpus/rx-16-laptop/", "16 GiB")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("rtx 24 64gb ram", "/gpus/rtx-24/?ram=64"),
        ("rtx 24 7gb ram", "/gpus/rtx-24/"),
        ("mac 64 64gb ram", "/gpus/mac-64/"),
        ("rtx 24", "/gpus/rtx-24/"),
    ],
)
def test_ram_beside_a_card_is_chosen_on_its_page(small: Snapshot, query: str, address: str) -> None:
    assert blocks(small, query)[0].links[0].address == address


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("small 8b at 32k", "/models/small-8b/?context=32768"),
        ("small 8b 30k prompt", "/models/small-8b/?context=32768"),
        ("small 8b 16k", "/models/small-8b/"),
        ("small 8b 999k context", "/models/small-8b/"),
        ("small 8b under $1000", "/models/small-8b/"),
        ("small 8b at 32k under $1000", "/models/small-8b/?context=32768"),
        ("closed 100b at 32k", "/models/closed-100b/"),
    ],
)
def test_a_context_is_chosen_on_the_page_of_the_model(small: Snapshot, query: str, address: str) -> None:
    assert blocks(small, query)[0].links[0].address == address


def test_a_use_leads_to_the_list_of_its_models_or_to_the_machine_that_was_named(small: Snapshot) -> None:
    (use,) = blocks(small, "chatting")
    assert (use.heading, use.address) == ("For chat", "/models/?use=chat")
    assert {link.text for link in use.links} == {model.name for model in small.models.values()}
    on_card = blocks(small, "chatting rtx 24")[0]
    assert (on_card.heading, on_card.address) == ("For chat on RTX 24", "/gpus/rtx-24/")
    assert {line.gpu.slug for line in on_card.lines} == {"rtx-24"}


def test_what_nobody_makes_is_said(small: Snapshot) -> None:
    assert blocks(small, "medical")[0].note == "The catalog has no model for medicine."
    nothing = blocks(small, "medical rtx 24")[0]
    assert (nothing.lines, nothing.note) == ((), "Nothing in common use for medicine runs on it.")
    assert set(FOR.values()) >= {"code", "pictures", "long documents"}


def test_machines_under_a_price_are_common_ones_with_the_most_memory_first() -> None:
    gpus = [
        published_gpu("RTX 8", 8, 256, launch_price_usd=Decimal(300)),
        published_gpu("RTX 16", 16, 256, launch_price_usd=Decimal(900)),
        published_gpu("RTX 24", 24, 256, launch_price_usd=Decimal(1600)),
        published_gpu("RTX 32", 32, 256, launch_price_usd=Decimal(900), common=False),
        published_gpu("RTX 48", 48, 256, launch_price_usd=None),
    ]
    (machines,) = blocks(snapshot_of(gpus=gpus), "under $1000")
    assert (machines.heading, machines.address) == ("Machines under $1,000", "/gpus/?price=1000")
    assert [link.text for link in machines.links] == ["RTX 16", "RTX 8"]
    (none,) = blocks(snapshot_of(gpus=gpus), "under $10")
    assert (none.links, none.note) == ((), "None has such a price.")
