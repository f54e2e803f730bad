"""Publishing as a button of its own, beside what is missing for it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst

from catalog.admin.publishers import Asked, publishers
from catalog.admin.publishing import PublishingIsARight
from catalog.admin.publishing_form import PublishingForm
from catalog.completeness import missing, remarks
from catalog.models import CatalogRecord

PUBLISH, TAKE_OFF = "_publish", "_take_off"
# The status that each button saves with, and what the desk says then.
STATUSES = {PUBLISH: CatalogRecord.Status.PUBLISHED, TAKE_OFF: CatalogRecord.Status.DRAFT}
DONE = {PUBLISH: "was saved and is public now.", TAKE_OFF: "was saved and is off the site. It is a draft now."}


class PublishButtons(PublishingIsARight):
    """Save and publish, save and take off; who may not publish is told whom to ask."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        return type(form.__name__, (PublishingForm, form), {})

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """A button stands for the status: whatever is wrong with it is said in the form, as of any other save."""
        button = _button(request.POST)
        if button and self.has_publish_permission(request):
            sent = request.POST.copy()
            sent["status"] = STATUSES[button]
            request.POST = sent  # type: ignore[assignment]  # what Django gives cannot be changed
        return super().changeform_view(request, *args, **options)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        """The form with its buttons, and above a draft what is missing."""
        original = context.get("original")
        # The record as it is stored: a form that was refused has filled in what was typed.
        row = self.model._default_manager.filter(pk=original.pk).first() if original else None
        context.update(self._publishing(request, row, bool(context.get("is_popup"))))
        return super().render_change_form(request, context, *args, **options)

    def _publishing(self, request: HttpRequest, row: Any, is_popup: bool) -> dict[str, Any]:
        may_publish, is_public = self.has_publish_permission(request), row is not None and row.is_published
        may_save = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        shown: dict[str, Any] = {
            "show_publish": may_publish and may_save and not is_public and not is_popup,
            "show_take_off": may_publish and may_save and is_public and not is_popup,
        }
        if row is None or is_public:
            return shown
        asked: Iterable[Asked] = () if may_publish else publishers(self.model, row, request)
        return {**shown, "draft": row, "missing": missing(row), "remarks": remarks(row), "publishers": asked}

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **options: Any) -> HttpResponse:
        return self._after_button(request, obj) or super().response_add(request, obj, *args, **options)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._after_button(request, obj) or super().response_change(request, obj)

    def _after_button(self, request: HttpRequest, row: CatalogRecord) -> HttpResponse | None:
        """The form again, where the page on the site is a link now."""
        button = _button(request.POST)
        if not button or row.status != STATUSES[button] or not self.has_publish_permission(request):
            return None
        self.message_user(request, f"{capfirst(self.opts.verbose_name)} “{row}” {DONE[button]}", messages.SUCCESS)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        filters: Any = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(filters, address))


def _button(sent: Any) -> str:
    return next((button for button in STATUSES if button in sent), "")
