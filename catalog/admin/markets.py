"""What people take, say and pay, and what editors would run: popularity, scores, prices, picks."""

from typing import Any

from django.contrib import admin

from catalog.admin.figures import column
from catalog.admin.records import CatalogRecordAdmin
from catalog.models import BoardScore, Pick, Popularity, Price

NOTES: Any = ("Notes", {"fields": ("editor_notes",)})


@admin.register(Popularity)
class PopularityAdmin(CatalogRecordAdmin):
    list_display = (
        *("name", column(Popularity, "downloads"), column(Popularity, "likes"), column(Popularity, "pulls")),
        *(column(Popularity, "pulls_90_days"), "downloads_seen_in", "status", "updated_at"),
    )
    list_filter = ("status", "downloads_seen_in", "pulls_family")
    list_select_related = ("model",)
    search_fields = ("name", "slug", "model__name", "pulls_family")
    autocomplete_fields = ("model",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "model")}),
        ("Hugging Face", {"fields": ("downloads", "downloads_seen_in", "downloads_source")}),
        (None, {"fields": ("likes", "likes_seen_in", "likes_source")}),
        ("Ollama", {"fields": ("pulls", "pulls_90_days", "pulls_family", "pulls_seen_in", "pulls_source")}),
        NOTES,
        CatalogRecordAdmin.housekeeping,
    )


@admin.register(BoardScore)
class BoardScoreAdmin(CatalogRecordAdmin):
    list_display = ("name", "model", "board", "score", "seen_in", "estimated", "shown", "status", "updated_at")
    list_filter = ("status", "board", "shown", "estimated")
    list_select_related = ("model",)
    search_fields = ("name", "slug", "board", "entry", "model__name")
    autocomplete_fields = ("model",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "model", "board", "score", "entry", "seen_in", "estimated")}),
        ("Publishing", {"fields": ("data_licence", "shown")}),
        NOTES,
        CatalogRecordAdmin.housekeeping,
    )


@admin.register(Price)
class PriceAdmin(CatalogRecordAdmin):
    list_display = (
        *("name", "gpu", "kind_of_price", column(Price, "amount"), "currency", "seen_in", "seller", "whole_machine"),
        *("status", "updated_at"),
    )
    list_filter = ("status", "kind_of_price", "whole_machine", "currency", "seller")
    list_select_related = ("gpu",)
    search_fields = ("name", "slug", "seller", "gpu__name")
    autocomplete_fields = ("gpu",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "gpu", "kind_of_price", "whole_machine")}),
        ("Price", {"fields": ("amount", "currency", "lowest", "highest", "seen_in", "seller", "remark")}),
        NOTES,
        CatalogRecordAdmin.housekeeping,
    )


@admin.register(Pick)
class PickAdmin(CatalogRecordAdmin):
    list_display = ("name", "use", "memory_class", "with_ram", "model", "picked_on", "status", "updated_at")
    list_filter = ("status", "use", "memory_class", "with_ram")
    list_select_related = ("model",)
    search_fields = ("name", "slug", "reason", "model__name")
    autocomplete_fields = ("model",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "use", "memory_class", "with_ram", "model", "reason", "picked_on")}),
        NOTES,
        CatalogRecordAdmin.housekeeping,
    )
