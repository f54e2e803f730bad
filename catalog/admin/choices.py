"""Words of a form that are chosen, where the set is closed, or suggested, where new ones come."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog import speed_classes
from catalog.models import Benchmark, Gpu
from catalog.prompt_observations import BACKENDS
from fit.quant_mixes import BASE_TYPES
from fit.speed_constants import load_constants

NOTHING = ("", "---------")
SUGGESTED = frozenset(
    {
        *("vendor", "family", "licence", "modalities", "publisher", "chip_architecture", "memory_type", "runtime"),
        *("board", "data_licence", "seller", "currency", "pulls_family"),
    }
)
# A value of many rows is a word that people use; the longest list of the catalog has 135.
MOST_SUGGESTED = 500


def classes() -> Iterable[str]:
    """Classes of cards that were calibrated, and those that cards of the catalog are in."""
    calibrated = (name for name in load_constants().classes if "," not in name)
    return {*calibrated, *in_use(Gpu, "speed_class"), *in_use(Benchmark, "speed_class")}


def mixes(kind: type[models.Model]) -> Iterable[str]:
    """Mixes with rules, as llama.cpp orders them, and what rows have besides."""
    return [*BASE_TYPES, *(mix for mix in in_use(kind, "mix") if mix not in BASE_TYPES)]


def backends(kind: type[models.Model]) -> Iterable[str]:
    return {*BACKENDS, *in_use(kind, "backend")}


def in_use(kind: type[models.Model], name: str) -> list[str]:
    """The values that rows have in a field of text, in order of the alphabet."""
    values = kind._default_manager.exclude(**{name: ""}).order_by().values_list(name, flat=True).distinct()
    return sorted(values[:MOST_SUGGESTED], key=str.casefold)


class Suggesting(AdminTextInputWidget):
    """A line of text with a list of words beside it, which the browser offers while one types."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        identity = f"{(attrs or {}).get('id', name)}-suggested"
        line = super().render(name, value, {**(attrs or {}), "list": identity}, renderer)
        offered = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words))
        return format_html('{}<datalist id="{}">{}</datalist>', line, identity, offered)


class SpeedClassFilter(admin.AllValuesFieldListFilter):
    """The classes that rows are in, with their words."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": speed_classes.in_full(str(choice["display"]))}


class ChosenFromLists(admin.ModelAdmin):
    """Closed sets are chosen from: what code knows, and what rows have, for a load may bring more."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if not db_field.choices and isinstance(db_field, models.CharField):
            if db_field.name in SUGGESTED:
                options["widget"] = Suggesting(in_use(self.model, db_field.name))
            elif (words := self._closed(db_field.name)) is not None:
                return _choice(super().formfield_for_dbfield(db_field, request, **options), words)
        return super().formfield_for_dbfield(db_field, request, **options)

    def _closed(self, name: str) -> list[tuple[str, str]] | None:
        """The choices of a field whose set is closed; None of any other."""
        if name == "mix":
            return [(mix, mix) for mix in mixes(self.model)]
        if name == "speed_class":
            return speed_classes.choices(classes())
        return [(word, word) for word in sorted(backends(self.model), key=str.casefold)] if name == "backend" else None


def _choice(field: Any, words: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[NOTHING, *words], required=field.required, label=field.label, help_text=field.help_text
    )
