"""The one way to what is published, and bulk changes that renew the revision."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from catalog.models import RECORD_MODELS, CatalogRecord, CatalogRevision, Gpu
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db


def change_in_bulk() -> None:
    row = Gpu.objects.get(slug="l4")
    row.bandwidth_gb_s = 345
    Gpu.objects.bulk_update([row], ["bandwidth_gb_s"])


def test_drafts_are_not_published() -> None:
    assert Gpu.objects.published().filter(slug="l4").exists()
    change(Gpu, "l4", status="draft")
    assert not Gpu.objects.published().filter(slug="l4").exists()
    assert Gpu.objects.filter(slug="l4").exists()


@pytest.mark.parametrize("model", RECORD_MODELS)
def test_every_kind_of_record_can_be_asked_for_what_is_published(model: type[CatalogRecord]) -> None:
    assert {row.status for row in model.objects.published()} == {"published"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Gpu.objects.filter(slug="l4").update(bandwidth_gb_s=345),
        lambda: Gpu.objects.bulk_create([gpu()]),
        change_in_bulk,
    ],
    ids=["update", "bulk_create", "bulk_update"],
)
def test_a_bulk_change_renews_the_revision(edit: Callable[[], object]) -> None:
    before = CatalogRevision.current_token()
    edit()
    assert CatalogRevision.current_token() != before


def test_a_bulk_change_that_the_database_refuses_leaves_the_revision() -> None:
    before = CatalogRevision.current_token()
    with pytest.raises(IntegrityError):
        Gpu.objects.filter(slug="l4").update(bandwidth_gb_s=-1)
    assert CatalogRevision.current_token() == before
