"""A form is not saved over what somebody else changed while it was open, nor is anything typed in it lost."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from catalog.admin.record_form import LEADS_ON, MERGE, NUMBER, RecordForm
from catalog.history import DELETED, fields_apart

GONE = (
    "{who} deleted this record at {when} UTC, while you had it open. Nothing is saved. "
    "Everything that you typed is below: to save it adds it as a new record."
)


NOTHING_CHANGED = "{kind} “{row}”: nothing was changed, and nothing is saved."


class RefusesStaleForms(admin.ModelAdmin):
    """The check and the save are one transaction, with the row locked where the database knows such locks."""

    # Why the form of this request can only be shown, set on the request.
    REFUSAL = "_why_the_form_is_refused"
    # What is said of a save that wrote nothing, set on the request.
    IDLE = "_nothing_was_changed"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        return type(form.__name__, (RecordForm, form), {"refusal": getattr(request, self.REFUSAL, "")})

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """As Django's; who is about to save it has it alone until then."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST" or not connection.in_atomic_block:
            return record
        return self.model._base_manager.select_for_update().filter(pk=record.pk).first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write what differs from the row; a form that changes nothing writes nothing, not even the time."""
        row = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        if row is None or fields_apart(row, obj):
            super().save_model(request, obj, form, change)
        elif _is_saved(request):
            setattr(request, self.IDLE, NOTHING_CHANGED.format(kind=capfirst(self.opts.verbose_name), row=obj))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """As Django's; a form that was merged ends where the button leads that was pressed first."""
        first = request.POST.get(MERGE, "")
        if first in LEADS_ON:
            sent = request.POST.copy()
            sent[first] = "1"
            request.POST = sent  # type: ignore[assignment]  # what Django gives cannot be changed
        return super().response_change(request, obj)

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        """As Django's; where nothing was changed that is said instead of success."""
        idle = getattr(request, self.IDLE, "")
        told = (idle, messages.INFO) if idle and level == messages.SUCCESS else (message, level)
        super().message_user(request, told[0], told[1], extra_tags, fail_silently)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As Django's, if anything changed."""
        return super().log_change(request, obj, message) if message else None

    def _get_list_editable_queryset(self, request: HttpRequest, prefix: str) -> Any:
        rows = super()._get_list_editable_queryset(request, prefix)
        return rows.select_for_update(of=("self",)) if connection.in_atomic_block else rows

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """A form of a record that was deleted meanwhile becomes one of a new record, with everything typed in it."""
        why = self._why_gone(object_id) if _is_saved(request) else ""
        if not why:
            answer: HttpResponse = super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]  # not in the stubs
                request, opts, object_id
            )
            return answer
        setattr(request, self.REFUSAL, why)
        address = reverse(f"admin:catalog_{opts.model_name}_add")
        shown: HttpResponse = self._changeform_view(request, None, address, None)  # type: ignore[attr-defined]
        return shown

    def _why_gone(self, object_id: str) -> str:
        if not NUMBER.fullmatch(object_id):
            return ""
        states: Any = self.model.history.select_related("history_user")
        last = states.filter(id=object_id, history_type=DELETED).first()
        if last is None:
            return ""
        who = last.history_user.get_username() if last.history_user else "Somebody"
        return GONE.format(who=who, when=f"{timezone.localtime(last.history_date):%H:%M}")


def _is_saved(request: HttpRequest) -> bool:
    """Whether the form of a record was sent, to be saved or to be told its effects, and not the question whether to
    delete it."""
    name = str(request.resolver_match.url_name) if request.resolver_match else ""
    return request.method == "POST" and (name.endswith("_change") or name.startswith("effects"))
