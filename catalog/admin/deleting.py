"""What a deletion takes with it is said before it happens; where the addresses lead afterwards is chosen there."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from catalog.admin.choices import Suggesting
from catalog.deletion import effects, has_address, places, refusals
from catalog.models import CatalogRecord, CatalogRevision

Rows = Sequence[CatalogRecord]
# Of what is deleted so many are named, and the rest counted.
NAMED = 10
NO_SUCH_PLACE = "Nothing was deleted: the address cannot lead there. Type a name that is offered, or nothing."


class LeadsTo(forms.Form):
    """Where the addresses of deleted records lead: typed, with all names offered while one types."""

    leads_to = forms.CharField(label="Lead the address to", required=False)

    def __init__(self, rows: Rows, data: Any = None) -> None:
        super().__init__(data)
        close, others = places(rows)
        self.close = [name for _, name in close]
        self.slugs = {word: slug for slug, name in (*close, *others) for word in (name, slug)}
        self.fields["leads_to"].widget = Suggesting([name for _, name in (*close, *others)])

    def clean_leads_to(self) -> str:
        """The slug of what was typed, a name or a slug; "" for nowhere."""
        typed: str = self.cleaned_data["leads_to"]
        if typed and typed not in self.slugs:
            raise ValidationError(NO_SUCH_PLACE)
        return self.slugs.get(typed, "")


class DeletionsAreExplained(admin.ModelAdmin):
    """Deletes one record, or several of a list, after saying what goes with them."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row: Any = self.get_object(request, unquote(object_id))
        if row is None:
            return super().delete_view(request, object_id, extra_context)
        if request.method == "POST" and not _form([row], request.POST).is_valid():
            messages.error(request, NO_SUCH_PLACE)
            return HttpResponseRedirect(request.get_full_path())
        return super().delete_view(request, object_id, {**(extra_context or {}), "deletion": _explained([row])})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        obj.address_leads_to = _place([obj], request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """One change for the public, however many records."""
        rows = list(queryset)
        place = _place(rows, request)
        with CatalogRevision.as_one_change():
            for row in rows:
                row.address_leads_to = place
                row.delete()

    def get_actions(self, request: HttpRequest) -> Any:
        """Django's own, whose question is answered with what goes with the records."""
        actions: Any = super().get_actions(request)
        if "delete_selected" in actions:
            actions["delete_selected"] = (delete_explained, *actions["delete_selected"][1:])
        return actions

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's, with the first of what is deleted and the number of the rest, and what cannot be deleted."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return _first(deleted), counts, lacking, [*protected, *refusals(list(objs))]


def delete_explained(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """Ask whether to delete the chosen records, or delete them."""
    rows = list(queryset)
    if request.POST.get("post") and rows and not _form(rows, request.POST).is_valid():
        messages.error(request, NO_SUCH_PLACE)
        return None
    answer: HttpResponse | None = delete_selected(modeladmin, request, queryset)
    if isinstance(answer, TemplateResponse) and rows:
        answer.context_data = {**(answer.context_data or {}), "deletion": _explained(rows)}
    return answer


def _explained(rows: Rows) -> dict[str, Any]:
    return {"effects": effects(rows), "form": _form(rows) if has_address(rows) else None}


def _form(rows: Rows, data: Any = None) -> LeadsTo:
    return LeadsTo(rows, data)


def _place(rows: Rows, request: HttpRequest) -> str:
    """The slug that was chosen; "" for nowhere, and of records that have no address."""
    form = _form(rows, request.POST)
    return form.cleaned_data["leads_to"] if rows and form.is_valid() and has_address(rows) else ""


def _first(items: list[Any]) -> list[Any]:
    """The first of a list of Django's, in which what goes with an item is a list after it."""
    shown: list[Any] = []
    count = 0
    for item in items:
        is_item = not isinstance(item, list)
        count += is_item
        if count <= NAMED:
            shown.append(item if is_item else _first(item))
    return [*shown, f"and {count - NAMED:,} more"] if count > NAMED else shown
