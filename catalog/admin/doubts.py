"""A form asks about figures that contradict one another before it saves them, and keeps the reasons it is given."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst

from catalog.doubts import Doubt, Others, answered, doubts, reason_for, sources, unanswered
from catalog.doubts.asking import LEAST_REASON, MOST_REASON
from catalog.models import CatalogRecord
from catalog.text import NO_TEXT, is_text

PREFIX = "reason-"
OPEN_IT = "Open the record, and correct the figure or say why it is right."
TOO_SHORT = f"Say why in {LEAST_REASON} characters or more, or correct the figure."
TOO_LONG = f"Say it in {MOST_REASON} characters at most."


class Asked:
    """One sentence of the box above a form, the line for its reason, and what was typed there."""

    def __init__(self, doubt: Doubt, label: str, given: str) -> None:
        self.doubt, self.label, self.given = doubt, label, given
        self.html_name = html_name(doubt)

    @property
    def reason(self) -> str:
        """The reason without the blanks around it; "" where it is none."""
        return self.given.strip() if not self.fault else ""

    @property
    def fault(self) -> str:
        length = len(self.given.strip())
        if not is_text(self.given):
            return NO_TEXT.capitalize()
        return TOO_SHORT if length < LEAST_REASON else TOO_LONG if length > MOST_REASON else ""

    @property
    def is_wrong(self) -> bool:
        """Whether something was typed that is no reason."""
        return bool(self.given and self.fault)


def html_name(doubt: Doubt) -> str:
    """The name of the line for a reason: of this very sentence, so that no answer is taken for another's."""
    return f"{PREFIX}{hashlib.sha256(f'{doubt.check} {doubt.says}'.encode()).hexdigest()[:16]}"


class Asking(forms.ModelForm):
    """Asks once the row is valid by itself. What is answered is saved with its reason; what is not is not saved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: list[Asked] = []

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if not self.errors and self.has_changed_or_is_answered():
            self._ask()

    def has_changed_or_is_answered(self) -> bool:
        """A row of a list that nobody touched is not asked about."""
        return self.has_changed() or bool(self._reasons_sent())

    @property
    def asks_for_sources_alone(self) -> bool:
        """Whether no figure is asked about."""
        return all(asked.doubt.check in sources.CHECKS for asked in self.asked)

    @property
    def reasons_kept(self) -> dict[str, str]:
        """Reasons that were sent and are asked for nowhere now, because something else is wrong first."""
        shown = {asked.html_name for asked in self.asked}
        return {name: given for name, given in self._reasons_sent().items() if name not in shown}

    def _reasons_sent(self) -> dict[str, str]:
        names = [name for name in self.data if str(name).startswith(PREFIX)]
        return {name: self.data[name] for name in names if self.data[name]}

    def _ask(self) -> None:
        """An error at each field whose figure nobody answered for; the answers that there are, into the row."""
        row = self.instance
        every = doubts(row)
        self.asked = [self._asked(doubt) for doubt in every if not reason_for(row, doubt)]
        reasons = {asked.doubt: asked.reason for asked in self.asked if asked.reason}
        for asked in self.asked:
            if not asked.reason:
                self.add_error(self._place(asked.doubt), asked.doubt.says)
        if not self.errors:
            row.saved_anyway = answered(row, every, reasons)

    def _place(self, doubt: Doubt) -> str | None:
        """The field at which its sentence stands; None for above the form."""
        return doubt.field if doubt.field in self.fields else None

    def _asked(self, doubt: Doubt) -> Asked:
        column: Any = self._meta.model._meta.get_field(doubt.field)
        label = self.fields[doubt.field].label if doubt.field in self.fields else column.verbose_name
        given = self.data.get(html_name(doubt), "")
        return Asked(doubt, capfirst(str(label or column.verbose_name)), str(given))


class AskingForm(Asking):
    """The form of a record."""


class AskingRow(Asking):
    """A row of a list, which has no room for a reason: that is said in the record's own form."""

    def _ask(self) -> None:
        super()._ask()
        for name in {self._place(asked.doubt) for asked in self.asked}:
            self.add_error(name, OPEN_IT)

    def _place(self, doubt: Doubt) -> str | None:
        """At the cell that was changed: what stands above a row is taken for the row before it."""
        touched = (name for name in self.changed_data if name in self.fields)
        return super()._place(doubt) or next(touched, None)


def refuse_unanswered(row: CatalogRecord, others: Others | None = None) -> None:
    """Raise ValidationError with the sentences that nobody answered, for what saves a row without a form."""
    asked = unanswered(row, others)
    if asked:
        raise ValidationError([*_sentences(asked), OPEN_IT])


def _sentences(asked: Iterable[Doubt]) -> list[str]:
    return [doubt.says for doubt in asked]


class FiguresAreAskedAbout(admin.ModelAdmin):
    """The forms of a kind of record ask, in lists too."""

    form = AskingForm

    class Media:
        css = {"all": ["catalog/doubts.css"]}

    def get_changelist_form(self, request: HttpRequest, **options: Any) -> Any:
        form = super().get_changelist_form(request, **options)
        return type(f"Asking{form.__name__}", (AskingRow, form), {})
