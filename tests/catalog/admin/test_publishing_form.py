"""Whichever way a form publishes a draft, what no reason makes up for keeps it from being published."""

import pytest

from catalog.models import Benchmark, Gpu
from tests.catalog.desk import Desk
from tests.catalog.people import PUBLISHERS, desk_of_member
from tests.catalog.rows import benchmark, gpu

pytestmark = pytest.mark.django_db

OF_A_DRAFT = "Its GPU, “Test Card”, is a draft. Publish that first."


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


def measured_on_a_draft(status: str) -> Benchmark:
    card = gpu(status="draft")
    card.save()
    row = benchmark(gpu=card, status=status)
    row.save()
    return row


def test_a_draft_that_belongs_to_a_draft_is_not_published(publisher: Desk) -> None:
    row = measured_on_a_draft("draft")
    assert publisher.save(row, status="published") == {"__all__": [OF_A_DRAFT]}
    assert publisher.save(row, name="Renamed") == {}
    Gpu.objects.filter(slug="test-card").update(status="published")
    assert publisher.save(row, status="published") == {}
    row.refresh_from_db()
    assert (row.status, row.name) == ("published", "Renamed")


def test_nor_is_a_new_record(publisher: Desk) -> None:
    card = measured_on_a_draft("draft").gpu
    labels = {"gpu_label": "Test", "model_label": "Qwen2.5 72B", "quant_label": "Q4_K_M", "runtime": "llama.cpp"}
    new = {**labels, "name": "New", "slug": "new", "decode_tokens_s": "5", "trust": "high", "gpu": str(card.pk)}
    sources = "https://example.org/log"
    assert publisher.add(Benchmark, **new, sources=sources, status="published") == {"__all__": [OF_A_DRAFT]}
    assert publisher.add(Benchmark, **new, sources=sources, status="draft") == {}


def test_what_is_public_already_is_not_asked_again(publisher: Desk) -> None:
    assert publisher.save(measured_on_a_draft("published"), decode_tokens_s="5.6") == {}
