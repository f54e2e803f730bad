"""Picks of over 90 days ago, and common machines whose latest price is of over a year ago."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from catalog.admin.attention.aged import aged
from catalog.models import Gpu, Pick, Price
from tests.catalog import rows
from tests.catalog.admin.attention.asking import asked_by, superuser
from tests.catalog.people import staff
from tests.catalog.rows import change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_others() -> None:
    # At once, for a row at a time each leaves its history.
    Pick.objects.all()._raw_delete("default")
    Price.objects.all()._raw_delete("default")
    change(Gpu, "l4", common=True)


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def shown() -> list[tuple[str, str, str]]:
    boss = User.objects.filter(is_superuser=True).first() or superuser()
    return [(entry.text, entry.address, entry.note) for entry in aged(asked_by(boss)).entries]


def save(make: Any, **values: Any) -> Any:
    row = make(**values)
    row.save()
    return row


def test_a_pick_of_ninety_days_ago_is_fresh_and_one_of_a_day_more_is_not() -> None:
    save(rows.pick, picked_on=ago(90))
    assert shown() == []
    old = save(rows.pick, picked_on=ago(91), use="fast", name="Old", slug="old")
    note = f"Qwen2.5 72B, compared last on {ago(91)}"
    assert shown() == [("Old", f"/admin/catalog/pick/{old.pk}/change/", note)]


def test_the_oldest_comes_first_and_a_draft_not_at_all() -> None:
    for name, days, status in (("A", 100, "published"), ("B", 200, "published"), ("C", 300, "draft")):
        use = {"A": "fast", "B": "code", "C": "long"}[name]
        save(rows.pick, picked_on=ago(days), use=use, name=name, slug=name.lower(), status=status)
    assert [text for text, _, _ in shown()] == ["B", "A"]


@pytest.mark.parametrize(
    ("seen_in", "is_old"),
    [(f"{ago(365)}", False), (f"{ago(366)}", True), (f"{ago(365)}"[:7], False), (f"{ago(800)}"[:4], True), ("", True)],
)
def test_a_price_is_old_after_a_year_or_without_a_date(seen_in: str, is_old: bool) -> None:
    row = save(rows.price, seen_in=seen_in)
    note = f"its latest price is of {seen_in or 'a date that is not known'}"
    assert shown() == ([(row.gpu.name, f"/admin/catalog/price/{row.pk}/change/", note)] if is_old else [])


def test_the_latest_price_of_a_machine_counts() -> None:
    save(rows.price, seen_in=f"{ago(900)}")
    save(rows.price, seen_in=f"{ago(10)}", name="New", slug="new")
    assert shown() == []


@pytest.mark.parametrize("values", [{"kind_of_price": "launch"}, {"status": "draft"}])
def test_prices_at_launch_and_drafts_do_not_age(values: dict[str, Any]) -> None:
    save(rows.price, **{"seen_in": "2020", **values})
    assert shown() == []


def test_nor_do_those_of_machines_that_few_have() -> None:
    save(rows.price, seen_in="2020")
    assert len(shown()) == 1
    change(Gpu, "l4", common=False)
    assert shown() == []


def test_who_may_not_look_at_them_sees_none() -> None:
    save(rows.price, seen_in="2020")
    save(rows.pick, picked_on=ago(91))
    assert aged(asked_by(staff("of cards", "view_gpu"))).count == 0
    assert aged(asked_by(staff("of prices", "view_price"))).count == 1
    assert aged(asked_by(superuser())).count == 2
