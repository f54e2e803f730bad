"""Missing facts: how many public records lack each, with the list of them."""

import pytest

from catalog.admin.attention.missing_facts import READ_FIRST, missing_facts
from catalog.missing import FACTS
from catalog.models import Gpu
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by
from tests.catalog.desk import Desk
from tests.catalog.people import staff

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    user = staff("of cards", "view_gpu")
    tallies = {tally.text: tally.count for tally in missing_facts(asked_by(user)).tallies}
    user.delete()
    return tallies


def test_a_public_card_without_a_price_counts_and_a_draft_does_not() -> None:
    before = counts()["GPUs without launch price, US$"]
    rows.gpu(name="ZZ 1", slug="zz-1").save()
    rows.gpu(name="ZZ 2", slug="zz-2", status="draft").save()
    assert counts()["GPUs without launch price, US$"] == before + 1
    assert not any(text.startswith("Models") for text in counts())


def test_the_list_that_it_leads_to_has_as_many_rows(desk: Desk) -> None:
    rows.gpu(name="ZZ 1", slug="zz-1").save()
    for tally in missing_facts(asked_by(staff("of cards", "view_gpu"))).tallies:
        changelist = desk.client.get(tally.address).context["cl"]
        assert changelist.result_count == tally.count


def test_with_every_fact_there_is_nothing_to_say() -> None:
    Gpu.objects.all().delete()
    facts = {"reported_memory_mib": 1, "launch_price_usd": 1, "fp16_tensor_tflops": 1}
    rows.gpu(name="ZZ 1", slug="zz-1", **facts).save()
    assert missing_facts(asked_by(staff("of cards", "view_gpu"))).tallies == ()


def test_lists_can_be_filtered_by_each() -> None:
    assert all(set(names) <= set(FACTS[kind]) for kind, names in READ_FIRST.items())
