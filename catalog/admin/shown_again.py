"""A form that comes back as it was typed: from a page that showed what saving it would do, and saved nothing."""

from typing import Any

from django.contrib import admin
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse

# The name of the button that leads back.
BACK = "_back"


class NotSaved(Form):
    """Whatever was typed, it is shown, with what is wrong with it, and not saved."""

    def is_valid(self) -> bool:
        return False


class AsTyped(NotSaved):
    """Whatever was typed is shown as it was, and nothing is said of it yet."""

    def full_clean(self) -> None:
        self._errors, self.cleaned_data = ErrorDict(), {}


class ShownAgain(admin.ModelAdmin):
    """Shows a form again that was sent with the button BACK, and whatever form another page asks it to show."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change, **options)
        as_shown = AsTyped if BACK in request.POST else getattr(request, "form_as_shown", None)
        return type(form.__name__, (as_shown, form), {}) if as_shown else form

    def with_its_faults(self, request: HttpRequest, key: str | None, address: str) -> HttpResponse:
        """The form as it was sent, with what is wrong with it at its fields; its buttons lead to `address`."""
        request.form_as_shown = NotSaved  # type: ignore[attr-defined]
        return self.changeform_view(request, key, form_url=address)
