"""The slug of a new record follows from its name by the site's own rule, asked of the server while one types."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse

from catalog.models import CatalogRecord

# Django's own, whose rule is another: Qwen2.5 72B would be qwen25-72b.
NOT_OURS = ("urlify", "prepopulate", "xregexp")
LONGEST_NAME = 80
LEFT_EMPTY = (
    "Left empty, it follows from the name. Permanent once public: a change leads the old address to the new one."
)


class SlugsAreProposed(admin.ModelAdmin):
    """A slug that is left empty is given; one that is typed is kept."""

    model: type[CatalogRecord]

    @property
    def media(self) -> forms.Media:
        """Django's, without the scripts of its own rule, and with ours."""
        django: Any = super().media
        scripts = [script for script in django._js if not any(name in script for name in NOT_OURS)]
        return forms.Media(js=[*scripts, "catalog/proposed_slug.js"])

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        slug = form.base_fields.get("slug")
        if slug is not None and obj is None:
            slug.required, slug.help_text = False, LEFT_EMPTY
            slug.widget.attrs["data-proposed-by"] = reverse(f"admin:{self._proposal_name()}")
        return form

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proposed_slug_view)
        return [path("proposed-slug/", view, name=self._proposal_name()), *super().get_urls()]

    def _proposal_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_proposed_slug"

    def proposed_slug_view(self, request: HttpRequest) -> JsonResponse:
        """The slug that a record of `?name=` would be given; for who may add one, and for no cache."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return JsonResponse({"slug": self.model.proposed_slug(request.GET.get("name", "")[:LONGEST_NAME])})
