"""Measurements beside their estimates: what can be checked, compared once a snapshot."""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit.calibration.agreement import Prediction
from fitpages.matching import comparison
from fitpages.matching.comparison import Comparison, slowest_laptop, speed_comparison
from tests.small_catalog import snapshot_of, some_benchmarks


def test_the_comparison_is_made_once_a_snapshot(small: Snapshot) -> None:
    assert speed_comparison(small) is speed_comparison(small)
    other = replace(small, benchmarks=small.benchmarks[:1])
    assert len(speed_comparison(other).predictions) == 1


def test_what_no_page_prints_is_not_compared(small: Snapshot) -> None:
    [first, *others] = small.benchmarks
    hidden = replace(first, hidden_because="The source is a log without an address.")
    slugs = [row.observation.slug for row in speed_comparison(small).predictions]
    without = speed_comparison(replace(small, benchmarks=(hidden, *others))).predictions
    assert [row.observation.slug for row in without] == [slug for slug in slugs if slug != first.slug]
    assert len(without) == len(slugs) - 1


def test_every_measurement_is_in_the_class_of_its_card_those_that_calibrate_first(small: Snapshot) -> None:
    compared = speed_comparison(small)
    assert list(compared.classes) == ["nvidia-gddr", "nvidia-hbm"]
    assert sorted(row.observation.slug for rows in compared.classes.values() for row in rows) == sorted(
        row.observation.slug for row in compared.predictions
    )
    for name, rows in compared.classes.items():
        used = [row.observation.calibrates for row in rows]
        assert used == sorted(used, reverse=True)
        assert sum(used) == compared.lines[f"class {name}"].rows


def test_the_slowest_laptop_is_the_one_furthest_below_what_was_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = [replace(row, slug=f"laptop-{row.slug}", gpu="rx-16-laptop") for row in some_benchmarks()]
    measured = snapshot_of(benchmarks=[*some_benchmarks(), *laptop])
    assert slowest_laptop(measured) is None, "None of them was held out."
    held_out = tuple(replace(row, held_out=True) for row in speed_comparison(measured).predictions)
    monkeypatch.setattr(comparison, "speed_comparison", lambda _: Comparison(held_out, {}))
    slowest = slowest_laptop(snapshot_of(benchmarks=measured.benchmarks))
    laptops = [row for row in held_out if row.observation.card == "rx-16-laptop"]
    assert isinstance(slowest, Prediction)
    assert slowest.error == max(row.error for row in laptops) > min(row.error for row in laptops)
