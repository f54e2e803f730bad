"""A measurement that contradicts physics is asked about before it is saved, with the figures."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from catalog.models import Benchmark
from catalog.observations import observation_of
from fit.observation import predicted_tokens_s
from tests.catalog.desk import WHY, Desk, desk_of
from tests.catalog.rows import benchmark

pytestmark = pytest.mark.django_db

ALONE: dict[str, Any] = {
    "gpu": None,
    "model": None,
    "quant": None,
    "quant_label": "odd",
    "bandwidth_gb_s": "936",
    "weights_bytes": 8_400_000_000,
    "speed_class": "nvidia-gddr",
}


def asked(**values: Any) -> list[str]:
    """What is asked on adding a measurement with these values, by the form of one that has them; no other fault."""
    row = benchmark(**values)
    row.save()
    desk = desk_of(User.objects.create(username="asker", is_staff=True, is_superuser=True), why="")
    errors = desk.save(row, editor_notes="Looked at again.")
    return [sentence for sentences in errors.values() for sentence in sentences]


def test_faster_than_the_bandwidth_allows_is_asked_about_before_it_is_saved() -> None:
    sentence = "240 tokens/sec is more than the 111 that 936 GB/s allow for 8.4 GB read a token."
    assert asked(**ALONE, decode_tokens_s=240) == [sentence]
    assert Benchmark.objects.get(slug="test-measurement").editor_notes == ""


def test_an_answer_saves_it_all_the_same_and_is_kept(desk: Desk) -> None:
    row = benchmark(**ALONE)
    row.save()
    assert desk.save(row, decode_tokens_s="240") == {}
    row.refresh_from_db()
    assert row.decode_tokens_s == 240
    assert [answer["reason"] for answer in row.saved_anyway] == [WHY]


def test_far_slower_than_expected_is_asked_about() -> None:
    [sentence] = asked(**ALONE, decode_tokens_s=3)
    assert sentence.startswith("3 tokens/sec is under a sixth of the ")
    assert sentence.endswith(" to expect.")


@pytest.mark.parametrize(("share", "questions"), [("0.16", 1), ("0.18", 0)])
@pytest.mark.parametrize("cards", [{}, {"gpu_count": 2, "split": "layer"}], ids=["one card", "two in turn"])
def test_far_is_under_a_sixth_of_what_is_expected(cards: dict[str, Any], share: str, questions: int) -> None:
    observation = observation_of(benchmark(**ALONE, **cards))
    assert observation
    tokens_s = f"{float(share) * predicted_tokens_s(observation):.3f}"
    assert len(asked(**ALONE, **cards, decode_tokens_s=tokens_s)) == questions


def test_a_card_and_a_model_of_the_catalog_are_enough() -> None:
    [sentence] = asked(decode_tokens_s=240)
    assert sentence.startswith("240 tokens/sec is more than the 6.42")
    assert " that 300 GB/s allow for 46.7 GB read a token." in sentence


def test_a_draft_is_asked_about_too() -> None:
    assert len(asked(**ALONE, decode_tokens_s=240, status="draft")) == 1


@pytest.mark.parametrize(
    ("split", "tokens_s", "sentences"),
    [
        ("tensor", 200, []),
        ("tensor", 240, ["240 tokens/sec is more than the 223 that 2 x 936 GB/s allow for 8.4 GB read a token."]),
        ("layer", 200, ["200 tokens/sec is more than the 111 that 936 GB/s allow for 8.4 GB read a token."]),
    ],
)
def test_cards_that_work_at_once_read_together_and_others_in_turn(
    split: str, tokens_s: int, sentences: list[str]
) -> None:
    assert asked(**ALONE, gpu_count=2, split=split, decode_tokens_s=tokens_s) == sentences


@pytest.mark.parametrize(
    "values",
    [
        {"decode_tokens_s": 90},
        {"decode_tokens_s": 111},
        {"decode_tokens_s": 15},
        {"decode_tokens_s": 240, "bandwidth_gb_s": None},
        {"decode_tokens_s": 240, "weights_bytes": None},
        {"decode_tokens_s": 240, "mixture_of_experts": True},
        {"decode_tokens_s": 240, "runtime": "vLLM"},
        {"decode_tokens_s": 3, "offload": "cpu only"},
        {"decode_tokens_s": 3, "offload": "partial CPU offload (layers not stated)"},
    ],
)
def test_nothing_is_asked_of_the_usual_or_where_too_little_is_known(values: dict[str, Any]) -> None:
    assert asked(**{**ALONE, **values}) == []


@pytest.mark.parametrize(
    "values",
    [
        {"weights_bytes": 1},
        {"weights_bytes": 2**62, "decode_tokens_s": "0.001"},
        {"context_tokens": 2**62},
        {"offload": "-ngl " + "9" * 60 + " of 81"},
        {"decode_tokens_s": "9999999.999", "gpu_count": 32767},
        {"bandwidth_gb_s": "0.01", "weights_bytes": 2**62, "gpu": None, "model": None, "quant": None},
    ],
)
def test_no_figure_is_too_odd_to_be_asked_about_and_saved(desk: Desk, values: dict[str, Any]) -> None:
    row = benchmark(**values)
    row.save()
    assert desk.save(row, editor_notes="Looked at again.") == {}


def test_how_it_was_measured_is_asked_and_kept(desk: Desk) -> None:
    row = benchmark(**ALONE, context_tokens=4160)
    row.save()
    said = {
        **{"build_number": "b10380", "depth_tokens": "4096", "cache_keys": "q8_0", "cache_values": "q4_0"},
        **{"power_limit_w": "250", "ram_label": "DDR4", "ram_kind": "DDR4", "ram_channels": "2"},
        **{"ram_gb_s": "51.20", "hidden_because": "A log."},
    }
    assert desk.save(row, **said) == {}
    saved = Benchmark.objects.get(pk=row.pk)
    assert {name: str(getattr(saved, name)) for name in said} == said


def test_measurements_are_found_by_how_they_were_measured(desk: Desk) -> None:
    benchmark(cache_keys="q5_1", ram_kind="DDR3", hidden_because="A log of nobody's.").save()
    for query in ("cache_keys__exact=q5_1", "ram_kind__exact=DDR3", "hidden_because__isempty=0&q=test-meas"):
        listed = desk.client.get(f"/admin/catalog/benchmark/?{query}").context["cl"].queryset
        assert [row.slug for row in listed] == ["test-measurement"]
