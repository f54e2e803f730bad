"""An immutable picture of what is published, built once per revision in each process.

A request costs the revision look-up, one query, however large the catalog. An edit saved by any process is in the
next request served by every process. Without a database, the last picture goes on being served.
"""

import datetime
import hashlib
import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from django.db import DatabaseError, connection

from catalog.models import Artifact, CatalogRevision, Gpu, LanguageModel, Quant, RetiredSlug
from catalog.models.revision import Revision
from fit.architecture import Architecture
from fit.architecture_document import ArchitectureError
from fit.architecture_document import read as read_architecture
from fit.specs import GpuSpec, ModelSpec, QuantSpec
from fit.verdict import preference

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedGpu:
    """A GPU as the public sees it: its spec for the arithmetic, and what is said of it."""

    spec: GpuSpec
    slug: str
    name: str
    full_name: str
    vendor: str
    segment: str
    segment_name: str
    common: bool
    gpus_per_board: int
    memory_type: str
    power_w: int | None
    release_date: datetime.date | None
    launch_price_usd: Decimal | None
    notes: str
    sources: tuple[str, ...]
    updated_at: datetime.datetime


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedModel:
    """A model as the public sees it."""

    spec: ModelSpec
    slug: str
    name: str
    full_name: str
    vendor: str
    family: str
    architecture_digest: str
    native_context: int | None
    extended_context: int | None
    licence: str
    commercial_use: str
    release_date: datetime.date | None
    hugging_face_id: str
    notes: str
    sources: tuple[str, ...]
    updated_at: datetime.datetime


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedQuant:
    """A quantization as the public sees it."""

    spec: QuantSpec
    slug: str
    name: str
    quality: str
    perplexity: Decimal | None
    perplexity_rise: Decimal | None
    kl_divergence: Decimal | None
    quality_basis: str
    quality_source: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedFile:
    """A published file of a model at a quantization."""

    size_bytes: int
    publisher: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """All that public pages know.

    `gpus` and `models` are by slug, `files_of` is by model, then quantization. `quants` is best quality first, and
    not empty unless the catalog is; `default_quant` is None only then. `common_gpus` is in order of
    `fit.verdict.preference`, `models_by_size` the smallest first.
    """

    revision: Revision
    gpus: Mapping[str, PublishedGpu]
    models: Mapping[str, PublishedModel]
    quants: tuple[PublishedQuant, ...]
    files_of: Mapping[str, Mapping[str, PublishedFile]]
    default_quant: PublishedQuant | None
    quants_changed_at: datetime.datetime
    common_gpus: tuple[PublishedGpu, ...]
    models_by_size: tuple[PublishedModel, ...]
    former_gpu_slugs: Mapping[str, str]
    former_model_slugs: Mapping[str, str]


_lock = threading.Lock()
_last: Snapshot | None = None


def current() -> Snapshot:
    """The picture of now, at the cost of one query; the last one while the database cannot be reached.

    Raises DatabaseError when it cannot be reached and this process has no picture yet.
    """
    try:
        return _of_token(_token())
    except DatabaseError:
        connection.close()
        if _last is None:
            raise
        logger.exception("The database cannot be reached; serving the catalog of %s.", _last.revision.changed_at)
        return _last


def _token() -> str:
    """The revision's token, asked once more over a new connection: the old one may be from before a restart."""
    try:
        return CatalogRevision.current_token()
    except DatabaseError:
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
    gpus = {row.slug: _gpu(row) for row in Gpu.objects.published()}
    models = {row.slug: _model(row) for row in LanguageModel.objects.published()}
    common_gpus = [gpu for gpu in gpus.values() if gpu.common]
    quants = {row.slug: _quant(row) for row in quant_rows}
    default = _default(quant_rows)
    return Snapshot(
        revision=revision,
        gpus=MappingProxyType(gpus),
        models=MappingProxyType(models),
        quants=tuple(quants.values()),
        files_of=_files(),
        default_quant=quants[default.slug] if default else None,
        quants_changed_at=max((row.updated_at for row in quant_rows), default=revision.changed_at),
        common_gpus=tuple(sorted(common_gpus, key=lambda gpu: preference(gpu.spec))),
        models_by_size=tuple(sorted(models.values(), key=lambda model: (model.spec.parameters, model.slug))),
        former_gpu_slugs=_former("gpu"),
        former_model_slugs=_former("languagemodel"),
    )


def _default(rows: list[Quant]) -> Quant | None:
    """The quantization marked as default; without one, the smallest that may be recommended."""
    candidates = [row for row in rows if row.is_default] or [row for row in rows if row.worth_recommending] or rows
    return candidates[-1] if candidates else None


def _files() -> Mapping[str, Mapping[str, PublishedFile]]:
    """Published files by the slug of their model, then of their quantization."""
    files: dict[str, dict[str, PublishedFile]] = {}
    for row in Artifact.objects.published().select_related("model", "quant"):
        file = PublishedFile(size_bytes=row.size_bytes, publisher=row.publisher, sources=row.source_list)
        files.setdefault(row.model.slug, {})[row.quant.slug] = file
    return MappingProxyType({slug: MappingProxyType(of_model) for slug, of_model in files.items()})


def _former(kind: str) -> Mapping[str, str]:
    rows = RetiredSlug.objects.filter(kind=kind).exclude(successor="")
    return MappingProxyType(dict(rows.values_list("slug", "successor")))


def _gpu(row: Gpu) -> PublishedGpu:
    spec = GpuSpec(
        slug=row.slug,
        nameplate_gb=row.memory_gb,
        bandwidth_gb_s=row.bandwidth_gb_s,
        unified_memory=row.unified_memory,
        usable_share=row.usable_share,
        vendor=row.vendor,
        drives_display=row.segment in (Gpu.Segment.CONSUMER, Gpu.Segment.LAPTOP),
        speed_class=row.speed_class,
        reported_mib=row.reported_memory_mib,
        reported_by=row.reported_by,
    )
    return PublishedGpu(
        spec=spec,
        slug=row.slug,
        name=row.name,
        full_name=row.full_name,
        vendor=row.vendor,
        segment=row.segment,
        segment_name=row.get_segment_display(),
        common=row.common,
        gpus_per_board=row.gpus_per_board,
        memory_type=row.memory_type,
        power_w=row.power_w,
        release_date=row.release_date,
        launch_price_usd=row.launch_price_usd,
        notes=row.notes,
        sources=row.source_list,
        updated_at=row.updated_at,
    )


def _model(row: LanguageModel) -> PublishedModel:
    spec = ModelSpec(
        slug=row.slug,
        parameters=row.parameters,
        active_parameters=row.active_parameters,
        mixture_of_experts=row.mixture_of_experts,
        architecture=_architecture(json.dumps(row.architecture, sort_keys=True)) if row.architecture else None,
        native_context=row.native_context,
        extended_context=row.extended_context,
    )
    return PublishedModel(
        spec=spec,
        slug=row.slug,
        name=row.name,
        full_name=row.full_name,
        vendor=row.vendor,
        family=row.family,
        architecture_digest=_digest(row.architecture),
        native_context=row.native_context,
        extended_context=row.extended_context,
        licence=row.licence,
        commercial_use=row.commercial_use,
        release_date=row.release_date,
        hugging_face_id=row.hugging_face_id,
        notes=row.notes,
        sources=row.source_list,
        updated_at=row.updated_at,
    )


@lru_cache(maxsize=4096)
def _architecture(document: str) -> Architecture | None:
    """The architecture, the same object for the same document, so that what is derived from it can be kept."""
    try:
        return read_architecture(json.loads(document))
    except ArchitectureError:
        logger.warning("An architecture in the catalog cannot be read: %s", document[:80])
        return None


def _digest(document: object) -> str:
    """Equal for equal architectures; empty where there is none."""
    text = json.dumps(document, sort_keys=True) if document else ""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _quant(row: Quant) -> PublishedQuant:
    spec = QuantSpec(
        slug=row.slug, bytes_per_weight=row.bytes_per_weight, worth_recommending=row.worth_recommending, mix=row.mix
    )
    return PublishedQuant(
        spec=spec,
        slug=row.slug,
        name=row.name,
        quality=row.quality,
        perplexity=row.perplexity,
        perplexity_rise=row.perplexity_rise,
        kl_divergence=row.kl_divergence,
        quality_basis=row.quality_basis,
        quality_source=row.quality_source,
        sources=row.source_list,
    )
