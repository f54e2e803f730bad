"""A model's page says what each level takes, counted, and the smallest common card for it."""

import pytest

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages.pages.model.needs import LevelNeed, level_needs
from fitpages.site import Link
from tests.fitpages.levels import with_native
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def by_name(snapshot: Snapshot, model: str) -> dict[str, LevelNeed]:
    return {need.name: need for need in level_needs(snapshot, snapshot.models[model])}


def test_each_level_has_what_it_takes_and_its_card(small: Snapshot) -> None:
    needs = by_name(small, "large-70b")
    assert {name: (need.counted, need.by_rule) for name, need in needs.items()} == {
        "FP16 (full)": ("132", "169.3"),
        "Q8_0": ("71.5", "89.7"),
        "Q6_K": ("55.8", "69.4"),
        "Q5_K_M": ("48.6", "58.4"),
        "Q4_K_M": ("41.7", "47.4"),
        "Q3_K_M": ("34.1", "36.4"),
    }
    assert needs["FP16 (full)"].card is None
    assert needs["FP16 (full)"].no_card == "none"
    assert needs["Q4_K_M"].card == Link("H80", "/run/large-70b-on-h80/")


def card_of(*cards: PublishedGpu) -> str:
    need = by_name(snapshot_of(gpus=[*five_gpus(), *cards]), "large-70b")["Q3_K_M"]
    assert need.card
    return need.card.text


def test_the_card_is_one_with_memory_of_its_own_that_leaves_what_advice_keeps() -> None:
    fitting, tight = (
        published_gpu(f"RTX {mib}", memory_gb=40, bandwidth_gb_s=700, reported_mib=mib) for mib in (36000, 35000)
    )
    assert card_of() == "H80"
    assert card_of(fitting) == "RTX 36000"
    assert card_of(tight) == "H80"


def test_without_tensors_the_rule_says_which_card(small: Snapshot) -> None:
    need = by_name(small, "closed-100b")["Q4_K_M"]
    assert (need.counted, need.by_rule, need.card) == ("", "67.2", Link("H80", "/run/closed-100b-on-h80/"))


def test_of_a_model_made_in_four_bits_other_levels_have_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = level_needs(snapshot := with_native(monkeypatch), snapshot.models["native-30b"])
    assert (first.name, first.counted, first.by_rule) == ("MXFP4", "15.9", "")
    assert first.card == Link("RTX 24", "/run/native-30b-on-rtx-24/")
    assert {(need.counted, need.card, need.no_card) for need in others} == {("", None, "")}
    assert "" not in {need.by_rule for need in others}
