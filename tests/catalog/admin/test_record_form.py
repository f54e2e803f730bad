"""Whichever way a form publishes a draft, what is missing keeps it from being published."""

import pytest

from catalog.completeness import NOT_TO_FOLLOW
from catalog.models import Gpu
from tests.catalog.desk import Desk
from tests.catalog.people import PUBLISHERS, desk_of_member
from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db

CARD = {"name": "New Card", "slug": "new-card", "full_name": "A New Card", "vendor": "NVIDIA", "segment": "consumer"}
FIGURES = {"memory_gb": "24", "bandwidth_gb_s": "1008"}


@pytest.fixture
def publisher() -> Desk:
    return desk_of_member(PUBLISHERS)


def draft(sources: str, status: str = "draft") -> Gpu:
    row = gpu(sources=sources, status=status)
    row.save()
    return row


def test_a_draft_that_lacks_something_is_not_published(publisher: Desk) -> None:
    row = draft("general knowledge")
    assert publisher.save(row, status="published") == {"__all__": [NOT_TO_FOLLOW]}
    assert publisher.save(row, name="Renamed") == {}
    assert publisher.save(row, status="published", sources="https://example.org/card") == {}
    row.refresh_from_db()
    assert (row.status, row.name) == ("published", "Renamed")


def test_nor_is_a_new_record(publisher: Desk) -> None:
    new = {**CARD, **FIGURES, "sources": "general knowledge"}
    assert publisher.add(Gpu, **new, status="published") == {"__all__": [NOT_TO_FOLLOW]}
    assert publisher.add(Gpu, **new, status="draft") == {}


def test_what_is_public_already_is_not_asked_again(publisher: Desk) -> None:
    row = draft("general knowledge", status="published")
    assert publisher.save(row, memory_gb="25") == {}
