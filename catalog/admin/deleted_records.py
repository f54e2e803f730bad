"""What was deleted lately, and the page from which a record comes back."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from catalog.admin.history_pages import LARGEST_NUMBER
from catalog.admin.record_form import NUMBER
from catalog.bringing_back import bring_back, deleted_states, went_with
from catalog.differences import in_words
from catalog.history import as_a_form_shows

A_PAGE = 50
BACK = "{name} is back as a draft. Look at it, then publish it."


class DeletedRecords(admin.ModelAdmin):
    """A list of what was deleted, for all who may look; to bring back takes the rights to add and to publish."""

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:number>/", view(self.bring_back_view), name=f"{name}_bringback"),
            *super().get_urls(),
        ]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(deleted_states(self.model), A_PAGE).get_page(request.GET.get("p"))
        return self._deleted_page(
            request, "deleted", f"Deleted lately: {self.opts.verbose_name_plural}", {"page": page}
        )

    def bring_back_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """A deleted record as it was; sent, the record comes back with the files that are ticked."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        state = deleted_states(self.model).filter(history_id=min(number, LARGEST_NUMBER)).first()
        if state is None:
            raise Http404
        files = [other for other in went_with(state) if self._may_bring_back(request, other.instance_type)]
        if request.method == "POST":
            return self._brought_back(request, state, files)
        return self._state_of_deleted(request, state, files, [])

    def _brought_back(self, request: HttpRequest, state: Any, files: list[Any]) -> HttpResponse:
        if not self._may_bring_back(request, self.model):
            raise PermissionDenied
        chosen = [other for other in files if _key(other) in request.POST.getlist("with")]
        try:
            row = bring_back(state, chosen)
        except ValidationError as error:
            return self._state_of_deleted(request, state, files, error.messages)
        messages.success(request, BACK.format(name=row))
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        )

    def _state_of_deleted(self, request: HttpRequest, state: Any, files: list[Any], faults: list[str]) -> HttpResponse:
        ticked = request.POST.getlist("with")
        more = {
            "state": state,
            "facts": list(_facts(state)),
            "files": [(_key(other), other, request.method == "GET" or _key(other) in ticked) for other in files],
            "faults": faults,
            "may_bring_back": self._may_bring_back(request, self.model),
        }
        return self._deleted_page(request, "bring_back", f"Bring back: {state.name}", more)

    def _may_bring_back(self, request: HttpRequest, kind: Any) -> bool:
        rights = (get_permission_codename(right, kind._meta) for right in ("add", "publish"))
        return all(request.user.has_perm(f"{kind._meta.app_label}.{right}") for right in rights)

    def _deleted_page(self, request: HttpRequest, name: str, title: str, more: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **more}
        return TemplateResponse(request, f"admin/catalog/{name}.html", context)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Who comes to a page of a record that is deleted is led to where it comes back."""
        state = None
        if request.method == "GET" and NUMBER.fullmatch(object_id) and self.has_view_permission(request):
            state = deleted_states(self.model).filter(id=object_id).first()
        if state is None:
            answer: HttpResponse = super()._get_obj_does_not_exist_redirect(  # type: ignore[misc]  # not in the stubs
                request, opts, object_id
            )
            return answer
        messages.warning(request, f"{state.name} was deleted.")
        return self._led_to("bringback", state.pk)

    def _led_to(self, page: str, number: int) -> HttpResponse:
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[number])
        )


def _key(state: Any) -> str:
    return f"{state.instance_type._meta.model_name}:{state.pk}"


def _facts(state: Any) -> Iterator[tuple[str, str]]:
    """Each field that was not empty, under its label, in words."""
    for column in state.tracked_fields:
        value = getattr(state, column.attname)
        if column.name != "id" and value not in (None, "", [], False):
            yield str(column.verbose_name), in_words("", as_a_form_shows(column, value))[1]
