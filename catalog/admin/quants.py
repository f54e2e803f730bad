from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from catalog.admin.as_sent import as_sent
from catalog.admin.doubts import AskingForm, refuse_unanswered
from catalog.admin.records import CatalogRecordAdmin
from catalog.default_quant import given_back_by, moved_to, save_other
from catalog.models import CatalogRevision, Quant

LAST_DEFAULT = (
    "Advice on every page is given for the default: there must be one. To give the mark to another, tick that one in "
    "the list of quantizations and choose “Make it the default”."
)
CHOOSE_ONE = "Choose one quantization: there is one default."
IS_IT = "{} is the default already."


class QuantForm(AskingForm):
    """The default is moved, never taken away: ticked, the mark is taken from the row that has it."""

    # Whether a change is taken back: then the mark may go, for it goes to the row that had it before.
    takes_back = False

    def clean_is_default(self) -> bool:
        ticked: bool = self.cleaned_data["is_default"]
        is_default = Quant.objects.filter(pk=self.instance.pk, is_default=True).exists()
        if ticked and not is_default:
            self._saved_with(moved_to(self.instance))
        if is_default and not ticked:
            former = given_back_by(self.instance) if self.takes_back else None
            if former is None:
                raise ValidationError(LAST_DEFAULT)
            refuse_unanswered(former)
            self._saved_with(former)
        return ticked

    def _saved_with(self, other: Quant | None) -> None:
        self.also_saved = [other] if other else []


@admin.register(Quant)
class QuantAdmin(CatalogRecordAdmin):
    form = QuantForm
    actions = (*CatalogRecordAdmin.actions, "make_default")
    list_display = (
        "name",
        "order",
        "shown",
        "bytes_per_weight",
        "worth_recommending",
        "is_default",
        "status",
        "updated_at",
    )
    list_editable = ("order", "shown", "worth_recommending")
    list_filter = ("status", "shown", "worth_recommending", "needs_imatrix")
    search_fields = ("name", "slug", "mix")
    ordering = ("order",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "mix", "bytes_per_weight", "needs_imatrix", "quality")}),
        (
            "Measured quality",
            {"fields": ("perplexity", "perplexity_rise", "kl_divergence", "quality_basis", "quality_source")},
        ),
        ("Advice", {"fields": ("order", "shown", "worth_recommending", "is_default")}),
        CatalogRecordAdmin.housekeeping,
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **options)
        # The class is made for this request alone.
        form.takes_back = bool(getattr(request, self.REASON, ""))
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """With the row that loses the mark to this one, or gets it back: as one change for readers."""
        others = getattr(form, "also_saved", [])
        with CatalogRevision.as_one_change():
            # The database has one default at any moment.
            for other in others if obj.is_default else ():
                self._save_other(request, other, obj)
            super().save_model(request, obj, form, change)
            for other in () if obj.is_default else others:
                self._save_other(request, other, other)

    def _save_other(self, request: HttpRequest, other: Quant, now_default: Quant) -> None:
        save_other(other, now_default)
        self.log_change(request, other, f"The default is {now_default} now.")

    @admin.action(description="Make it the default", permissions=["publish"])
    def make_default(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """The page that says what it would change, with the record's form as if the mark had been ticked there."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, CHOOSE_ONE, messages.WARNING)
            return None
        (row,) = chosen
        why_not = self._why_not(request, row)
        if why_not:
            self.message_user(request, why_not, messages.WARNING)
            return None
        view = resolve(reverse("desk:effects", args=[row.kind(), row.pk]))
        answer: HttpResponse = view.func(request, *view.args, **view.kwargs)
        return answer

    def _why_not(self, request: HttpRequest, row: Quant) -> str:
        """Why the mark cannot be given to a row; "" where it can, and the request is that of its form then."""
        if row.is_default:
            return IS_IT.format(row)
        form = self.get_form(request, row, change=True)
        sent = as_sent(form(instance=row, initial={"is_default": True}))
        typed = form(sent, instance=row)
        if typed.is_valid() or typed.asked:
            request.POST = sent  # type: ignore[assignment]  # what Django gives cannot be changed
            return ""
        sentences = (sentence for errors in typed.errors.values() for sentence in errors)
        return f"{row} was left as it is: {' '.join(sentences)}"
