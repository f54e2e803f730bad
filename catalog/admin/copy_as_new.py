"""A new draft with the figures of another record, without what is only true of that."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse

from catalog.admin.related_select import KEY

COPY_OF = "copy_of"
# Of every kind of record: what a record is called, where its figures are from, what editors noted of it.
OWN = (
    *("name", "slug", "full_name", "also_called", "status", "sources", "notes", "editor_notes", "confidence"),
    "seen_in",
)
# What else is only true of one record, by kind.
OWN_OF = {
    "gpu": (
        "class_example",
        *("release_date", "launch_price_usd", "launch_price_source"),
        *("reported_memory_mib", "reported_by", "reported_source"),
    ),
    "languagemodel": (
        "release_date",
        "hugging_face_id",
        "header_parameters",
        "header_extra",
        "common",
        "common_reason",
        "successor",
    ),
    "quant": (
        *("mix", "order", "is_default", "perplexity", "perplexity_rise", "kl_divergence"),
        *("quality_basis", "quality_source"),
    ),
    "artifact": (
        *("label", "quant", "preferred", "file_name"),
        *("size_bytes", "rounding_bytes", "token_list_bytes", "draft_bytes"),
    ),
    "repository": ("labels",),
    "popularity": (
        *("downloads", "downloads_seen_in", "likes", "likes_seen_in", "pulls", "pulls_90_days", "pulls_seen_in"),
    ),
    "boardscore": ("score", "entry", "estimated"),
    "price": ("amount", "lowest", "highest", "remark"),
    "pick": ("reason", "picked_on"),
    "benchmark": (
        *("decode_tokens_s", "prefill_tokens_s", "measured_in", "runs", "trust", "for_calibration"),
        "hidden_because",
    ),
}


class CopyAsNew(admin.ModelAdmin):
    """`add/?copy_of=5`: the form of a new record, filled in; nothing is saved before somebody saves it."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        row = self._original(request)
        if row is None:
            return {
                name: value for name, value in super().get_changeform_initial_data(request).items() if name != COPY_OF
            }
        names = set(_form_fields(self)) - {*OWN, *OWN_OF[row.kind()]}
        return {
            column.name: column.value_from_object(row) for column in row._meta.concrete_fields if column.name in names
        }

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        row = self._original(request) if request.method == "GET" else None
        if row is not None:
            empty = [name for name in _form_fields(self) if name in (*OWN, *OWN_OF[row.kind()]) and name != "status"]
            labels = ", ".join(str(getattr(self.opts.get_field(name), "verbose_name", name)) for name in empty)
            messages.info(
                request, f"A copy of “{row}”, not saved yet. Left empty, for it is only true of that: {labels}."
            )
        return super().add_view(request, form_url, extra_context)

    def _original(self, request: HttpRequest) -> Any:
        """The record to copy, where there is one that the user may look at."""
        key = request.GET.get(COPY_OF, "")
        row = self.model._default_manager.filter(pk=key).first() if KEY.fullmatch(key) else None
        return row if row is not None and self.has_view_permission(request, row) else None


def _form_fields(desk: admin.ModelAdmin) -> list[str]:
    """The names in a form, in its order."""
    return [name for _, part in desk.fieldsets or () for name in part["fields"] if isinstance(name, str)]
