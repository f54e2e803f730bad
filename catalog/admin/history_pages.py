"""The history of a record at the desk: each change in values, and the way back to each state."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from catalog.admin.as_sent import as_sent
from catalog.history import FieldChange, change, fields_apart, states_with_the_one_before

A_PAGE = 20
# As large as the number of a state can be.
LARGEST_NUMBER = 2**31 - 1
TAKEN_BACK = "Taken back to the state of {when} UTC."
NOTHING_CHOSEN = "Nothing is changed: no field is ticked."


class HistoryPages(admin.ModelAdmin):
    """A page of all changes, and one of each state, from which fields are taken back through the record's own form."""

    # Why the form of this request is saved, set on the request.
    REASON = "_why_it_is_saved"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.state_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        return [path("<path:object_id>/history/<int:number>/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self._to_look_at(request, object_id)
        if isinstance(record, HttpResponse):
            return record
        page = Paginator(record.history.select_related("history_user"), A_PAGE).get_page(request.GET.get("p"))
        pairs = states_with_the_one_before(type(record), page)
        entries = [(change(state, earlier), earlier) for state, earlier in pairs]
        more = {"page": page, "entries": entries, "older_lines": _lines_of_before(record)}
        return self._page(request, "history", record, {**more, **(extra_context or {})})

    def state_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """What would change from now to a state; sent with ticks, the form of the record as these would have it."""
        record = self._to_look_at(request, object_id)
        if isinstance(record, HttpResponse):
            return record
        state = record.history.select_related("history_user").filter(history_id=min(number, LARGEST_NUMBER)).first()
        if state is None:
            raise Http404
        if request.method == "POST" and not self.has_change_permission(request, record):
            raise PermissionDenied
        fields = self._to_take_back(request, record, state)
        chosen = [field.name for field in fields if field.name in request.POST.getlist("take")]
        if chosen:
            return self._taken_back(request, record, state, chosen)
        if request.method == "POST":
            messages.warning(request, NOTHING_CHOSEN)
        return self._state_page(request, record, state, fields)

    def _state_page(self, request: HttpRequest, record: Any, state: Any, fields: list[FieldChange]) -> HttpResponse:
        ticked = set(request.GET.getlist("take")) or {field.name for field in fields}
        names = {field.name for field in fields}
        more = {
            "change": change(state, None),
            "fields": [(field, field.name in ticked) for field in fields],
            "others": [field for field in fields_apart(record, state) if field.name not in names],
            "newest": record.history.values_list("history_id", flat=True).first(),
            "may_take_back": self.has_change_permission(request, record),
        }
        return self._page(request, "state", record, more)

    def _taken_back(self, request: HttpRequest, record: Any, state: Any, chosen: list[str]) -> HttpResponse:
        """Sent as if it was typed into the record's form: the same rights, checks, questions and transaction."""
        form = self.get_form(request, record, change=True)
        sent = as_sent(form(instance=record, initial={name: _of_form(state, name) for name in chosen}))
        sent["opened_state"] = request.POST.get("opened_state", "")
        request.POST = sent  # type: ignore[assignment]  # what Django gives cannot be changed
        setattr(request, self.REASON, _reason(state))
        return self.changeform_view(request, str(record.pk), form_url=self._address("change", record.pk))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._change_reason = getattr(request, self.REASON, None)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        reason = getattr(request, self.REASON, "")
        if not reason:
            return super().response_change(request, obj)
        messages.success(request, reason)
        return HttpResponseRedirect(self._address("history", obj.pk))

    def _to_take_back(self, request: HttpRequest, record: Any, state: Any) -> list[FieldChange]:
        """The fields that differ from now, of those that this user's form has; all of them for who may only look."""
        fields = fields_apart(record, state)
        if not self.has_change_permission(request, record):
            return fields
        names = self.get_form(request, record, change=True).base_fields
        return [field for field in fields if field.name in names]

    def _to_look_at(self, request: HttpRequest, object_id: str) -> Any:
        """The record, or the answer that says that there is none."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record or self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]

    def _page(self, request: HttpRequest, name: str, record: Any, more: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        title = {"history": "History", "state": "What taking back would change"}[name]
        mine = {"title": title, "subtitle": str(record), "original": record, "opts": self.opts}
        context = {**self.admin_site.each_context(request), **mine, **more}
        return TemplateResponse(request, f"admin/catalog/{name}.html", context)

    def _address(self, page: str, *arguments: object) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=arguments)


def _reason(state: Any) -> str:
    return TAKEN_BACK.format(when=f"{timezone.localtime(state.history_date):%Y-%m-%d %H:%M}")


def _of_form(state: Any, name: str) -> Any:
    return state._meta.get_field(name).value_from_object(state)


def _lines_of_before(record: Any) -> list[LogEntry]:
    """What the admin noted of a record before its states were kept: that it was changed, without values."""
    first = record.history.order_by("history_id").first()
    kind = ContentType.objects.get_for_model(record)
    lines = LogEntry.objects.filter(content_type=kind, object_id=str(record.pk)).select_related("user")
    return list(lines.filter(action_time__lt=first.history_date)[:A_PAGE]) if first else list(lines[:A_PAGE])
