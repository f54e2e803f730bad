"""What somebody typed into the form of a record, as a row that is not saved."""

import copy
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from catalog.admin.shown_again import BACK
from catalog.history import FieldChange, fields_apart
from catalog.models import CatalogRecord

NEW = "add"
# Buttons, and what each form has of its own.
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "_save", "_addanother", "_continue", "_saveasnew", "_effects", BACK})


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of a record at the desk: of the row with this key, or of a new one."""

    request: HttpRequest
    kind: type[CatalogRecord]
    key: str

    @classmethod
    def of(cls, request: HttpRequest, kind: str, key: str) -> "Form":
        """Of a kind and a key as addresses have them; refused to whoever may not save it, 404 where there is none and
        nothing was sent. What was sent of a record deleted meanwhile is a new one's."""
        form = cls(request=request, kind=apps.get_model("catalog", kind), key=key)
        admin_of, row = form.admin, form.row()
        if key != NEW and row is None and request.method != "POST":
            raise Http404("There is no such record.")
        if not (admin_of.has_change_permission(request, row) if row else admin_of.has_add_permission(request)):
            raise PermissionDenied
        return form

    @property
    def admin(self) -> Any:
        """How the desk keeps this kind of record."""
        return admin.site.get_model_admin(self.kind)

    @property
    def address(self) -> str:
        """Where the form stands, and is saved."""
        place = f"admin:catalog_{self.kind.kind()}"
        return reverse(f"{place}_add") if self.key == NEW else reverse(f"{place}_change", args=[self.key])

    def row(self) -> CatalogRecord | None:
        """The row as it is saved now; None of a new record."""
        row: CatalogRecord | None = None if self.key == NEW else self.admin.get_object(self.request, self.key)
        return row

    def of_what_is_gone(self) -> HttpResponse | None:
        """Where the record was deleted meanwhile, what saving it would answer: a form of a new one with all that was
        typed, and who deleted it. None where it is there, or is new."""
        if self.key == NEW or self.row() is not None:
            return None
        answer: HttpResponse = self.admin.changeform_view(self.request, self.key)
        return answer

    def typed(self) -> "Typed | None":
        """The row as it was typed, not saved; None where something is wrong with it.

        What saving only asks about (`catalog.doubts`) is no fault here: its effects help to answer.
        """
        row = self.row()
        form_class = self.admin.get_form(self.request, row, change=row is not None)
        form = form_class(self.request.POST, self.request.FILES, instance=row)
        if not form.is_valid() and not form.asked:
            return None
        questions = [asked.doubt.says for asked in form.asked if not asked.reason]
        return Typed(row=form.instance, now=self.row(), questions=questions, others=form.also_saved)

    def with_its_faults(self) -> HttpResponse:
        """The form as it was sent, with what is wrong with it."""
        key = None if self.key == NEW else self.key
        answer: HttpResponse = self.admin.with_its_faults(self.request, key, self.address)
        return answer

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Every field as it was sent, to be sent again."""
        lists = self.request.POST.lists()
        return [(name, value) for name, values in lists if name not in NOT_CARRIED for value in values]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A row as it was typed, beside the one that is saved now, what saving it would ask, and what is saved with it."""

    row: CatalogRecord
    now: CatalogRecord | None
    questions: list[str]
    others: list[CatalogRecord]

    @property
    def is_draft(self) -> bool:
        """Whether it is on no page and stays on none."""
        return not self.row.is_published and not (self.now and self.now.is_published)

    @property
    def fields(self) -> list[FieldChange]:
        """What was typed of an old record, field by field."""
        return fields_apart(self.now, self.row) if self.now else []

    @property
    def fields_of_others(self) -> list[tuple[CatalogRecord, list[FieldChange]]]:
        """The other rows that are saved with it, field by field."""
        return [(row, fields_apart(type(row)._default_manager.get(pk=row.pk), row)) for row in self.others]

    @property
    def as_public(self) -> CatalogRecord:
        """The row whose effects are told: of a draft as if it were published."""
        if not self.is_draft:
            return self.row
        published = copy.copy(self.row)
        published.status = CatalogRecord.Status.PUBLISHED
        return published

    @property
    def missing(self) -> list[str]:
        """What keeps a draft from being published, in sentences."""
        try:
            self.as_public.full_clean()
        except ValidationError as error:
            return list(error.messages)
        return []
