"""What changes a public page takes the right to publish; who has it not keeps drafts."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.http import HttpRequest, HttpResponse

READ_ONLY = (
    "This record is public, and a change would be on its pages at once: that takes the right to publish. "
    "Ask somebody of the group Publishers to make the change, or to take the record off the site for you."
)


class PublishingIsARight(admin.ModelAdmin):
    """Without the right to publish a record's status is shown only, and a public record can be looked at only."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this user may publish records of this kind, and take them off."""
        codename = get_permission_codename("publish", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{codename}"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or not obj.is_published or self.has_publish_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        shown = tuple(super().get_readonly_fields(request, obj))
        return shown if self.has_publish_permission(request) else (*shown, "status")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **options: Any) -> HttpResponse:
        """The form; above that of a public record, for who may change drafts only, why it cannot be saved."""
        record = context.get("original")
        if record and super().has_change_permission(request, record) and not self._may_touch(request, record):
            messages.info(request, READ_ONLY)
        return super().render_change_form(request, context, *args, **options)
