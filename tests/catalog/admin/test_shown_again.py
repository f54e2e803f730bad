"""A form comes back as it was typed, and nothing is saved."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from catalog.admin.shown_again import BACK
from catalog.models import CatalogRecord, Gpu
from tests.catalog.desk import Desk
from tests.catalog.people import EDITORS, desk_of_member
from tests.catalog.rows import everything, gpu, language_model, quant

pytestmark = pytest.mark.django_db

TYPED = {"name": "Half typ", "slug": "Not A Slug", "memory_gb": "lots", "bandwidth_gb_s": "108", "notes": "a\r\nb"}


def form(desk: Desk, path: str, **values: str) -> Any:
    answer = desk.client.post(path, values)
    assert answer.status_code == 200
    return answer.context["adminform"].form


@pytest.mark.parametrize("key", ["add", "change"])
def test_what_was_typed_is_there_and_nothing_is_said_of_it(desk: Desk, key: str) -> None:
    row = gpu()
    row.save()
    rows = everything()
    path = "/admin/catalog/gpu/add/" if key == "add" else f"/admin/catalog/gpu/{row.pk}/change/"
    shown = form(desk, path, **TYPED, **{BACK: "1"})
    assert {name: shown[name].value() for name in TYPED} == TYPED
    assert shown.errors == {}
    assert everything() == rows


@pytest.mark.parametrize("make", [gpu, language_model, quant])
def test_a_form_without_fault_comes_back_too(desk: Desk, make: Any) -> None:
    row: CatalogRecord = make()
    row.save()
    sent = {name: str(value) for name, value in desk.page(row).context["adminform"].form.initial.items() if value}
    path = f"/admin/catalog/{row.kind()}/{row.pk}/change/"
    shown = form(desk, path, **{**sent, "name": "Another"}, **{BACK: "1"})
    assert shown["name"].value() == "Another"
    assert type(row)._default_manager.get(pk=row.pk).name == row.name


def test_whoever_may_not_change_it_is_refused() -> None:
    row = gpu()
    row.save()
    answer = desk_of_member(EDITORS).client.post(f"/admin/catalog/gpu/{row.pk}/change/", {BACK: "1"})
    assert answer.status_code == 403


def test_another_page_has_the_form_shown_with_its_faults() -> None:
    rows = everything()
    request = RequestFactory().post("/elsewhere/", TYPED)
    request.user = User.objects.create(username="boss", is_staff=True, is_superuser=True)
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    answer = admin.site.get_model_admin(Gpu).with_its_faults(request, None, "/where/it/is/saved/")
    answer.render()
    assert {"slug", "memory_gb", "vendor"} <= set(answer.context_data["adminform"].form.errors)
    assert 'action="/where/it/is/saved/"' in answer.content.decode()
    assert everything() == rows
