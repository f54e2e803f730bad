"""An address once published leads on to its record, wherever that went, until the record is gone."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from catalog.bringing_back import bring_back
from catalog.models import Gpu, LanguageModel, RetiredSlug
from catalog.picture import Gone
from catalog.snapshot import current
from tests.catalog.rows import change, gpu

pytestmark = pytest.mark.django_db


def leads() -> dict[str, str]:
    """Where former addresses of GPUs lead; "" to nowhere."""
    return dict(RetiredSlug.objects.filter(kind="gpu").values_list("slug", "successor"))


def rename(*slugs: str) -> None:
    """Give the record of the first slug each of the others in turn."""
    for former, slug in pairwise(slugs):
        change(Gpu, former, slug=slug)


def test_the_starting_catalog_has_no_former_addresses() -> None:
    assert leads() == {}


def test_a_change_that_leaves_the_slug_as_it_is_retires_nothing() -> None:
    change(Gpu, "l4", bandwidth_gb_s=345)
    assert leads() == {}


@pytest.mark.parametrize(
    ("slugs", "expected"),
    [
        (("l4", "l4-b"), {"l4": "l4-b"}),
        (("l4", "l4-b", "l4-c"), {"l4": "l4-c", "l4-b": "l4-c"}),
        (("l4", "l4-b", "l4"), {"l4-b": "l4"}),
        (("l4", "l4-b", "l4-c", "l4-b"), {"l4": "l4-b", "l4-c": "l4-b"}),
    ],
)
def test_after_renames_every_former_slug_leads_straight_to_the_present_one(
    slugs: tuple[str, ...], expected: dict[str, str]
) -> None:
    rename(*slugs)
    assert leads() == expected
    assert dict(current().former_gpu_slugs) == expected


def test_a_record_may_take_its_own_former_slug_again() -> None:
    rename("l4", "l4-b")
    row = Gpu.objects.get(slug="l4-b")
    row.slug = "l4"
    row.full_clean()


def test_the_former_slug_of_a_draft_leads_nowhere_until_it_is_published(client: Client) -> None:
    change(Gpu, "l4", status="draft")
    rename("l4", "l4-b")
    assert client.get("/gpus/l4/").status_code == 404
    change(Gpu, "l4-b", status="published")
    assert client.get("/gpus/l4/").headers["Location"] == "/gpus/l4-b/"


def test_the_former_slug_of_a_draft_is_free_once_the_draft_is_deleted() -> None:
    change(Gpu, "l4", status="draft")
    rename("l4", "l4-b")
    another = gpu(name="Another", slug="l4")
    with pytest.raises(ValidationError, match="is kept for it"):
        another.full_clean()
    Gpu.objects.get(slug="l4-b").delete()
    another.full_clean()


def test_the_slugs_of_a_deleted_record_lead_nowhere() -> None:
    rename("l4", "l4-b")
    Gpu.objects.get(slug="l4-b").delete()
    assert leads() == {"l4": "", "l4-b": ""}
    assert dict(current().former_gpu_slugs) == {}


def test_a_draft_that_never_was_public_reserves_no_address(client: Client) -> None:
    gpu(status="draft").save()
    rename("test-card", "other-card")
    assert (leads(), current().former_gpu_slugs) == ({"test-card": "other-card"}, {})
    gpu(name="Another", slug="test-card").full_clean()
    change(Gpu, "other-card", status="published")
    assert client.get("/gpus/test-card/").status_code == 404
    Gpu.objects.get(slug="other-card").delete()
    assert list(current().gone_gpus) == ["other-card"]


def test_only_the_address_at_which_a_draft_once_was_public_is_kept_for_it() -> None:
    change(Gpu, "l4", status="draft")
    rename("l4", "l4-b", "l4-c")
    assert dict(current().former_gpu_slugs) == {"l4": "l4-c"}
    gpu(name="Another", slug="l4-b").full_clean()
    Gpu.objects.get(slug="l4-c").delete()
    assert list(current().gone_gpus) == ["l4"]


def test_a_record_that_is_gone_is_remembered_as_it_last_was_public() -> None:
    row = change(Gpu, "l4", status="draft")
    row.name, row.slug = "A secret", "a-secret"
    row.save()
    row.delete()
    assert dict(current().gone_gpus) == {"l4": Gone("NVIDIA L4", "NVIDIA")}
    LanguageModel.objects.get(slug="qwen2-5-72b").delete()
    assert dict(current().gone_models) == {"qwen2-5-72b": Gone("Qwen2.5 72B", "Qwen2.5")}


def test_a_deleted_record_may_lead_to_another_and_on_to_where_that_one_went() -> None:
    rename("l4", "l4-b")
    row = Gpu.objects.get(slug="l4-b")
    row.address_leads_to = "a10"
    row.delete()
    assert dict(current().former_gpu_slugs) == {"l4": "a10", "l4-b": "a10"}
    rename("a10", "a10-b")
    assert dict(current().former_gpu_slugs) == {"l4": "a10-b", "l4-b": "a10-b", "a10": "a10-b"}
    Gpu.objects.get(slug="a10-b").delete()
    gone = {slug: record.name for slug, record in current().gone_gpus.items()}
    assert gone == {"l4": "NVIDIA L4", "l4-b": "NVIDIA L4", "a10": "NVIDIA A10", "a10-b": "NVIDIA A10"}


def test_a_load_takes_an_address_that_leads_to_another_for_no_rename() -> None:
    RetiredSlug.objects.create(kind="gpu", slug="a-spelling", successor="l4", why=RetiredSlug.Why.BY_HAND)
    row = Gpu.objects.get(slug="a10")
    row.address_leads_to = "l4"
    row.delete()
    assert RetiredSlug.led_away("gpu") == ({"a10": ""}, {"a-spelling"})


def test_records_deleted_together_are_remembered_each() -> None:
    Gpu.objects.filter(slug__in=["l4", "a10"]).delete()
    assert leads() == {"l4": "", "a10": ""}


def test_a_new_record_may_take_the_slug_of_a_deleted_one_and_has_its_address_back() -> None:
    Gpu.objects.get(slug="l4").delete()
    row = gpu(name="NVIDIA L4", slug="l4")
    row.full_clean()
    row.save()
    assert leads() == {}


def test_models_and_gpus_have_former_slugs_of_their_own() -> None:
    change(LanguageModel, "qwen2-5-72b", slug="qwen")
    assert dict(current().former_gpu_slugs) == {}
    row = gpu(slug="qwen2-5-72b")
    row.full_clean()
    row.save()
    assert dict(current().former_model_slugs) == {"qwen2-5-72b": "qwen"}


@pytest.mark.parametrize("leads_to", ["", "a10"])
def test_a_record_that_comes_back_has_its_addresses_again(leads_to: str) -> None:
    rename("l4", "l4-b")
    row = Gpu.objects.get(slug="l4-b")
    row.address_leads_to = leads_to
    row.delete()
    bring_back(Gpu.history.filter(slug="l4-b", history_type="-").get(), [])
    assert leads() == {"l4": leads_to or "l4-b"}
    assert RetiredSlug.led_away("gpu").successors == {"l4": "l4-b"}


def test_a_record_does_not_come_back_to_the_address_of_another() -> None:
    Gpu.objects.get(slug="l4").delete()
    gpu(slug="l4").save()
    rename("l4", "l4-b")
    with pytest.raises(ValidationError, match="is kept for it"):
        bring_back(Gpu.history.filter(slug="l4", history_type="-").get(), [])
    assert leads() == {"l4": "l4-b"}
