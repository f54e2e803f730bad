"""What is compared with a machine is of its kind and near in price, with a model of its use and as strong."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel
from fitpages.matching import likeness
from fitpages.matching.likeness import current_models, heir, like_machines, like_models, other_machines
from tests.published import published_gpu, published_model
from tests.small_catalog import snapshot_of


def card(name: str, memory_gb: int, price: int | None, **overrides: Any) -> PublishedGpu:
    launched = None if price is None else Decimal(price)
    return published_gpu(name, memory_gb, overrides.pop("bandwidth", 500), launch_price_usd=launched, **overrides)


def machines(*gpus: PublishedGpu) -> tuple[list[str], list[str]]:
    """The names of those like the first, and of the others."""
    snapshot = snapshot_of(gpus=gpus)
    return [gpu.name for gpu in like_machines(snapshot, gpus[0])], [
        gpu.name for gpu in other_machines(snapshot, gpus[0])
    ]


def test_of_the_kind_the_nearest_in_price_comes_first() -> None:
    like, _ = machines(card("Own", 24, 1000), card("Dear", 24, 4000), card("Near", 24, 1100), card("Cheap", 24, 600))
    assert like == ["Near", "Cheap", "Dear"]


def test_memory_counts_as_price_does_and_bandwidth_half() -> None:
    like, _ = machines(
        card("Own", 24, 1000),
        card("Half the memory", 12, 1000),
        card("Half the bandwidth", 24, 1000, bandwidth=250),
        card("Twice the price", 24, 1900),
    )
    assert like == ["Half the bandwidth", "Twice the price", "Half the memory"]


def test_a_price_that_is_not_known_is_a_doubling_away() -> None:
    like, _ = machines(card("Own", 24, 1000), card("Unknown", 24, None), card("More", 24, 2100), card("Less", 24, 510))
    assert like == ["Less", "Unknown", "More"]


def test_machines_of_other_kinds_are_apart_and_those_that_nobody_has_nowhere() -> None:
    like, others = machines(
        card("Own", 24, 1000),
        card("Card", 24, 1000),
        card("Rare", 24, 1000, common=False),
        card("Server", 24, 3000, segment="datacenter"),
        card("Mac", 24, 1000, segment="apple", unified_memory=True),
    )
    assert (like, others) == (["Card"], ["Mac", "Server"])


def model(name: str, billions: float = 8, **overrides: Any) -> PublishedModel:
    return published_model(name, int(billions * 10**9), None, **overrides)


@pytest.fixture
def strengths(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What a test says of the strength of models, by their names."""
    values: dict[str, float] = {}

    monkeypatch.setattr(likeness, "worth", lambda _, of: values.get(of.name, 0))
    return values


def like(models: Iterable[PublishedModel]) -> list[str]:
    """The names of those like the first."""
    of = list(models)
    return [other.name for other in like_models(snapshot_of(models=of), of[0])]


def test_models_of_a_use_come_before_those_of_none_in_common(strengths: dict[str, float]) -> None:
    coder = model("Own Coder", uses=("code",))
    assert like([coder, model("Talker"), model("Coder", 30, uses=("code", "vision"))]) == ["Coder", "Talker"]


def test_a_stronger_model_is_nearer_than_one_as_much_weaker(strengths: dict[str, float]) -> None:
    strengths.update({"Own": 1200, "Strong": 1260, "Weak": 1140, "Equal": 1201})
    assert like([model("Own"), model("Strong"), model("Weak"), model("Equal")]) == ["Equal", "Strong", "Weak"]


def test_a_strength_that_is_not_known_is_a_doubling_away(strengths: dict[str, float]) -> None:
    strengths.update({"Own": 1200, "Near": 1190, "Far": 1100})
    names = like([model("Own"), model("Unknown"), model("Far"), model("Near"), model("Large", 33)])
    assert names == ["Near", "Unknown", "Far", "Large"]


def test_a_model_that_another_common_one_replaced_is_not_current() -> None:
    old, new = model("Old", successor="new"), model("New", successor="newest")
    snapshot = snapshot_of(models=[old, new, model("Newest", common=False)])
    assert [of.name for of in current_models(snapshot)] == ["New"]


def test_the_last_of_those_that_replaced_it_comes_first_whatever_its_size(strengths: dict[str, float]) -> None:
    models = [
        model("Own", successor="newer"),
        model("Newer", successor="newest"),
        model("Newest", 900, uses=("vision",)),
        model("Like"),
    ]
    assert like(models) == ["Newest", "Like"]


def test_a_chain_of_successors_ends_where_it_leaves_the_common_ones_or_turns_back() -> None:
    chain = [model("A", successor="b"), model("B", successor="c"), model("C", common=False)]
    snapshot = snapshot_of(models=chain)
    assert [heir(snapshot, of) for of in chain] == [chain[1], None, None]
    ring = [model("A", successor="b"), model("B", successor="a")]
    assert heir(snapshot_of(models=ring), ring[0]) is ring[1]
    assert heir(snapshot_of(models=[model("A", successor="gone")]), model("A", successor="gone")) is None


def test_what_nobody_takes_is_never_like_another() -> None:
    assert like([model("Own", common=False), model("Rare", common=False), model("Used")]) == ["Used"]
