"""What fits what: which quantization on a card, which card for a model, which models on a card."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching import fits
from fitpages.matching.pairs import Pair
from tests.fitpages.levels import with_between
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


@pytest.mark.parametrize(
    ("model", "gpu", "quant"),
    [
        ("small-8b", "rtx-24", "Q6_K"),
        ("small-8b", "rtx-8", "Q5_K_M"),
        ("large-70b", "rtx-24", None),
        ("large-70b", "h80", "Q6_K"),
        ("mixture-30b", "rx-16-laptop", "Q3_K_M"),
        ("closed-100b", "h80", "Q4_K_M"),
    ],
)
def test_the_best_quantization_is_the_best_worth_recommending_that_fits(
    small: Snapshot, model: str, gpu: str, quant: str | None
) -> None:
    best = fits.best_quant(small, small.models[model], small.gpus[gpu])
    assert (best.name if best else None) == quant


def test_needs_are_of_every_quantization_the_best_quality_first(small: Snapshot) -> None:
    needed = fits.needs_of(small, small.models["small-8b"])
    assert [need.quant.slug for need in needed] == [quant.slug for quant in small.quants]
    assert [need.rule_bytes for need in needed] == sorted((need.rule_bytes for need in needed), reverse=True)


@pytest.mark.parametrize(
    ("model", "wanted", "advised"),
    [
        ("small-8b", "rtx-8", "rtx-8"),
        ("mixture-30b", "rtx-24", "rtx-24"),
        ("closed-100b", "h80", "h80"),
        ("large-70b", "h80", "mac-64"),
    ],
)
def test_the_card_to_want_is_the_smallest_that_holds_it_by_the_rule_and_the_advised_one_whatever_the_rule_says(
    small: Snapshot, model: str, wanted: str, advised: str
) -> None:
    by_rule, exactly = (choose(small, small.models[model]) for choose in (fits.wanted_card, fits.smallest_advised_card))
    assert by_rule is small.gpus[wanted]
    assert exactly is small.gpus[advised]


def test_a_card_that_is_not_common_is_never_the_card_to_want(small: Snapshot) -> None:
    rare = [published_gpu("RTX 9", memory_gb=9, bandwidth_gb_s=256, common=False), *five_gpus()[:1]]
    snapshot = snapshot_of(gpus=rare)
    assert fits.wanted_card(snapshot, snapshot.models["small-8b"]) is snapshot.gpus["rtx-24"]
    assert fits.wanted_card(snapshot, snapshot.models["large-70b"]) is None


def test_models_that_run_come_the_largest_first(small: Snapshot) -> None:
    names = [model.name for model in fits.running_models(small, small.gpus["h80"])]
    assert names == ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]
    assert fits.largest_running_model(small, small.gpus["rtx-8"]) is small.models["small-8b"]


def test_models_that_fit_by_both_come_the_largest_first(small: Snapshot) -> None:
    names = [model.name for model in fits.fitting_models(small, small.gpus["h80"])]
    assert names == ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]


def test_what_fits_by_the_rule_alone_runs_no_less_than_what_fits_by_both(small: Snapshot) -> None:
    mac = small.gpus["mac-64"]
    assert next(fits.fitting_models(small, mac), None) is small.models["mixture-30b"]
    assert fits.largest_running_model(small, mac) is small.models["large-70b"]


def test_nothing_runs_where_nothing_fits(small: Snapshot) -> None:
    tiny = published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100)
    assert next(fits.fitting_models(small, tiny), None) is None
    assert fits.largest_running_model(small, tiny) is None
    assert not fits.fits_default(small, small.models["small-8b"], tiny)


def test_where_the_default_does_not_fit_the_best_folded_level_worth_recommending_does_and_is_shown() -> None:
    snapshot = with_between()
    model, gpu = snapshot.models["large-70b"], snapshot.gpus["rtx-44"]
    shown = fits.assessment(snapshot, Pair(model, gpu))
    assert [fit.quant.slug for fit in shown.quants][-3:] == ["q4-k-m", "iq4-xs", "q3-k-m"]
    assert [fit.advised for fit in shown.quants][-3:] == [False, True, True]
    assert shown.recommended is shown.best is shown.quant("iq4-xs")
    assert shown.quant("iq4-xs").need_bytes is None
    assert fits.best_quant(snapshot, model, gpu) is snapshot.quant_of["iq4-xs"]
    assert fits.need_at(snapshot, model, snapshot.quant_of["iq4-xs"]).accounting is shown.best.exact.accounting  # type: ignore[union-attr]


@pytest.mark.parametrize("gpu", ["h80", "mac-64", "rtx-24"])
def test_where_the_default_fits_or_nothing_does_no_folded_level_is_shown(gpu: str) -> None:
    snapshot = with_between()
    pair = Pair(snapshot.models["large-70b"], snapshot.gpus[gpu])
    assert [fit.quant.slug for fit in fits.assessment(snapshot, pair).quants] == [q.slug for q in snapshot.quants]


def test_folded_levels_are_not_counted_where_the_default_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_between()
    monkeypatch.delattr(fits, "_wider_ladder")
    assert fits.best_quant(snapshot, snapshot.models["large-70b"], snapshot.gpus["h80"]) is snapshot.quant_of["q6-k"]


def test_the_best_that_fits_below_is_of_all_levels_there_are() -> None:
    snapshot = with_between()
    below = fits.assessment(snapshot, Pair(snapshot.models["large-70b"], snapshot.gpus["rtx-30"]))
    assert below.best is None
    assert [(fit.quant.slug, fit.advised) for fit in below.lower] == [("iq3-xxs", True), ("q2-k", True)]
    assert below.best_lower is below.lower[0]
