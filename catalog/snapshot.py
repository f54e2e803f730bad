"""An immutable picture of what is published, built once per revision in each process.

A request costs the revision look-up, one query, however large the catalog. An edit saved by any process is in the
next request served by every process. Without a database, the last picture goes on being served.
"""

import datetime
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from django.db import DatabaseError, InterfaceError, connection

from catalog import published
from catalog.models import Artifact, Benchmark, CatalogRevision, Gpu, LanguageModel, Quant, RetiredSlug
from catalog.models.revision import Revision
from catalog.published import PublishedBenchmark, PublishedFile, PublishedGpu, PublishedModel, PublishedQuant
from fit.verdict import preference

__all__ = [
    "PublishedBenchmark",
    "PublishedFile",
    "PublishedGpu",
    "PublishedModel",
    "PublishedQuant",
    "Snapshot",
    "build",
    "current",
]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """All that public pages know.

    `gpus` and `models` are by slug, `files_of` is by model, then quantization. `quants` is best quality first, and
    not empty unless the catalog is; `default_slug` is "" only then. `common_gpus` is in order of
    `fit.verdict.preference`, `models_by_size` the smallest first, `benchmarks` in order of their slugs.
    """

    revision: Revision
    gpus: Mapping[str, PublishedGpu]
    models: Mapping[str, PublishedModel]
    quants: tuple[PublishedQuant, ...]
    files_of: Mapping[str, Mapping[str, PublishedFile]]
    default_slug: str
    quants_changed_at: datetime.datetime
    common_gpus: tuple[PublishedGpu, ...]
    models_by_size: tuple[PublishedModel, ...]
    benchmarks: tuple[PublishedBenchmark, ...]
    former_gpu_slugs: Mapping[str, str]
    former_model_slugs: Mapping[str, str]

    @cached_property
    def default_quant(self) -> PublishedQuant:
        """The popular quantization; KeyError in a catalog without quantizations, of which no page asks."""
        return self.quant_of[self.default_slug]

    @cached_property
    def quant_of(self) -> Mapping[str, PublishedQuant]:
        """Quantizations by slug."""
        return MappingProxyType({quant.slug: quant for quant in self.quants})


_lock = threading.Lock()
_last: Snapshot | None = None
# A driver that lost its connection may call it an error of the interface, which is no DatabaseError.
OUTAGES = (DatabaseError, InterfaceError)


def current() -> Snapshot:
    """The picture of now, at the cost of one query; the last one while the database cannot be reached.

    Raises DatabaseError or InterfaceError when it cannot be reached and this process has no picture yet.
    """
    try:
        return _of_token(_token())
    except OUTAGES:
        connection.close()
        if _last is None:
            raise
        logger.exception("The database cannot be reached; serving the catalog of %s.", _last.revision.changed_at)
        return _last


def _token() -> str:
    """The revision's token, asked once more over a new connection: the old one may be from before a restart."""
    try:
        return CatalogRevision.current_token()
    except OUTAGES:
        if connection.in_atomic_block:
            raise
        connection.close()
        return CatalogRevision.current_token()


def _of_token(token: str) -> Snapshot:
    global _last
    last = _last
    if last is not None and last.revision.token == token:
        return last
    with _lock:
        if _last is None or _last.revision.token != token:
            _last = build()
        return _last


def build() -> Snapshot:
    """Read everything that is published, again if it changed while reading."""
    while True:
        revision = CatalogRevision.current()
        snapshot = _read(revision)
        if CatalogRevision.current_token() == revision.token:
            return snapshot


def _read(revision: Revision) -> Snapshot:
    quant_rows = list(Quant.objects.published())
    gpu_rows, model_rows = list(Gpu.objects.published()), list(LanguageModel.objects.published())
    gpus = {row.slug: published.gpu(row) for row in gpu_rows}
    models = {row.slug: published.model(row) for row in model_rows}
    common_gpus = [gpu for gpu in gpus.values() if gpu.common]
    quants = {row.slug: published.quant(row) for row in quant_rows}
    return Snapshot(
        revision=revision,
        gpus=MappingProxyType(gpus),
        models=MappingProxyType(models),
        quants=tuple(quants.values()),
        files_of=_files(),
        default_slug=_default_slug(quant_rows),
        quants_changed_at=max((row.updated_at for row in quant_rows), default=revision.changed_at),
        common_gpus=tuple(sorted(common_gpus, key=lambda gpu: preference(gpu.spec))),
        models_by_size=tuple(sorted(models.values(), key=lambda model: (model.spec.parameters, model.slug))),
        benchmarks=_benchmarks(gpu_rows, model_rows, quant_rows),
        former_gpu_slugs=_former("gpu"),
        former_model_slugs=_former("languagemodel"),
    )


def _default_slug(rows: list[Quant]) -> str:
    """Of the quantization marked as default; without one, of the smallest that may be recommended."""
    candidates = [row for row in rows if row.is_default] or [row for row in rows if row.worth_recommending] or rows
    return candidates[-1].slug if candidates else ""


def _files() -> Mapping[str, Mapping[str, PublishedFile]]:
    """Published files by the slug of their model, then of their quantization."""
    files: dict[str, dict[str, PublishedFile]] = {}
    for row in Artifact.objects.published().select_related("model", "quant"):
        files.setdefault(row.model.slug, {})[row.quant.slug] = published.file(row)
    return MappingProxyType({slug: MappingProxyType(of_model) for slug, of_model in files.items()})


def _benchmarks(gpus: list[Gpu], models: list[LanguageModel], quants: list[Quant]) -> tuple[PublishedBenchmark, ...]:
    """Published measurements; what they name is looked up among the rows that are published."""
    gpu, model, quant = ({row.pk: row.slug for row in rows} for rows in (gpus, models, quants))
    return tuple(
        published.benchmark(
            row,
            gpu=gpu.get(row.gpu_id, ""),
            model=model.get(row.model_id, ""),
            quant=quant.get(row.quant_id, ""),
        )
        for row in Benchmark.objects.published().order_by("slug")
    )


def _former(kind: str) -> Mapping[str, str]:
    rows = RetiredSlug.objects.filter(kind=kind).exclude(successor="")
    return MappingProxyType(dict(rows.values_list("slug", "successor")))
