"""Whom an editor asks to publish: who has the right, at most five, superusers where nobody else has."""

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory

from catalog.admin.publishers import MOST, Asked, publishers
from catalog.models import Gpu
from tests.catalog.people import EDITORS, PUBLISHERS, member, staff
from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db

REQUEST = RequestFactory().get("/admin/catalog/gpu/1/change/")


def asked() -> list[Asked]:
    return publishers(Gpu, gpu(name="A & B"), REQUEST)


def test_who_has_the_right_is_asked_and_superusers_only_where_nobody_has() -> None:
    User.objects.create(username="root", is_staff=True, is_superuser=True)
    member(EDITORS)
    staff("of quantizations", "publish_quant")
    assert [account.name for account in asked()] == ["root"]
    member(PUBLISHERS)
    staff("of cards", "publish_gpu")
    assert [account.name for account in asked()] == ["of cards", "one of the Publishers"]


def test_who_cannot_sign_in_is_not_asked() -> None:
    staff("of cards", "publish_gpu")
    User.objects.update(is_active=False)
    assert asked() == []
    User.objects.update(is_active=True, is_staff=False)
    assert asked() == []


def test_there_is_an_end_to_names() -> None:
    for number in range(MOST + 1):
        staff(f"publisher {number}", "publish_gpu")
    assert len(asked()) == MOST


def test_a_mail_says_what_to_look_at() -> None:
    account = staff("of cards", "publish_gpu")
    assert asked() == [Asked("of cards", "")]
    account.email = "of+cards?@example.org"
    account.save()
    (only,) = asked()
    assert only.mail == (
        "mailto:of%2Bcards%3F@example.org?subject=Please%20publish%3A%20A%20%26%20B"
        "&body=http%3A//testserver/admin/catalog/gpu/1/change/"
    )
