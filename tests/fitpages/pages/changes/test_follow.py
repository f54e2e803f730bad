"""How many pages a change is on follows from what the record is."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalog.recent_changes import Deed, FieldApart, PublicChange
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.changes.follow import NOT_ON_PAIRS, OF_LAPTOPS, OF_TWINS, pages
from fitpages.pages.pair.page import build
from fitpages.serving.responses import render
from tests.fitpages.changes import of_file, of_measurement, of_price, public_change
from tests.small_catalog import five_gpus, four_models, small_catalog, snapshot_of


def changed(*names: str, **overrides: Any) -> PublicChange:
    """A change of these fields."""
    return public_change(**{"fields": tuple(FieldApart(name, 1, 2) for name in names), **overrides})


@pytest.mark.parametrize(
    ("change", "followed"),
    [
        (public_change(), "its page"),
        (changed("bandwidth_gb_s"), "its page and 4 pairs"),
        (changed("notes", "bandwidth_gb_s"), "its page and 4 pairs"),
        (changed("full_name", "notes", "launch_price_usd"), "its page"),
        (changed("power_w", slug="rx-16-laptop"), "its page and 4 pairs"),
        (changed("launch_price_usd", slug="rx-16-laptop"), "its page"),
        (changed("notes", deed=Deed.BACK), "its page and 4 pairs"),
        (changed("notes", kind="languagemodel", slug="small-8b"), "its page"),
        (changed("licence", kind="languagemodel", slug="small-8b"), "its page and 5 pairs"),
        (changed("successor", kind="languagemodel", slug="small-8b"), "its page and 5 pairs"),
        (changed("quality_source", kind="quant", slug="q4-k-m"), "the guide to quantization"),
        (changed("order", kind="quant", slug="q4-k-m"), "all 20 pairs"),
        (of_file(), "the page of its model and 5 pairs"),
        (of_file(kind="repository"), "the page of its model and 5 pairs"),
        (of_file(model=""), "none that is there today"),
        (of_file(kind="popularity"), "the page of its model, and lists"),
        (of_file(kind="boardscore"), "the page of its model, and lists"),
        (of_file(kind="pick"), "the page of its model, and lists"),
        (of_file(kind="pick", model=""), "none that is there today"),
        (of_price(), "the page of its GPU, and lists"),
        (of_price(gpu="gone"), "none that is there today"),
        (of_measurement(), "the page of its pair and those about accuracy"),
        (of_measurement(gpu=""), "those about accuracy"),
    ],
)
def test_pages_are_counted_in_today_s_catalog(small: Snapshot, change: PublicChange, followed: str) -> None:
    assert pages(small, change) == followed


def test_of_a_single_pair_it_says_so() -> None:
    assert pages(snapshot_of(models=four_models()[:1]), changed("memory_gb")) == "its page and 1 pair"


def alike(number: int) -> Snapshot:
    """The small catalog with so many cards that have the figures of another."""
    card = five_gpus()[0]
    days = [datetime.date(2024, 1, day) for day in range(1, number + 1)]
    twins = [
        replace(card, slug=f"twin-{day.day}", name=f"Twin {day.day}", power_w=425, release_date=day) for day in days
    ]
    return snapshot_of(gpus=(*five_gpus(), *twins))


def test_cards_alike_stand_in_the_order_of_their_dates() -> None:
    before, asked = alike(2), changed("release_date", slug="twin-1")
    assert pages(before, asked) == "its page and 4 pairs"
    assert pages(small_catalog(), changed("release_date")) == "its page"
    later = replace(before.gpus["twin-1"], release_date=datetime.date(2030, 1, 1))
    assert html(before) != html(snapshot_of(gpus=tuple({**before.gpus, "twin-1": later}.values())))


FACTS: dict[str, Any] = {
    **{"full_name": "Another Name", "notes": "Two slots.", "commercial_use": "With conditions"},
    **{"class_example": True, "common_reason": "Few download it."},
    **{
        "memory_type": "GDDR9",
        "launch_price_usd": Decimal(7),
        "release_date": datetime.date(2020, 2, 2),
        "power_w": 77,
    },
}


@pytest.mark.parametrize("name", sorted({*NOT_ON_PAIRS["gpu"], *OF_LAPTOPS, *OF_TWINS}))
@pytest.mark.parametrize("twins", [0, 1])
def test_pages_of_pairs_show_what_is_said_to_be_on_them(name: str, twins: int) -> None:
    before = alike(twins)
    for slug, card in before.gpus.items():
        other = replace(card, **{name: FACTS[name]})
        after = snapshot_of(gpus=tuple(other if gpu.slug == slug else gpu for gpu in before.gpus.values()))
        is_shown = html(before, gpu=slug) != html(after, gpu=slug)
        is_counted = pages(before, changed(name, slug=slug)) != "its page"
        # The date of a twin decides only where there are others.
        assert is_counted == is_shown or (is_counted and twins and name in OF_TWINS), slug


@pytest.mark.parametrize("name", sorted(NOT_ON_PAIRS["languagemodel"]))
def test_pages_of_pairs_do_not_show_what_is_said_not_to_be_on_them(name: str) -> None:
    before = small_catalog()
    models = tuple(replace(model, **{name: FACTS[name]}) for model in before.models.values())
    assert html(before) == html(snapshot_of(models=models))


def test_the_pairs_of_a_model_name_what_replaced_it() -> None:
    before = small_catalog()
    models = {**before.models, "small-8b": replace(before.models["small-8b"], successor="large-70b")}
    assert html(before) != html(snapshot_of(models=tuple(models.values())))


def html(snapshot: Snapshot, gpu: str = "rtx-24") -> list[bytes]:
    """The pages of the pairs of a card."""
    return [render(build(snapshot, Pair(model, snapshot.gpus[gpu]))) for model in snapshot.models.values()]
