"""A measurement that contradicts physics is saved, and the desk says what is odd about it, with the figures."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import Benchmark
from catalog.observations import observation_of
from fit.observation import predicted_tokens_s
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


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="editor", is_staff=True, is_superuser=True))
    return client


def edit(client: Client, row: Benchmark, **changes: str) -> tuple[str, dict[str, Any]]:
    """Where the form of a measurement is sent, and what is sent."""
    address = f"/admin/catalog/benchmark/{row.pk}/change/"
    form = client.get(address).context["adminform"].form
    sent = {field.html_name: field.value() for field in form}
    return address, {**{name: value for name, value in sent.items() if value not in (None, False)}, **changes}


def warnings_after(client: Client, **values: Any) -> list[str]:
    """The warnings on saving a measurement with these values, by the form of one that has them."""
    row = benchmark(**values)
    row.save()
    answer = client.post(*edit(client, row), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain
    assert Benchmark.objects.get(pk=row.pk).decode_tokens_s == Decimal(row.decode_tokens_s)
    return [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]


def test_faster_than_the_bandwidth_allows_is_said(client: Client) -> None:
    sentence = "240 tokens/sec is more than the 111 that 936 GB/s allow for 8.4 GB read a token."
    assert warnings_after(client, **ALONE, decode_tokens_s=240) == [sentence]


def test_far_slower_than_expected_is_said(client: Client) -> None:
    [sentence] = warnings_after(client, **ALONE, decode_tokens_s=3)
    assert sentence.startswith("3 tokens/sec is under a tenth of the ")
    assert sentence.endswith(" to expect.")


@pytest.mark.parametrize(("share", "warnings"), [("0.09", 1), ("0.11", 0)])
@pytest.mark.parametrize("cards", [{}, {"gpu_count": 2, "split": "layer"}], ids=["one card", "two in turn"])
def test_far_is_under_a_tenth_of_what_is_expected(
    client: Client, cards: dict[str, Any], share: str, warnings: int
) -> None:
    observation = observation_of(benchmark(**ALONE, **cards))
    assert observation
    tokens_s = f"{float(share) * predicted_tokens_s(observation):.3f}"
    assert len(warnings_after(client, **ALONE, **cards, decode_tokens_s=tokens_s)) == warnings


def test_an_edit_that_is_told_of_is_saved_all_the_same(client: Client) -> None:
    row = benchmark(**ALONE)
    row.save()
    client.post(*edit(client, row, decode_tokens_s="240"))
    assert Benchmark.objects.get(pk=row.pk).decode_tokens_s == 240


def test_a_card_and_a_model_of_the_catalog_are_enough(client: Client) -> None:
    [sentence] = warnings_after(client, decode_tokens_s=240)
    assert sentence.startswith("240 tokens/sec is more than the 6.42")
    assert " that 300 GB/s allow for 46.7 GB read a token." in sentence


def test_a_draft_is_told_of_too(client: Client) -> None:
    assert len(warnings_after(client, **ALONE, decode_tokens_s=240, status="draft")) == 1


def test_cards_that_work_at_once_read_together(client: Client) -> None:
    assert warnings_after(client, **ALONE, gpu_count=2, split="tensor", decode_tokens_s=200) == []
    Benchmark.objects.get(slug="test-measurement").delete()
    sentence = "240 tokens/sec is more than the 223 that 2 x 936 GB/s allow for 8.4 GB read a token."
    assert warnings_after(client, **ALONE, gpu_count=2, split="tensor", decode_tokens_s=240) == [sentence]


def test_cards_that_take_turns_do_not(client: Client) -> None:
    assert (
        "the 111 that 936 GB/s allow"
        in warnings_after(client, **ALONE, gpu_count=2, split="layer", decode_tokens_s=200)[0]
    )


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
def test_nothing_is_said_of_the_usual_or_where_too_little_is_known(client: Client, values: dict[str, Any]) -> None:
    assert warnings_after(client, **{**ALONE, **values}) == []


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
def test_no_figure_is_too_odd_to_be_saved(client: Client, values: dict[str, Any]) -> None:
    warnings_after(client, **values)


def test_how_it_was_measured_is_asked_and_kept(client: Client) -> None:
    row = benchmark(**ALONE, context_tokens=4160)
    row.save()
    said = {
        **{"build_number": "b10380", "depth_tokens": "4096", "cache_keys": "q8_0", "cache_values": "q4_0"},
        **{"power_limit_w": "250", "ram_label": "DDR4", "ram_kind": "DDR4", "ram_channels": "2"},
        **{"ram_gb_s": "51.20", "hidden_because": "A log."},
    }
    assert client.post(*edit(client, row, **said)).status_code == 302
    saved = Benchmark.objects.get(pk=row.pk)
    assert {name: str(getattr(saved, name)) for name in said} == said


def test_measurements_are_found_by_how_they_were_measured(client: Client) -> None:
    benchmark(cache_keys="q5_1", ram_kind="DDR3", hidden_because="A log of nobody's.").save()
    for query in ("cache_keys__exact=q5_1", "ram_kind__exact=DDR3", "hidden_because__isempty=0&q=test-meas"):
        listed = client.get(f"/admin/catalog/benchmark/?{query}").context["cl"].queryset
        assert [row.slug for row in listed] == ["test-measurement"]
