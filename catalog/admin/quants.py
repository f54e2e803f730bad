from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from catalog.admin.doubts import AskingForm, refuse_unanswered
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import CatalogRevision, Quant

LAST_DEFAULT = (
    "Advice on every page is given for the default: there must be one. To give the mark to another, tick that one in the "
    "list of quantizations and choose “Make it the default”."
)
CHOOSE_ONE = "Choose one quantization: there is one default."


class QuantForm(AskingForm):
    """The default is moved, never taken away."""

    def clean_is_default(self) -> bool:
        ticked: bool = self.cleaned_data["is_default"]
        if not ticked and Quant.objects.filter(pk=self.instance.pk, is_default=True).exists():
            raise ValidationError(LAST_DEFAULT)
        return ticked


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

    @admin.action(description="Make it the default", permissions=["publish"])
    def make_default(self, request: HttpRequest, queryset: Any) -> None:
        """The mark goes from the one that has it to another, as one change for readers."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, CHOOSE_ONE, messages.WARNING)
            return
        try:
            with CatalogRevision.as_one_change(), transaction.atomic():
                _move_default(chosen[0])
        except ValidationError as error:
            reasons = " ".join(error.messages)
            self.message_user(request, f"{chosen[0]} was left as it is: {reasons}", messages.WARNING)
            return
        self.log_change(request, chosen[0], "Made the default.")
        self.message_user(request, f"{chosen[0]} is the default now.", messages.SUCCESS)


def _move_default(row: Quant) -> None:
    """Raise ValidationError where the row cannot be the default, or something is asked about it."""
    for former in Quant.objects.filter(is_default=True).exclude(pk=row.pk):
        former.is_default = False
        former.save()
    row.is_default = True
    row.full_clean()
    refuse_unanswered(row)
    row.save()
