"""What the public sees of one record: a frozen copy of its row, with the spec that the arithmetic needs."""

import datetime
import hashlib
import json
import logging
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from catalog.models import Artifact, Benchmark, Gpu, LanguageModel, Quant
from fit.architecture import Architecture
from fit.architecture_document import ArchitectureError
from fit.architecture_document import read as read_architecture
from fit.specs import GpuSpec, ModelSpec, QuantSpec

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

    @cached_property
    def short_name(self) -> str:
        """FP16 (full) is FP16 in a sentence."""
        return self.name.partition(" (")[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedFile:
    """A published file of a model at a quantization."""

    size_bytes: int
    publisher: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedBenchmark:
    """A published measurement. `gpu`, `model` and `quant` are slugs of published records, or "".

    `build` is the era of the program; figures of different eras are not comparable.
    """

    slug: str
    name: str
    gpu: str
    gpu_label: str
    gpu_count: int
    split: str
    bandwidth_gb_s: Decimal | None
    speed_class: str
    model: str
    model_label: str
    quant: str
    quant_label: str
    parameters: int | None
    active_parameters: int | None
    mixture_of_experts: bool
    weights_bytes: int | None
    active_weights_bytes: int | None
    weights_basis: str
    decode_tokens_s: Decimal
    test: str
    context_tokens: int | None
    prefill_tokens_s: Decimal | None
    prefill_test: str
    prefill_tokens: int | None
    runtime: str
    backend: str
    build: str
    measured_in: str
    offload: str
    runs: int | None
    trust: str
    for_calibration: bool
    sources: tuple[str, ...]
    updated_at: datetime.datetime


def gpu(row: Gpu) -> PublishedGpu:
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
        compute_tflops=row.fp16_tensor_tflops or row.fp32_tflops,
        chip_architecture=row.chip_architecture,
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


def model(row: LanguageModel) -> PublishedModel:
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


def quant(row: Quant) -> PublishedQuant:
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


def file(row: Artifact) -> PublishedFile:
    return PublishedFile(size_bytes=row.size_bytes, publisher=row.publisher, sources=row.source_list)


def benchmark(row: Benchmark, *, gpu: str, model: str, quant: str) -> PublishedBenchmark:
    """The measurement, with the slugs of its card, model and quantization, each "" where it is not published."""
    return PublishedBenchmark(
        slug=row.slug,
        name=row.name,
        gpu=gpu,
        gpu_label=row.gpu_label,
        gpu_count=row.gpu_count,
        split=row.split,
        bandwidth_gb_s=row.bandwidth_gb_s,
        speed_class=row.speed_class,
        model=model,
        model_label=row.model_label,
        quant=quant,
        quant_label=row.quant_label,
        parameters=row.parameters,
        active_parameters=row.active_parameters,
        mixture_of_experts=row.mixture_of_experts,
        weights_bytes=row.weights_bytes,
        active_weights_bytes=row.active_weights_bytes,
        weights_basis=row.weights_basis,
        decode_tokens_s=row.decode_tokens_s,
        test=row.test,
        context_tokens=row.context_tokens,
        prefill_tokens_s=row.prefill_tokens_s,
        prefill_test=row.prefill_test,
        prefill_tokens=row.prefill_tokens,
        runtime=row.runtime,
        backend=row.backend,
        build=row.build,
        measured_in=row.measured_in,
        offload=row.offload,
        runs=row.runs,
        trust=row.trust,
        for_calibration=row.for_calibration,
        sources=row.source_list,
        updated_at=row.updated_at,
    )
