"""What the public sees of one record: a frozen copy of its row, with the spec that the arithmetic needs."""

import datetime
import hashlib
import json
import logging
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.utils.safestring import SafeString

from catalog.markdown import render_notes
from catalog.models import CatalogRecord, Gpu, LanguageModel, Quant
from fit.architecture import Architecture
from fit.architecture_document import ArchitectureError
from fit.architecture_document import read as read_architecture
from fit.specs import GpuSpec, ModelSpec, QuantSpec, Shown

Published = TypeVar("Published", bound="PublishedRecord")
Architectures = dict[str, Architecture | None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedRecord:
    """What every published record has: where its figures can be checked."""

    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedGpu(PublishedRecord):
    """A GPU as the public sees it: its spec for the arithmetic, and what is said of it."""

    spec: GpuSpec
    slug: str
    name: str
    full_name: str
    also_called: str
    vendor: str
    segment: str
    segment_name: str
    common: bool
    class_example: bool
    gpus_per_board: int
    memory_type: str
    power_w: int | None
    release_date: datetime.date | None
    launch_price_usd: Decimal | None
    notes: str
    updated_at: datetime.datetime

    @cached_property
    def notes_html(self) -> SafeString:
        """The editors' notes as a page shows them."""
        return render_notes(self.notes)


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedModel(PublishedRecord):
    """A model as the public sees it."""

    spec: ModelSpec
    slug: str
    name: str
    full_name: str
    also_called: str
    vendor: str
    family: str
    architecture_digest: str
    native_context: int | None
    extended_context: int | None
    file_context: int | None
    tower_parameters: int | None
    modalities: str
    licence: str
    commercial_use: str
    release_date: datetime.date | None
    hugging_face_id: str
    uses: tuple[str, ...]
    common: bool
    common_reason: str
    # The slug that its successor had when it was written down; it may have another one today, or none.
    successor: str
    notes: str
    updated_at: datetime.datetime

    @cached_property
    def notes_html(self) -> SafeString:
        """The editors' notes as a page shows them."""
        return render_notes(self.notes)


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedQuant(PublishedRecord):
    """A quantization as the public sees it."""

    spec: QuantSpec
    slug: str
    name: str
    quality: str
    needs_imatrix: bool
    perplexity: Decimal | None
    perplexity_rise: Decimal | None
    kl_divergence: Decimal | None
    quality_basis: str
    quality_source: str

    @cached_property
    def short_name(self) -> str:
        """FP16 (full) is FP16 in a sentence."""
        return self.name.partition(" (")[0]


def gpu(row: Gpu) -> PublishedGpu:
    """The GPU of a row."""
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
        ecc=row.ecc,
        ships_with=row.ships_with,
        carve_out_gb=row.carve_out_gb,
        compute_tflops=row.fp16_tensor_tflops or row.fp32_tflops,
        chip_architecture=row.chip_architecture,
        laptop=row.segment == Gpu.Segment.LAPTOP,
    )
    return copy_of(PublishedGpu, row, spec=spec, segment_name=row.get_segment_display())


def model(row: LanguageModel, architectures: Architectures | None = None) -> PublishedModel:
    """The model of a row. `architectures` are those read before, by digest; a new one is put among them.

    Models of one architecture share what is worked out for it.
    """
    digest = _digest(row.architecture)
    architectures = {} if architectures is None else architectures
    if digest not in architectures:
        architectures[digest] = _architecture(row)
    spec = ModelSpec(
        slug=row.slug,
        parameters=row.parameters,
        active_parameters=row.active_parameters,
        mixture_of_experts=row.mixture_of_experts,
        architecture=architectures[digest],
        native_context=row.native_context,
        extended_context=row.extended_context,
    )
    return copy_of(PublishedModel, row, spec=spec, architecture_digest=digest, uses=row.use_list)


def _architecture(row: LanguageModel) -> Architecture | None:
    """The architecture that a model's document describes; None where it has none, or one that cannot be read."""
    try:
        return read_architecture(row.architecture) if row.architecture else None
    except ArchitectureError as error:
        logger.warning("The architecture of %s cannot be read: %s", row.slug, error)
        return None


def _digest(document: object) -> str:
    """Equal for equal architectures; empty where there is none."""
    text = json.dumps(document, sort_keys=True) if document else ""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def quant(row: Quant) -> PublishedQuant:
    """The quantization of a row."""
    spec = QuantSpec(
        slug=row.slug,
        bytes_per_weight=row.bytes_per_weight,
        worth_recommending=row.worth_recommending,
        mix=row.mix,
        shown=Shown(row.shown),
    )
    return copy_of(PublishedQuant, row, spec=spec)


def copy_of(kind: type[Published], row: CatalogRecord, **values: Any) -> Published:
    """A copy of the row: `values`, its sources, and every other field from the column of the same name."""
    values["sources"] = row.source_list
    names = [field.name for field in fields(kind) if field.name not in values]
    return kind(**values, **{name: getattr(row, name) for name in names})
