"""Catalogs that editors could leave behind."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.specs import Shown


def changed(
    snapshot: Snapshot,
    *,
    models: Iterable[PublishedModel] | None = None,
    gpus: Iterable[PublishedGpu] | None = None,
    quants: Iterable[PublishedQuant] | None = None,
) -> Snapshot:
    """The snapshot with other records; what follows from them follows."""
    model_map = {model.slug: model for model in (snapshot.models.values() if models is None else models)}
    gpu_map = {gpu.slug: gpu for gpu in (snapshot.gpus.values() if gpus is None else gpus)}
    always = snapshot.quants if quants is None else tuple(quants)
    slugs = [quant.slug for quant in always]
    default = snapshot.default_slug if snapshot.default_slug in slugs else slugs[-1] if slugs else ""
    common = (gpu for gpu in gpu_map.values() if gpu.common)
    by_preference = sorted(common, key=lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s, gpu.slug))
    return replace(
        snapshot,
        models=MappingProxyType(model_map),
        gpus=MappingProxyType(gpu_map),
        quants=always,
        all_quants=(*always, *(quant for quant in snapshot.all_quants if quant.spec.shown is not Shown.ALWAYS)),
        default_slug=default,
        common_gpus=tuple(by_preference),
        models_by_size=tuple(sorted(model_map.values(), key=lambda model: (model.spec.parameters, model.slug))),
    )


# Not all alike, so that shares and ratios change as well as needs.
EDITED_BYTES = {"fp16": Decimal("1.1"), "q8-0": Decimal("1.08"), "q3-k-m": Decimal("1.05")}


def edited(snapshot: Snapshot) -> Snapshot:
    """Other bytes per weight, other bandwidths: every need and every speed is another."""
    return changed(snapshot, quants=map(_edited_quant, snapshot.quants), gpus=map(_faster, snapshot.gpus.values()))


def _edited_quant(quant: PublishedQuant) -> PublishedQuant:
    factor = EDITED_BYTES.get(quant.slug, Decimal("1.02"))
    return replace(quant, spec=replace(quant.spec, bytes_per_weight=quant.spec.bytes_per_weight * factor))


def _faster(gpu: PublishedGpu) -> PublishedGpu:
    return replace(gpu, spec=replace(gpu.spec, bandwidth_gb_s=gpu.spec.bandwidth_gb_s + 17))


EXAMPLE_MODELS = {
    *("llama-3-1-8b", "llama-3-3-70b", "qwen2-5-72b", "qwen2-5-32b"),
    *("qwen3-30b-a3b-instruct-2507", "qwen3-14b", "qwen3-32b"),
}
EXAMPLE_GPUS = {"rtx-4090", "rtx-3060-12", "rtx-3090", "m4-max-64", "l4"}


def without_examples(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        models=[model for model in snapshot.models.values() if model.slug not in EXAMPLE_MODELS],
        gpus=[gpu for gpu in snapshot.gpus.values() if gpu.slug not in EXAMPLE_GPUS],
    )


def with_memory(factor: str) -> Callable[[Snapshot], Snapshot]:
    def catalog(snapshot: Snapshot) -> Snapshot:
        return changed(
            snapshot,
            gpus=[
                replace(gpu, spec=replace(gpu.spec, nameplate_gb=gpu.spec.nameplate_gb * Decimal(factor)))
                for gpu in snapshot.gpus.values()
            ],
        )

    return catalog


def with_reported(factor: str) -> Callable[[Snapshot], Snapshot]:
    """Drivers that report another total: the rule of thumb does not move, the accounting does."""

    def catalog(snapshot: Snapshot) -> Snapshot:
        gpus = []
        for gpu in snapshot.gpus.values():
            mebibytes = int(gpu.spec.nameplate_gb * 1024 * Decimal(factor))
            gpus.append(replace(gpu, spec=replace(gpu.spec, reported_mib=mebibytes, reported_by="cuda")))
        return changed(snapshot, gpus=gpus)

    return catalog


def unmeasured(snapshot: Snapshot) -> Snapshot:
    nothing = {"perplexity": None, "perplexity_rise": None, "kl_divergence": None}
    bare = {**nothing, "quality_basis": "", "quality_source": ""}
    others = tuple(replace(quant, **bare) for quant in snapshot.all_quants)
    return changed(replace(snapshot, all_quants=others), quants=[replace(quant, **bare) for quant in snapshot.quants])


def without_marks(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        quants=[replace(quant, spec=replace(quant.spec, worth_recommending=False)) for quant in snapshot.quants],
    )


def without_dates_and_prices(snapshot: Snapshot) -> Snapshot:
    return changed(
        snapshot,
        models=[replace(model, release_date=None) for model in snapshot.models.values()],
        gpus=[replace(gpu, release_date=None, launch_price_usd=None, power_w=None) for gpu in snapshot.gpus.values()],
    )


CATALOGS: dict[str, Callable[[Snapshot], Snapshot]] = {
    "as it starts": lambda snapshot: snapshot,
    "edited": edited,
    "without the examples": without_examples,
    "a single quantization": lambda snapshot: changed(snapshot, quants=snapshot.quants[-1:]),
    "only full precision": lambda snapshot: changed(snapshot, quants=snapshot.quants[:1]),
    "no quantization marked": without_marks,
    "nothing measured": unmeasured,
    "no common card": lambda snapshot: changed(
        snapshot, gpus=[replace(gpu, common=False) for gpu in snapshot.gpus.values()]
    ),
    "no dense model": lambda snapshot: changed(
        snapshot, models=[model for model in snapshot.models.values() if model.spec.mixture_of_experts]
    ),
    "no mixture": lambda snapshot: changed(
        snapshot, models=[model for model in snapshot.models.values() if not model.spec.mixture_of_experts]
    ),
    "only unified memory": lambda snapshot: changed(
        snapshot, gpus=[gpu for gpu in snapshot.gpus.values() if gpu.spec.unified_memory]
    ),
    "a machine and small cards": lambda snapshot: changed(
        snapshot, gpus=[snapshot.gpus[slug] for slug in ("m4-max-64", "rtx-3070", "rtx-3060-ti")]
    ),
    "one model": lambda snapshot: changed(snapshot, models=[snapshot.models["llama-3-3-70b"]]),
    "cards of a tenth": with_memory("0.1"),
    "cards of ten times": with_memory("10"),
    "drivers that report little": with_reported("0.6"),
    "drivers that report much": with_reported("3"),
    "no dates, no prices": without_dates_and_prices,
    "no model": lambda snapshot: changed(snapshot, models=()),
    "no GPU": lambda snapshot: changed(snapshot, gpus=()),
    "nothing but quantizations": lambda snapshot: changed(snapshot, models=(), gpus=()),
}
in_every_catalog = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS.keys())
as_started_and_edited = pytest.mark.parametrize("catalog", [lambda snapshot: snapshot, edited], ids=["start", "edited"])
