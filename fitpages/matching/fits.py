"""What fits what: the one answer for pages, hubs and lists."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import partial

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.assessment import Assessment, assess_needs, best_of, is_at_least
from fit.cards import card_to_want
from fit.ladder import Ladder, ladder
from fit.needs import Need, bytes_apart, needs, sized
from fit.specs import GpuSpec, QuantSpec
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import default_of, levels
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each level that is shown always, best quality first."""
    of_model = levels(snapshot, model)
    return needs(model.spec, of_model.always, file_sizes(snapshot, model), of_model.made)


def need_at(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> Need:
    """What the model needs at a level that advice is given for."""
    first = next((need for need in needs_of(snapshot, model) if need.quant is quant.spec), None)
    return first or next(need for need in _needs_with(snapshot, model, quant.spec) if need.quant is quant.spec)


@per_snapshot
def bytes_of_others(snapshot: Snapshot, model: PublishedModel) -> Mapping[QuantSpec, int]:
    """Bytes at the reference context at each level that can be counted and is not in the table of every page."""
    of_model = levels(snapshot, model)
    quants = (*of_model.lower, *of_model.folded)
    counted = zip(quants, bytes_apart(model.spec, quants, file_sizes(snapshot, model)), strict=True)
    return {quant: size for quant, size in counted if size is not None}


@per_snapshot
def _wider_ladder(snapshot: Snapshot, model: PublishedModel) -> Ladder:
    """`needs_of` with the folded levels that are advised where the default does not fit, these by their bytes alone:
    of a model's many levels one is ever shown."""
    usual, sizes = {need.quant: need for need in needs_of(snapshot, model)}, bytes_of_others(snapshot, model)
    counted = [quant for quant in levels(snapshot, model).wider if quant in usual or quant in sizes]
    return ladder([usual[quant] if quant in usual else sized(quant, sizes[quant]) for quant in counted])


@per_snapshot
def _ladder_below(snapshot: Snapshot, model: PublishedModel) -> Ladder:
    """The levels that are looked at when nothing better fits, by their bytes alone."""
    sizes = bytes_of_others(snapshot, model)
    return ladder([sized(quant, sizes[quant]) for quant in levels(snapshot, model).below if quant in sizes])


def lower_needs_of(snapshot: Snapshot, model: PublishedModel, gpu: GpuSpec) -> tuple[Need, ...]:
    """What the model needs at the levels that are shown when nothing better fits, the best that does among them."""
    best = _ladder_below(snapshot, model).best(gpu)
    return _lower_with(snapshot, model, best) if best else ()


@per_snapshot
def _lower_with(snapshot: Snapshot, model: PublishedModel, best: QuantSpec) -> tuple[Need, ...]:
    return needs(model.spec, levels(snapshot, model).lower_with(best), file_sizes(snapshot, model))


@per_snapshot
def default_need(snapshot: Snapshot, model: PublishedModel) -> Need:
    """At the model's default only: lists look for what fits through many models."""
    (need,) = needs(model.spec, [levels(snapshot, model).default], file_sizes(snapshot, model))
    return need


def assessment(snapshot: Snapshot, pair: Pair) -> Assessment:
    """The pair at every level that is shown; there is at least one."""
    return assessment_on(snapshot, pair.model, pair.gpu.spec)


def assessment_on(snapshot: Snapshot, model: PublishedModel, gpu: GpuSpec) -> Assessment:
    """`assessment` on any card, also one that the catalog does not have."""
    default, lower = levels(snapshot, model).default, partial(lower_needs_of, snapshot, model, gpu)
    return assess_needs(model.spec, gpu, _shown_needs(snapshot, model, gpu), default, lower)


def best_quant(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PublishedQuant | None:
    """The quantization that the page of this pair gives advice for; None where nothing fits."""
    best = _advised(snapshot, model, gpu.spec)
    return snapshot.quant_of[best.slug] if best else None


def _advised(snapshot: Snapshot, model: PublishedModel, gpu: GpuSpec) -> QuantSpec | None:
    """The best level that fits; folded ones are looked at where the default does not fit, and only there."""
    return _upper_ladder(snapshot, model).best(gpu) or _wider_ladder(snapshot, model).best(gpu)


@per_snapshot
def _upper_ladder(snapshot: Snapshot, model: PublishedModel) -> Ladder:
    """The default and what is better."""
    default = levels(snapshot, model).default
    return ladder([need for need in needs_of(snapshot, model) if is_at_least(need.quant, default)])


def _shown_needs(snapshot: Snapshot, model: PublishedModel, gpu: GpuSpec) -> tuple[Need, ...]:
    """The levels that are shown always, and the one that is advised in its place among them."""
    usual = needs_of(snapshot, model)
    if _upper_ladder(snapshot, model).best(gpu):
        return usual
    best = _wider_ladder(snapshot, model).best(gpu)
    if best is None or any(need.quant is best for need in usual):
        return usual
    return _needs_with(snapshot, model, best)


@per_snapshot
def _needs_with(snapshot: Snapshot, model: PublishedModel, best: QuantSpec) -> tuple[Need, ...]:
    of_model = levels(snapshot, model)
    shown = [quant for quant in of_model.wider if quant in of_model.always or quant is best]
    return needs(model.spec, shown, file_sizes(snapshot, model), of_model.made_wider)


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
