"""What fits what: the one answer for pages, hubs and lists."""

from bisect import bisect_right
from collections.abc import Iterator

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.needs import Need, needs
from fit.verdict import Assessment, assess_needs, best_of, card_to_want
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each published quantization, best quality first."""
    return needs(model.spec, [quant.spec for quant in snapshot.quants], file_sizes(snapshot, model))


@per_snapshot
def _default_need(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """At the default quantization only: lists look for what fits through many models."""
    quants = [snapshot.default_quant.spec]
    return needs(model.spec, quants, file_sizes(snapshot, model))


def assessment(snapshot: Snapshot, pair: Pair) -> Assessment:
    """The pair at every published quantization; there is at least one."""
    needed = needs_of(snapshot, pair.model)
    return assess_needs(pair.model.spec, pair.gpu.spec, needed, snapshot.default_quant.spec)


def best_quant(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PublishedQuant | None:
    """The quantization that the page of this pair gives advice for; None where nothing fits."""
    return best_of_needs(snapshot, needs_of(snapshot, model), gpu)


def best_of_needs(snapshot: Snapshot, needed: tuple[Need, ...], gpu: PublishedGpu) -> PublishedQuant | None:
    """`best_quant` for needs that are at hand, where many cards are asked about one model."""
    best = best_of(needed, gpu.spec)
    return snapshot.quant_of[best.slug] if best else None


def fits_default(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> bool:
    """Whether the default quantization fits as far as advice goes; there is a default."""
    return best_of(_default_need(snapshot, model), gpu.spec) is not None


@per_snapshot
def wanted_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The smallest common card that holds the model at the default quantization."""
    return smallest_common_card(snapshot, model, snapshot.default_quant)


@per_snapshot
def smallest_advised_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The smallest common card that the default quantization fits as far as advice goes, whatever the rule says."""
    return next((gpu for gpu in snapshot.common_gpus if fits_default(snapshot, model, gpu)), None)


@per_snapshot
def smallest_common_card(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> PublishedGpu | None:
    """The common card with the least memory that holds the model at `quant`; of equals the least bandwidth."""
    common = (gpu.spec for gpu in snapshot.common_gpus)
    spec = card_to_want(model.spec, quant.spec, common, file_sizes(snapshot, model))
    return snapshot.gpus[spec.slug] if spec else None


def fitting_models(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[PublishedModel]:
    """Models that fit the GPU at the default quantization by the rule and exactly, the largest first."""
    most = rule_of_thumb.most_parameters(snapshot.default_quant.spec, gpu.spec)
    end = bisect_right(snapshot.models_by_size, most, key=lambda model: model.spec.parameters)
    for index in range(end - 1, -1, -1):
        model = snapshot.models_by_size[index]
        if fits_default(snapshot, model, gpu):
            yield model


def largest_running_model(snapshot: Snapshot, gpu: PublishedGpu) -> PublishedModel | None:
    """The largest model that fits the GPU at the default quantization as far as advice goes."""
    return next(running_models(snapshot, gpu), None)


def running_models(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[PublishedModel]:
    """Models that fit the GPU at the default quantization as far as advice goes, the largest first."""
    for model in reversed(snapshot.models_by_size):
        if fits_default(snapshot, model, gpu):
            yield model


def file_sizes(snapshot: Snapshot, model: PublishedModel) -> dict[str, int]:
    """Bytes of the published files of a model by the slug of their quantization."""
    return {slug: file.size_bytes for slug, file in snapshot.files_of.get(model.slug, {}).items()}
