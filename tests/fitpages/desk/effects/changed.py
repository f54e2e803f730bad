"""The small catalog with a change, as a save would leave it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from catalog.snapshot import PublishedFile, Snapshot
from fit.cards import preference
from fit.specs import GpuSpec, ModelSpec, QuantSpec
from tests.small_catalog import small_catalog


def with_gpu(slug: str, **facts: Any) -> Snapshot:
    """One GPU with other facts, of its spec or of what is said of it."""
    return with_gpus({slug: facts})


def with_gpus(changes: Mapping[str, Mapping[str, Any]]) -> Snapshot:
    """Several."""
    small = small_catalog()
    gpus = {slug: _other(gpu, GpuSpec, changes[slug]) if slug in changes else gpu for slug, gpu in small.gpus.items()}
    return _of(gpus=gpus.values())


def with_model(slug: str, **facts: Any) -> Snapshot:
    """One model with other facts."""
    models = small_catalog().models.values()
    return _of(models=[_other(model, ModelSpec, facts) if model.slug == slug else model for model in models])


def with_quant(slug: str, **facts: Any) -> Snapshot:
    """One quantization with other facts."""
    quants = small_catalog().all_quants
    return _of(quants=[_other(quant, QuantSpec, facts) if quant.slug == slug else quant for quant in quants])


def without(*slugs: str) -> Snapshot:
    """Without records of these slugs, of whatever kind."""
    small = small_catalog()
    return _of(
        gpus=[gpu for gpu in small.gpus.values() if gpu.slug not in slugs],
        models=[model for model in small.models.values() if model.slug not in slugs],
        quants=[quant for quant in small.all_quants if quant.slug not in slugs],
    )


def rare(snapshot: Snapshot, slug: str) -> Snapshot:
    """The same with a model that editors do not call common."""
    return replace(snapshot, models={**snapshot.models, slug: replace(snapshot.models[slug], common=False)})


def with_files(slug: str, *files: PublishedFile) -> Snapshot:
    """A model with these files."""
    small = small_catalog()
    return replace(small, files_of=MappingProxyType({**small.files_of, slug: files}))


CHANGES = {
    "nothing": small_catalog,
    "a note": lambda: with_gpu("rtx-24", notes="Two slots wide."),
    "a bandwidth": lambda: with_gpu("rtx-24", bandwidth_gb_s=Decimal(108)),
    "a memory": lambda: with_gpu("rtx-8", nameplate_gb=Decimal(24), reported_mib=24080),
    "a card without sources": lambda: with_gpu("rtx-24", sources=()),
    "a class of two cards": lambda: with_gpus({slug: {"speed_class": "amd-cdna"} for slug in ("rtx-24", "rtx-8")}),
    "a size": lambda: with_model("small-8b", parameters=80_302_612_480),
    "a context": lambda: with_model("small-8b", native_context=2048),
    "a model without a context": lambda: with_model("small-8b", native_context=None),
    "a level not worth recommending": lambda: with_quant("q6-k", worth_recommending=False),
    "a level's name": lambda: with_quant("q6-k", name="Q6_K_X"),
    "a level's quality": lambda: with_quant("q6-k", quality="Good."),
    "a level's bytes": lambda: with_quant("q3-k-m", bytes_per_weight=Decimal("0.9")),
    "no default": lambda: without("q4-k-m"),
    "no card": lambda: without("rtx-24"),
    "no model": lambda: without("large-70b"),
    "no quantization": lambda: without(*small_catalog().quant_of),
    "no file": lambda: with_files("small-8b"),
}


def _of(
    *,
    gpus: Any = None,
    models: Any = None,
    quants: Any = None,
) -> Snapshot:
    small = small_catalog()
    gpu_map = {gpu.slug: gpu for gpu in (small.gpus.values() if gpus is None else gpus)}
    model_map = {model.slug: model for model in (small.models.values() if models is None else models)}
    levels = tuple(small.all_quants if quants is None else quants)
    slugs = [level.slug for level in levels]
    return replace(
        small,
        gpus=MappingProxyType(gpu_map),
        models=MappingProxyType(model_map),
        quants=levels,
        all_quants=levels,
        default_slug=small.default_slug if small.default_slug in slugs else slugs[-1] if slugs else "",
        common_gpus=tuple(
            sorted((gpu for gpu in gpu_map.values() if gpu.common), key=lambda gpu: preference(gpu.spec))
        ),
        models_by_size=tuple(sorted(model_map.values(), key=lambda model: (model.spec.parameters, model.slug))),
    )


def _other(record: Any, spec: type[GpuSpec | ModelSpec | QuantSpec], facts: Mapping[str, Any]) -> Any:
    of_spec = {name: value for name, value in facts.items() if name in spec.__dataclass_fields__}
    of_record = {name: value for name, value in facts.items() if name in type(record).__dataclass_fields__}
    return replace(record, spec=replace(record.spec, **of_spec), **of_record)
