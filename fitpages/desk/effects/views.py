"""The pages that say what saving would change. Nothing is saved here."""

import time
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse

from catalog import hypothetical
from catalog.models import Gpu
from fitpages.desk.effects.asked import Form
from fitpages.desk.effects.classes import ClassForm, cards_with
from fitpages.desk.effects.counting import at_once
from fitpages.desk.effects.streamed import MARK, stream

PAGE, OF_CLASS = "admin/effects.html", "admin/effects_of_class.html"


def of_record(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """What a record as it was typed does to the pages that most ask for, or to all where these are few."""
    return _of_record(request, Form.of(request, kind, key), on_all=False)


def of_record_on_all(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The same on all pages, with word of how far it is."""
    return _of_record(request, Form.of(request, kind, key), on_all=True)


def _of_record(request: HttpRequest, form: Form, *, on_all: bool) -> HttpResponseBase:
    if request.method != "POST":
        return HttpResponseRedirect(form.address)
    if gone := form.of_what_is_gone():
        return gone
    began, typed = time.perf_counter(), form.typed()
    if typed is None:
        return form.with_its_faults()
    context = {
        "title": "What saving would change",
        "subtitle": str(typed.row),
        "opts": form.kind._meta,
        "form": form,
        "typed": typed,
        "on_all_address": reverse("desk:effects_on_all", args=[form.kind.kind(), form.key]),
    }
    return _answer(request, PAGE, context, [typed.as_public, *typed.others], began, on_all=on_all)


def of_class(request: HttpRequest) -> HttpResponseBase:
    """What it does to the pages that most ask for if all cards of a class get another."""
    return _of_class(request, on_all=False)


def of_class_on_all(request: HttpRequest) -> HttpResponseBase:
    """The same on all pages, with word of how far it is."""
    return _of_class(request, on_all=True)


def _of_class(request: HttpRequest, *, on_all: bool) -> HttpResponseBase:
    if not admin.site.get_model_admin(Gpu).has_change_permission(request):
        raise PermissionDenied
    began, form = time.perf_counter(), ClassForm(request.POST or None)
    context = {
        "title": "What another speed class would change",
        "opts": Gpu._meta,
        "form": form,
        "on_all_address": reverse("desk:effects_of_class_on_all"),
        "list_address": reverse("admin:catalog_gpu_changelist"),
    }
    if not form.is_valid():
        return TemplateResponse(request, OF_CLASS, {**_of_the_desk(request), **context}, using="admin")
    cards = cards_with(**form.cleaned_data)
    context["cards"] = [card for card in cards if card.is_published]
    return _answer(request, OF_CLASS, context, cards, began, on_all=on_all)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], rows: list[Any], began: float, *, on_all: bool
) -> HttpResponseBase:
    """The page with its effects: at once, or as they are counted."""
    before, after = hypothetical.saved(rows)
    whole = {**_of_the_desk(request), **context, "on_all": on_all}
    if not on_all:
        report = at_once(before, after, began)
        return TemplateResponse(
            request, template, {**whole, "report": report, "effects": report.effects}, using="admin"
        )
    page = render_to_string(template, {**whole, "mark": MARK}, request, using="admin")
    return stream(page, before, after, began)


def _of_the_desk(request: HttpRequest) -> dict[str, Any]:
    """What every page of the admin knows; names of addresses are the admin's own."""
    request.current_app = admin.site.name
    return admin.site.each_context(request)
