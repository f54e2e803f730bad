"""The other rows of the catalog, which a row is held against: read once for a form, an action or a load."""

from collections import Counter
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
from catalog.published import PublishedGpu, PublishedModel
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

    def whole_model(self, row: LanguageModel) -> PublishedModel:
        """A model of the catalog with its architecture, and with what was worked out of it: once for all its rows."""
        if row.pk not in self._whole_models:
            self._whole_models[row.pk] = published.model(row, self._architectures)
        return self._whole_models[row.pk]

    def whole_gpu(self, row: Gpu) -> PublishedGpu:
        """A GPU of the catalog, likewise."""
        if row.pk not in self._whole_gpus:
            self._whole_gpus[row.pk] = published.gpu(row)
        return self._whole_gpus[row.pk]

    @cached_property
    def _whole_models(self) -> dict[int, PublishedModel]:
        return {}

    @cached_property
    def _whole_gpus(self) -> dict[int, PublishedGpu]:
        return {}

    @cached_property
    def _architectures(self) -> published.Architectures:
        return {}

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

    def names(self, rows: str, field: str, row: CatalogRecord) -> Counter[str]:
        """How many other rows have each name in a field; `rows` is what they are called here: "models", "prices"."""
        counted, own = self._names[rows, field]
        return counted - Counter([own[row.pk]]) if row.pk in own else counted

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], tuple[Counter[str], Mapping[int, str]]]:
        return WorkedOut(lambda asked: self._counted(*asked))

    def _counted(self, rows: str, field: str) -> tuple[Counter[str], Mapping[int, str]]:
        """Each name with the number of its rows, and the name of each row by its key."""
        names = {row.pk: getattr(row, field) for row in getattr(self, rows)}
        return Counter(names.values()), names


def but(rows: list[Row], row: Row, alike: Callable[[Row], bool] = lambda other: True) -> list[Row]:
    """The rows without the row itself, and of them those that are like it."""
    return [other for other in rows if other.slug != row.slug and other.pk != row.pk and alike(other)]
