"""The filter of a list by what is missing."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest

from catalog.labels import label
from catalog.missing import FACTS, lacks


class MissingFact(admin.SimpleListFilter):
    """Rows that lack a fact which a record of their kind should have."""

    title = "missing fact"
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label(model_admin.model, name)) for name in FACTS[model_admin.model]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.value()
        return queryset.filter(lacks(queryset.model, name)) if name in FACTS[queryset.model] else queryset


class FilteredByWhatIsMissing(admin.ModelAdmin):
    """Every list has the filter, after that of drafts; on a narrow screen rows are cards."""

    @property
    def media(self) -> Media:
        return super().media + Media(js=["catalog/lists.js"])

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        first, *others = super().get_list_filter(request)
        return (first, MissingFact, *others)
