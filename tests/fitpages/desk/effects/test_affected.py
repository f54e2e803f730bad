"""Which pairs may change: all whose answer does, and no row or column of which nothing does."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fitpages.desk.effects.affected import Affected, Both, Line, Sides, affected, newest_first
from fitpages.desk.effects.compared import Effects, compare
from tests.fitpages.desk.effects.changed import CHANGES, rare, with_gpu, with_gpus, with_model, with_quant, without
from tests.small_catalog import small_catalog, snapshot_of


def names(pairs: Affected) -> set[tuple[str, str]]:
    return {(pair.model.record.slug, pair.gpu.record.slug) for pair in pairs.pairs()}


def everything(before: Snapshot, after: Snapshot) -> Affected:
    """Every pair, whatever changes."""
    some = affected(before, after)
    return Affected(
        tuple(Line(line.sides, True, line.is_common) for line in some.models),
        tuple(Line(line.sides, True, line.is_common) for line in some.gpus),
    )


def numbers(effects: Effects) -> dict[str, int]:
    fields = ("changed", "flipped", "appear", "vanish", "newly_indexed", "no_longer_indexed")
    return {name: getattr(effects, name) for name in fields}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_changes_of_a_pair_that_is_not_among_them(change: Callable[[], Snapshot]) -> None:
    before, after = small_catalog(), change()
    some, every = affected(before, after), everything(before, after)
    assert numbers(compare(before, after, some.pairs())) == numbers(compare(before, after, every.pairs()))
    assert some.count == len(list(some.pairs())) == len(names(some))


def test_a_card_is_its_column_and_a_model_its_row(small: Snapshot) -> None:
    column = affected(small, with_gpu("rtx-8", bandwidth_gb_s=Decimal(300)))
    assert names(column) == {(model, "rtx-8") for model in small.models}
    row = affected(small, with_model("small-8b", parameters=9 * 10**9))
    assert names(row) == {("small-8b", gpu) for gpu in small.gpus}


def test_a_class_is_the_columns_of_its_cards(small: Snapshot) -> None:
    after = with_gpus({slug: {"speed_class": "amd-cdna"} for slug in ("rtx-24", "rtx-8")})
    assert names(affected(small, after)) == {(model, gpu) for model in small.models for gpu in ("rtx-24", "rtx-8")}


@pytest.mark.parametrize(
    "after", [with_gpu("rtx-24", notes="New.", name="Other"), with_quant("q6-k", quality="Good.", perplexity=None)]
)
def test_what_no_answer_follows_from_is_of_no_pair(small: Snapshot, after: Snapshot) -> None:
    assert affected(small, after).count == 0


@pytest.mark.parametrize("after", [without("q4-k-m"), with_quant("q5-k-m", name="Q5_K"), with_quant("q6-k", mix="")])
def test_a_quantization_is_of_all_pairs(small: Snapshot, after: Snapshot) -> None:
    assert affected(small, after).count == len(small.models) * len(small.gpus)


def test_a_twin_that_a_measurement_stands_for_is_touched_too(small: Snapshot) -> None:
    """A card that is no twin any more takes its measurements with it."""
    twin = replace(small.gpus["rtx-8"], slug="twin", name="Twin", spec=replace(small.gpus["rtx-8"].spec, slug="twin"))
    before = snapshot_of(gpus=[*small.gpus.values(), twin])
    other = replace(twin, spec=replace(twin.spec, bandwidth_gb_s=Decimal(999)))
    after = snapshot_of(gpus=[*small.gpus.values(), other])
    assert {gpu for _, gpu in names(affected(before, after))} == {"rtx-8", "twin"}


def test_a_new_address_is_the_same_record(small: Snapshot) -> None:
    card = small.gpus["rtx-8"]
    moved = replace(card, slug="moved", spec=replace(card.spec, slug="moved"))
    gpus = [moved if gpu is card else gpu for gpu in small.gpus.values()]
    after = snapshot_of(gpus=gpus, former_gpu_slugs=MappingProxyType({"rtx-8": "moved"}))
    columns = {pair.gpu for pair in affected(small, after).pairs()}
    assert columns == {Sides(card, moved)}


def test_common_pairs_come_first_and_once(small: Snapshot) -> None:
    pairs = affected(small, rare(without("q4-k-m"), "closed-100b"))
    common = list(pairs.common())
    assert list(pairs.pairs())[: len(common)] == common
    assert {pair.gpu.record.slug for pair in common} == {gpu.slug for gpu in small.common_gpus}
    assert {pair.model.record.slug for pair in common} == {"small-8b", "mixture-30b", "large-70b"}


def test_a_pair_knows_whether_its_record_stays(small: Snapshot) -> None:
    card = small.gpus["rtx-8"]
    assert Sides(card, card).is_same
    assert not Sides(card, None).is_same
    assert Sides(card, None).record is card
    assert Both(Sides(small.models["small-8b"], None), Sides(card, None)).gpu.record is card


def test_the_newest_come_first_and_those_without_a_date_last(small: Snapshot) -> None:
    ordered = sorted(small.models.values(), key=newest_first)
    assert [model.slug for model in ordered] == ["mixture-30b", "large-70b", "small-8b", "closed-100b"]
