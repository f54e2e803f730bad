"""Lists and fields that complete a name understand "rtx4090" and "qwen 2.5 72b", as the site's own search does."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from catalog.name_words import begins, name_words, query_words
from catalog.short_figures import plain

# A measurement's name has a dozen.
MOST_WORDS = 50


class SearchedByWords(admin.ModelAdmin):
    """Rows that have every part of what was typed, as Django looks for it, and those that its words are names of.

    Words are compared here and not by the database, which has no such notion of them: 1,700 measurements take 150 ms.
    """

    # Figures that people search by, with the units that they type: "24gb".
    searched_figures: Mapping[str, str] = MappingProxyType({})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        by_text, may_repeat = super().get_search_results(request, queryset, search_term)
        # With one of these it is the name of a repository or of a tag: that very text is meant.
        words = () if {"/", ":"} & set(search_term) else query_words(search_term, MOST_WORDS)
        if not words:
            return by_text, may_repeat
        names, units = self.get_search_fields(request), self.searched_figures
        rows = queryset.order_by().values_list("pk", *units, *names)
        keys = [key for key, *facts in rows if _has_every(words, _texts(facts, list(units.values())))]
        return queryset.filter(Q(pk__in=by_text.order_by().values("pk")) | Q(pk__in=keys)), may_repeat


def _texts(facts: list[Any], units: list[str]) -> list[str | None]:
    """The texts of a row, the first of which are figures without their units."""
    figures = [f"{plain(value)} {unit}" for value, unit in zip(facts, units, strict=False) if value is not None]
    return [*figures, *facts[len(units) :]]


def _has_every(words: Iterable[str], texts: Iterable[str | None]) -> bool:
    names = frozenset().union(*(name_words(text, MOST_WORDS) for text in texts if text))
    return all(word in names or begins(word, names) for word in words)
