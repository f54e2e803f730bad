"""The other rows of the catalog, which a row is held against: read once for a form, an action or a load."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar

from catalog import published
from catalog.models import (
    Artifact,
    BoardScore,
    CatalogRecord,
    Gpu,
    LanguageModel,
    Popularity,
    Price,
    Quant,
    Repository,
)
from catalog.models.benchmark import Benchmark
from catalog.published import PublishedModel
from fit.worked_out import WorkedOut

Row = TypeVar("Row", bound=CatalogRecord)


class Others:
    """Published rows alone: a draft may be the one that is wrong. Long texts are left where they are."""

    @cached_property
    def gpus(self) -> list[Gpu]:
        return list(Gpu.objects.published().defer("sources", "notes", "editor_notes"))

    @cached_property
    def models(self) -> list[LanguageModel]:
        return list(LanguageModel.objects.published().defer("sources", "notes", "editor_notes", "architecture"))

    @cached_property
    def whole_models(self) -> Mapping[int, PublishedModel]:
        """By their keys, drafts too, each with its architecture: read when it is asked for, and kept."""
        return WorkedOut(lambda key: published.model(LanguageModel.objects.get(pk=key)))

    @cached_property
    def quants(self) -> list[Quant]:
        return list(Quant.objects.published().order_by("order"))

    @cached_property
    def files(self) -> list[Artifact]:
        rows = Artifact.objects.published().defer("sources", "editor_notes")
        return list(rows.select_related("model", "quant"))

    @cached_property
    def repositories(self) -> list[Repository]:
        return list(Repository.objects.published().defer("sources", "editor_notes"))

    @cached_property
    def popularity(self) -> list[Popularity]:
        return list(Popularity.objects.published().defer("sources", "editor_notes"))

    @cached_property
    def board_scores(self) -> list[BoardScore]:
        return list(BoardScore.objects.published().defer("sources", "editor_notes"))

    @cached_property
    def prices(self) -> list[Price]:
        return list(Price.objects.published().defer("sources", "editor_notes").select_related("gpu"))

    @cached_property
    def benchmarks(self) -> list[Benchmark]:
        return list(Benchmark.objects.published().only("runtime", "backend", "speed_class", "slug"))


def but(rows: list[Row], row: Row, alike: Callable[[Row], bool] = lambda other: True) -> list[Row]:
    """The rows without the row itself, and of them those that are like it."""
    return [other for other in rows if other.slug != row.slug and other.pk != row.pk and alike(other)]
