"""What fits what: the one answer for pages, hubs and lists."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.cards import card_to_want
from fit.needs import Need, needs
from fit.verdict import Assessment, assess_needs, best_of
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import default_of, levels
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each level that is shown always, best quality first."""
    of_model = levels(snapshot, model)
    return needs(model.spec, of_model.always, file_sizes(snapshot, model), of_model.made)


@per_snapshot
def lower_needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each level that is shown when nothing better fits."""
    return needs(model.spec, levels(snapshot, model).lower, file_sizes(snapshot, model))


@per_snapshot
def default_need(snapshot: Snapshot, model: PublishedModel) -> Need:
    """At the model's default only: lists look for what fits through many models."""
    (need,) = needs(model.spec, [levels(snapshot, model).default], file_sizes(snapshot, model))
    return need


def assessment(snapshot: Snapshot, pair: Pair) -> Assessment:
    """The pair at every level that is shown; there is at least one."""
    needed, default = needs_of(snapshot, pair.model), levels(snapshot, pair.model).default
    return assess_needs(pair.model.spec, pair.gpu.spec, needed, default, partial(lower_needs_of, snapshot, pair.model))


def best_quant(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PublishedQuant | None:
    """The quantization that the page of this pair gives advice for; None where nothing fits."""
    return best_of_needs(snapshot, needs_of(snapshot, model), gpu)


def best_of_needs(snapshot: Snapshot, needed: tuple[Need, ...], gpu: PublishedGpu) -> PublishedQuant | None:
    """`best_quant` for needs that are at hand, where many cards are asked about one model."""
    best = best_of(needed, gpu.spec)
    return snapshot.quant_of[best.slug] if best else None


def fits_default(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> bool:
    """Whether the model's default fits as far as advice goes; there is a default."""
    return best_of([default_need(snapshot, model)], gpu.spec) is not None


@per_snapshot
def wanted_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The smallest common card that holds the model at its default."""
    return smallest_common_card(snapshot, model, default_of(snapshot, model))


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
