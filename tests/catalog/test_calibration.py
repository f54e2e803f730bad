"""Constants are found again from measurements made up of them, and held-out ones owe nothing to their card."""

import builtins
import dataclasses
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.management.solver import least_squares
from catalog.models import Benchmark
from fit.calibration.agreement import agreement, compare, table
from fit.calibration.decode import NOTHING, calibrate
from fit.calibration.ranges import spread, widened
from fit.observation import Observation
from fit.speed_constants import PATH, SpeedConstants, read, to_text
from tests.catalog.measured import GB, as_predicted, cards, observation, work
from tests.fit.constants import decode_class, speed_constants

TRUE = speed_constants(
    layer_ms=0.02,
    classes={"usual": decode_class(efficiency=0.7, overhead_ms=1.5), "slow": decode_class(efficiency=0.5)},
)


def made_up(count: int = 4) -> list[Observation]:
    """Two classes of cards, and a program that is a tenth slower on one of them."""
    rows = [*cards(TRUE, count), *cards(TRUE, count, speed_class="slow")]
    other = [
        as_predicted(
            TRUE,
            slug=f"{row.slug}-ollama",
            card=row.card,
            work=row.work,
            runtime="ollama",
            bandwidth_gb_s=row.bandwidth_gb_s,
        )
        for row in rows
        if row.speed_class == "usual"
    ]
    return [*rows, *other]


def uneven(rows: list[Observation]) -> list[Observation]:
    """The same, each card a little off in its own way."""
    names = sorted({row.card for row in rows})
    off = {name: 0.85 + 0.3 * index / len(names) for index, name in enumerate(names)}
    return [dataclasses.replace(row, tokens_s=row.tokens_s * off[row.card]) for row in rows]


@pytest.fixture(scope="module")
def fitted() -> SpeedConstants:
    return calibrate(made_up(), least_squares)


@pytest.mark.parametrize("name", ["usual", "slow"])
def test_efficiency_and_overhead_are_found_again(fitted: SpeedConstants, name: str) -> None:
    true, constants = TRUE.classes[name], fitted.classes[name]
    assert constants.efficiency == pytest.approx(true.efficiency, rel=0.03)
    of_32_layers = constants.overhead_ms + 32 * fitted.layer_ms
    assert of_32_layers == pytest.approx(true.overhead_ms + 32 * TRUE.layer_ms, rel=0.05)


def test_the_pace_of_another_program_is_found_again(fitted: SpeedConstants) -> None:
    assert fitted.runtimes == pytest.approx({"llama.cpp": 1, "ollama": 0.9}, rel=0.01)


def test_what_a_mixture_does_differently_is_found_again() -> None:
    rows = [
        as_predicted(
            TRUE,
            slug=f"mixture-{size}-{bandwidth}",
            card=f"usual-{size}",
            work=work(size * GB, mixture=True),
            bandwidth_gb_s=bandwidth,
        )
        for size in (1, 3, 8)
        for bandwidth in (200.0, 1000.0)
    ]
    constants = calibrate([*made_up(3), *rows], least_squares)
    assert constants.mixture_efficiency == pytest.approx(0.8, rel=0.05)
    assert constants.mixture_ms == pytest.approx(1, rel=0.15)


def test_old_builds_further_cards_and_ram_are_found_again() -> None:
    old = {"is_old_build": True}
    more = [
        *(as_predicted(TRUE, slug=f"old-{size}", work=work(size * GB), **old) for size in (2, 4, 8)),
        as_predicted(TRUE, slug="three", cards=3, split="layer", **old),
        as_predicted(TRUE, slug="in-ram", offload="-ngl 20 of 41", ram_bytes=2 * GB),
    ]
    constants = calibrate([*made_up(), *more], least_squares)
    assert constants.old_build_ms["CUDA"] == pytest.approx(1.5, abs=0.1)
    assert constants.card_ms == pytest.approx(0.4, abs=0.1)
    assert constants.ram_gb_s == pytest.approx(40, rel=0.05)


def test_a_measurement_quicker_than_without_ram_says_nothing_of_the_pace_of_ram() -> None:
    quick = observation(slug="quick", offload="-ngl 20 of 41", ram_bytes=2 * GB, tokens_s=1000.0)
    assert calibrate([*made_up(2), quick], least_squares).ram_gb_s == 32


def test_the_same_measurements_in_any_order_give_the_same_bytes(fitted: SpeedConstants) -> None:
    assert to_text(calibrate(list(reversed(made_up())), least_squares)) == to_text(fitted)


@pytest.mark.parametrize("change", [{"for_calibration": False}, {"is_old_build": True}, {"offload": "cpu only"}])
def test_what_is_not_for_calibration_changes_no_class(fitted: SpeedConstants, change: dict[str, Any]) -> None:
    odd = observation(slug="odd", tokens_s=3.0, backend="Metal", **change)
    constants = calibrate([*made_up(), odd], least_squares)
    assert constants.classes == fitted.classes
    assert set(constants.held_out) == {row.slug for row in made_up()}


def test_what_is_predicted_for_a_card_does_not_depend_on_its_measurements() -> None:
    """Near enough: a fit starts from constants that had seen the card, and ends within its tolerance of the same."""
    rows = uneven(made_up(3))
    changed = [dataclasses.replace(row, tokens_s=row.tokens_s * 1.5) if row.card == "usual-1" else row for row in rows]
    before, after = calibrate(rows, least_squares).held_out, calibrate(changed, least_squares).held_out
    slugs = [row.slug for row in rows]
    own = [slug for slug in slugs if slug.startswith("usual-1-")]
    assert len(own) == 8
    for slug in own:
        assert after[slug][0] == pytest.approx(before[slug][0], rel=1e-4)
    others = [slug for slug in slugs if slug.startswith("usual-2-")]
    assert all(after[slug][0] > 1.02 * before[slug][0] for slug in others)


def test_the_range_of_a_held_out_prediction_does_not_depend_on_its_card() -> None:
    """Its card is far off, and its own range is as narrow as the others' errors."""
    rows = made_up(4)
    far = [dataclasses.replace(row, tokens_s=row.tokens_s / 3) if row.card == "slow-3" else row for row in rows]
    predicted, low, high = calibrate(far, least_squares).held_out["slow-3-4"]
    assert high / low < 1.3
    assert predicted == pytest.approx(next(row.tokens_s for row in rows if row.slug == "slow-3-4"), rel=0.05)


def test_a_program_of_only_one_card_counts_as_llama_cpp_without_it() -> None:
    lone = as_predicted(TRUE, slug="lone", card="usual-0", bandwidth_gb_s=300.0, runtime="ollama")
    constants = calibrate([*cards(TRUE, 3), lone], least_squares)
    assert constants.held_out["lone"][0] == pytest.approx(lone.tokens_s / 0.9, rel=0.05)


def test_few_cards_have_a_wider_range_than_many() -> None:
    ranges = [widened(-0.2, 0.2, count) for count in (0, 1, 2, 3, 10, 50)]
    widths = [span.high / span.low for span in ranges]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[3] > widths[5]
    rows = uneven([*cards(TRUE, 6), *cards(TRUE, 1, speed_class="slow")])
    classes = calibrate(rows, least_squares).classes
    many, few = classes["usual"].dense, classes["slow"].dense
    assert (many.cards, few.cards) == (6, 1)
    assert few.low < many.low < 1 < many.high < few.high


def test_the_spread_leaves_out_a_tenth_at_each_end() -> None:
    errors = [(index / 100, f"card-{index}") for index in range(1, 101)]
    assert spread(errors) == pytest.approx((0.10, 0.90), abs=0.011)
    assert spread([]) == (0, 0)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [*cards(TRUE, 1)],
        [*cards(TRUE, 3, work=work(GB, mixture=True))],
        [*cards(TRUE, 3, for_calibration=False)],
        [*cards(TRUE, 1), *cards(TRUE, 3, speed_class="slow", work=work(GB, mixture=True))],
    ],
    ids=["none", "one card", "only mixtures", "none trusted", "dense on one card"],
)
def test_too_few_measurements_are_nothing_to_calibrate_on(rows: list[Observation]) -> None:
    with pytest.raises(ValueError, match="There is nothing to calibrate on"):
        calibrate(rows, least_squares)


def test_two_cards_are_enough() -> None:
    assert set(calibrate([*cards(TRUE, 2)], least_squares).held_out) == {row.slug for row in cards(TRUE, 2)}


def test_a_held_out_measurement_is_compared_with_what_was_predicted_without_its_card() -> None:
    rows = [observation(slug="one", tokens_s=9.0), observation(slug="other", tokens_s=100.0)]
    first, second = compare(rows, speed_constants())
    assert (first.tokens_s, first.low, first.high, first.held_out, first.covered) == (10, 8, 12.5, True, True)
    assert first.error == pytest.approx(1 / 9)
    assert not second.held_out
    assert second.low == pytest.approx(0.8 * second.tokens_s)


def test_a_goal_is_met_only_if_all_of_it_is() -> None:
    rows = compare([observation(slug="one", tokens_s=9.0)], speed_constants())
    for goals, met in [
        ({}, None),
        ({"goal": 0.12, "goal_coverage": 0.8}, True),
        ({"goal": 0.11, "goal_coverage": 0.8}, False),
        ({"goal": 0.12, "goal_p90": 0.1}, False),
    ]:
        line = agreement("some", rows, **goals)
        assert line
        assert line.met is met
    assert agreement("none", []) is None
    assert table([], speed_constants()) == []


@pytest.mark.django_db
class TestCommand:
    def run(self, *arguments: object) -> str:
        printed = StringIO()
        call_command("calibrate", *arguments, stdout=printed)
        return printed.getvalue()

    @pytest.fixture(autouse=True)
    def _few(self) -> None:
        """Two cards' measurements are enough here."""
        Benchmark.objects.exclude(gpu__slug__in=["rtx-3090", "rtx-5090"]).delete()

    def test_it_writes_where_it_is_told(self, tmp_path: Path) -> None:
        shipped = PATH.read_bytes()
        path = tmp_path / "constants.json"
        printed = self.run("--to", str(path))
        assert printed.endswith(f"Written to {path}. Restart the servers to use it.\n")
        assert "class nvidia-gddr" in printed
        constants = read(json.loads(path.read_text(encoding="utf-8")))
        assert set(constants.classes) == {"nvidia-gddr"}
        assert PATH.read_bytes() == shipped

    def test_a_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "constants.json"
        assert "class nvidia-gddr" in self.run("--to", str(path), "--dry-run")
        assert not path.exists()

    def test_without_scipy_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        imported = builtins.__import__

        def refuse(name: str, *arguments: Any, **options: Any) -> Any:
            if name.startswith("scipy"):
                raise ImportError(name)
            return imported(name, *arguments, **options)

        monkeypatch.setattr(builtins, "__import__", refuse)
        with pytest.raises(CommandError, match=r"^Calibrating needs scipy: pip install -r requirements-dev.txt$"):
            self.run("--to", str(tmp_path / "constants.json"))
        assert not any(tmp_path.iterdir())

    @pytest.mark.parametrize("left", [{"gpu__slug": "rtx-5090"}, {"pk": 0}], ids=["one card", "none"])
    def test_with_too_few_benchmarks_it_says_that_there_is_nothing_to_calibrate_on(
        self, tmp_path: Path, left: dict[str, Any]
    ) -> None:
        Benchmark.objects.exclude(pk__in=Benchmark.objects.filter(**left)).delete()
        with pytest.raises(CommandError) as caught:
            self.run("--to", str(tmp_path / "constants.json"))
        assert str(caught.value) == NOTHING
        assert not any(tmp_path.iterdir())
