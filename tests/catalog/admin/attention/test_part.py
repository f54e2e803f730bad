"""A part says when something was, which kinds a user may look at, and no more than there is room for."""

import datetime

import pytest
from django.utils import timezone

from catalog.admin.attention.part import FIRST, MOST, Entry, Part, addresses_by_slug, kinds, newest
from catalog.models import RECORD_MODELS, Gpu
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by, superuser
from tests.catalog.people import staff

NOW = timezone.now()


@pytest.mark.parametrize(("minutes", "text"), [(0.5, "just now"), (5.1, "5\xa0minutes ago"), (130, "2\xa0hours ago")])
def test_it_says_how_long_ago_in_a_unit(minutes: float, text: str) -> None:
    assert Entry(text="", at=timezone.now() - datetime.timedelta(minutes=minutes)).ago == text


def test_the_first_page_has_room_for_a_few() -> None:
    entries = tuple(Entry(text=f"{number}") for number in range(FIRST + 1))
    part = Part(name="", heading="", hint="", nothing="", count=9, entries=entries)
    assert (part.first, part.has_more) == (entries[:FIRST], True)


def test_the_latest_come_first_and_not_all_of_thousands() -> None:
    entries = [Entry(text=f"{age}", at=NOW - datetime.timedelta(hours=age)) for age in (2, 1, 3)]
    assert [entry.text for entry in newest(entries)] == ["1", "2", "3"]
    assert len(newest(entries * MOST)) == MOST


@pytest.mark.django_db
def test_only_kinds_that_the_user_may_look_at_count() -> None:
    assert kinds(asked_by(superuser())) == list(RECORD_MODELS)
    assert kinds(asked_by(staff("no rights"))) == []
    assert kinds(asked_by(staff("of cards", "view_gpu"))) == [Gpu]


@pytest.mark.django_db
def test_a_record_that_is_gone_has_no_address() -> None:
    row = rows.gpu(name="ZZ", slug="zz")
    row.save()
    address_of = addresses_by_slug(Gpu, ["zz", "gone"])
    assert (address_of("zz"), address_of("gone")) == (f"/admin/catalog/gpu/{row.pk}/change/", "")
