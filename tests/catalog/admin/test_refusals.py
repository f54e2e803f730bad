"""A refused page of the desk says which right is missing, who has it, and whom to ask."""

from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client

from catalog.admin.refusals import ASK
from catalog.models import Gpu
from tests.catalog.desk import desk_of
from tests.catalog.people import EDITORS, member, staff
from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db


def text(answer: HttpResponse) -> str:
    assert answer.status_code == 403
    return unescape(answer.content.decode())


def client_of(user: User) -> Client:
    return desk_of(user).client


def lacks(right: str) -> str:
    return f"This takes the right “{right}”, which your account does not have."


@pytest.mark.parametrize(
    ("address", "right", "who"),
    [
        ("gpu/{pk}/delete/", "Can delete GPU", "The group Publishers has it."),
        ("gpu/{pk}/change/", "Can publish GPU", "The group Publishers has it."),
    ],
)
def test_an_editor_is_told_what_a_publisher_has(address: str, right: str, who: str) -> None:
    public = gpu()
    public.save()
    answer = client_of(member(EDITORS)).post(f"/admin/catalog/{address.format(pk=public.pk)}", {"post": "yes"})
    assert [sentence for sentence in (lacks(right), who, ASK) if sentence not in text(answer)] == []


def test_a_change_of_a_public_record_is_refused_because_it_is_public() -> None:
    public = gpu()
    public.save()
    client = client_of(member(EDITORS))
    assert "What is public is on pages at once." in text(client.post(f"/admin/catalog/gpu/{public.pk}/change/", {}))
    assert "What is public" not in text(client.post(f"/admin/catalog/gpu/{public.pk}/delete/", {"post": "yes"}))


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("/admin/catalog/gpu/", "Can view GPU"),
        ("/admin/catalog/gpu/add/", "Can add GPU"),
        ("/admin/catalog/gpu/{pk}/change/", "Can view GPU"),
        ("/admin/catalog/gpu/{pk}/history/", "Can view GPU"),
        ("/admin/catalog/languagemodel/", "Can view model"),
    ],
)
def test_who_is_in_no_group_is_told_which_have_the_right(address: str, right: str) -> None:
    page = text(client_of(staff("nobody")).get(address.format(pk=Gpu.objects.get(slug="l4").pk)))
    assert lacks(right) in page
    assert "The groups Editors and Publishers have it." in page


@pytest.mark.parametrize("address", ["/admin/auth/user/", "/admin/auth/group/", "/admin/auth/user/{pk}/password/"])
def test_users_and_groups_are_only_for_superusers(address: str) -> None:
    user = member(EDITORS)
    page = text(client_of(user).get(address.format(pk=user.pk)))
    assert "No group has it: only superusers do." in page


def test_groups_that_were_changed_by_hand_are_named_as_they_are() -> None:
    Group.objects.get(name="Publishers").delete()
    public = gpu()
    public.save()
    page = text(client_of(member(EDITORS)).post(f"/admin/catalog/gpu/{public.pk}/delete/", {"post": "yes"}))
    assert "No group has it: only superusers do." in page


def test_a_page_that_is_of_no_kind_of_record_is_refused_too() -> None:
    page = text(client_of(staff("nobody")).get("/admin/autocomplete/?app_label=catalog&model_name=gpu&field_name=x"))
    assert "Your account may not do this." in page
