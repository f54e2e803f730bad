"""What a model takes at each of its levels."""

import pytest

from catalog.snapshot import Snapshot
from fit.needs import account
from fitpages.matching import fits
from tests.fitpages.levels import with_native, with_others


def test_needs_are_of_every_quantization_the_best_quality_first(small: Snapshot) -> None:
    needed = fits.needs_of(small, small.models["small-8b"])
    assert [need.quant.slug for need in needed] == [quant.slug for quant in small.quants]
    assert [need.rule_bytes for need in needed] == sorted((need.rule_bytes for need in needed), reverse=True)


def test_a_level_that_nobody_makes_files_at_stands_for_the_rule_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    native, *others = fits.needs_of(snapshot, snapshot.models["native-30b"])
    assert (native.is_made, native.rule_bytes) == (True, None)
    assert native.exact_bytes
    assert {(need.is_made, need.exact_bytes) for need in others} == {(False, None)}


def test_other_levels_are_counted_as_far_as_they_can_be() -> None:
    snapshot = with_others()
    model = snapshot.models["large-70b"]
    counted = fits.bytes_of_others(snapshot, model)
    assert {quant.slug for quant in counted} == {"iq4-xs", "q2-k"}
    for quant, size in counted.items():
        accounting = account(model.spec, quant)
        assert accounting
        assert size == accounting.reference_bytes


def test_the_default_is_the_need_of_that_level(small: Snapshot) -> None:
    for model in small.models.values():
        default = fits.default_need(small, model)
        same = next(need for need in fits.needs_of(small, model) if need.quant is default.quant)
        assert (default.rule_bytes, default.exact_bytes) == (same.rule_bytes, same.exact_bytes)
