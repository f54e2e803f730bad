"""Figures at the desk: in lists and under their fields, with thousands apart and in their short form."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminBigIntegerFieldWidget
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.labels import label
from catalog.short_figures import memory, parameters, plain

# Below this a figure is read at a glance.
LONG = 10_000


def short(name: str, value: int) -> str:
    """The short form of a long figure, by the name of its field: 8.0B weights, 47.4 GB; "" where there is none."""
    if value < LONG or ("bytes" not in name and "parameters" not in name):
        return ""
    return memory(value) if "bytes" in name else parameters(value)


def grouped(value: Decimal | int) -> str:
    """8,030,261,248; of a decimal without empty places: 1,008."""
    return f"{value:,}" if isinstance(value, int) else plain(value)


def in_full(name: str, value: int) -> str:
    """What stands under a field: "8,030,261,248 (8.0B)"; nothing where the figure itself is as plain."""
    in_short = short(name, value)
    if value < LONG:
        return ""
    return f"{grouped(value)} ({in_short})" if in_short else grouped(value)


def column(model: type[models.Model], name: str) -> Callable[[Any], Any]:
    """A column of a list, sorted by its field; a fact that is missing shows as missing."""

    @admin.display(description=label(model, name), ordering=name)
    def shown(row: Any) -> SafeString | None:
        value = getattr(row, name)
        if value is None:
            return None
        return format_html('<span class="figure">{} <b>{}</b></span>', grouped(value), short(name, value))

    shown.__name__ = name
    return shown


class FigureInput(AdminBigIntegerFieldWidget):
    """A whole number, and under it the same with its thousands apart; catalog/figures.js keeps that up while typing."""

    class Media:
        js = ("catalog/figures.js",)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field_name = name

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        identity = (attrs or {}).get("id", "")
        return format_html('{}<output class="figure" for="{}">{}</output>', field, identity, self._in_full(value))

    def _in_full(self, value: Any) -> str:
        """Of what is shown in the field, which may be whatever was typed."""
        text = str(value).strip()
        return in_full(self.field_name, int(text)) if text.isascii() and text.isdigit() and len(text) < 20 else ""


class FiguresInFull(admin.ModelAdmin):
    """Whole numbers have their thousands apart under the field."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if isinstance(db_field, models.BigIntegerField):
            options["widget"] = FigureInput(db_field.name)
        return super().formfield_for_dbfield(db_field, request, **options)
