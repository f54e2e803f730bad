"""Which pairs have a page, and which pairs a page leads on to. The one answer for views, sitemaps and lists."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import chain, groupby, islice

from catalog.models.record import PAIR_SEPARATOR
from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.verdict import best_quant, card_to_want, preference
from fitpages import addresses


@dataclass(frozen=True)
class Pair:
    """A published model and a published GPU."""

    model: PublishedModel
    gpu: PublishedGpu

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)


def find(snapshot: Snapshot, name: str) -> Pair | None:
    """The pair that "<model>-on-<gpu>" names, by present or former slugs, in any case; None if there is no page."""
    model_slug, _, gpu_slug = name.lower().partition(PAIR_SEPARATOR)
    model = snapshot.models.get(model_slug) or snapshot.models.get(snapshot.former_model_slugs.get(model_slug, ""))
    gpu = snapshot.gpus.get(gpu_slug) or snapshot.gpus.get(snapshot.former_gpu_slugs.get(gpu_slug, ""))
    return Pair(model, gpu) if model and gpu and snapshot.quants else None


def count(snapshot: Snapshot) -> int:
    """How many pairs have a page."""
    return len(snapshot.models) * len(snapshot.gpus) if snapshot.quants else 0


def wanted_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The humblest common card that holds the model at the default quantization."""
    return humblest_card(snapshot, model, snapshot.default_quant) if snapshot.default_quant else None


def humblest_card(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> PublishedGpu | None:
    """The common card with the least memory that holds the model at `quant`; of equals the least bandwidth."""
    common = (gpu.spec for gpu in snapshot.common_gpus)
    spec = card_to_want(model.spec, quant.spec, common, file_sizes(snapshot, model))
    return snapshot.gpus[spec.slug] if spec else None


def other_gpus(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> list[PublishedGpu]:
    """Six other common cards: the card to want, then the nearest two below and three above in memory.

    Of equals the closest in bandwidth; where one side runs out, the other fills up. In order of memory.
    """
    chosen = [wanted] if wanted and wanted is not pair.gpu else []
    memory_gb = pair.gpu.spec.nameplate_gb
    start = bisect_left(snapshot.common_gpus, memory_gb, key=_nameplate)
    end = bisect_right(snapshot.common_gpus, memory_gb, key=_nameplate)
    below = _nearest(pair.gpu, reversed(snapshot.common_gpus[:start]), wanted)
    above = _nearest(pair.gpu, snapshot.common_gpus[end:], wanted)
    chosen += below[:2] + above[:3]
    chosen += (above[3:] + below[2:])[: 6 - len(chosen)]
    return sorted(chosen, key=lambda gpu: preference(gpu.spec))


def _nameplate(gpu: PublishedGpu) -> Decimal:
    return gpu.spec.nameplate_gb


def _nearest(gpu: PublishedGpu, others: Iterable[PublishedGpu], wanted: PublishedGpu | None) -> list[PublishedGpu]:
    """Up to six of `others`, which come nearest in memory first; of equals the closest in bandwidth first."""

    def distance(other: PublishedGpu) -> tuple[Decimal, str]:
        return abs(other.spec.bandwidth_gb_s - gpu.spec.bandwidth_gb_s), other.slug

    found: list[PublishedGpu] = []
    for _, equals in groupby((other for other in others if other is not wanted), key=_nameplate):
        found += sorted(equals, key=distance)
        if len(found) >= 6:
            break
    return found[:6]


def other_models(snapshot: Snapshot, pair: Pair) -> list[PublishedModel]:
    """Six other models: the largest that fits this GPU at the default quantization and the next two below it, and
    the three nearest to this model in size from other families; nearer ones fill up where these run out."""
    chosen = list(islice((model for model in fitting_models(snapshot, pair.gpu) if model is not pair.model), 3))
    nearest = (model for model in _by_distance(snapshot, pair.model) if model not in chosen)
    of_others: list[PublishedModel] = []
    passed_over: list[PublishedModel] = []
    for model in nearest:
        if len(of_others) == 3:
            break
        (of_others if model.family != pair.model.family else passed_over).append(model)
    # What was passed over is nearer than what was not yet looked at.
    fillers = chain(passed_over, nearest)
    chosen += of_others
    chosen += islice(fillers, max(0, 6 - len(chosen)))
    return sorted(chosen, key=_size)


def _size(model: PublishedModel) -> tuple[int, str]:
    return model.spec.parameters, model.slug


def fitting_models(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[PublishedModel]:
    """Models that fit the GPU at the default quantization by the rule and exactly, the largest first."""
    if snapshot.default_quant is None:
        return
    most = rule_of_thumb.most_parameters(snapshot.default_quant.spec, gpu.spec)
    end = bisect_right(snapshot.models_by_size, most, key=lambda model: model.spec.parameters)
    for index in range(end - 1, -1, -1):
        model = snapshot.models_by_size[index]
        if best_quant(model.spec, gpu.spec, [snapshot.default_quant.spec], file_sizes(snapshot, model)):
            yield model


def _by_distance(snapshot: Snapshot, model: PublishedModel) -> Iterator[PublishedModel]:
    """The other models, the nearest in size first, as far as they are asked for."""
    position = bisect_left(snapshot.models_by_size, _size(model), key=_size)

    def distance(other: PublishedModel) -> tuple[int, str]:
        return abs(other.spec.parameters - model.spec.parameters), other.slug

    smaller = (snapshot.models_by_size[index] for index in range(position - 1, -1, -1))
    larger = (snapshot.models_by_size[index] for index in range(position + 1, len(snapshot.models_by_size)))
    return heapq.merge(smaller, larger, key=distance)


def largest_model(snapshot: Snapshot, gpu: PublishedGpu) -> PublishedModel | None:
    """The largest model that fits the GPU at the default quantization by the rule of thumb."""
    return next(fitting_models(snapshot, gpu), None)


def largest_running_model(snapshot: Snapshot, gpu: PublishedGpu) -> PublishedModel | None:
    """The largest model that fits the GPU at the default quantization as far as advice goes."""
    return next(running_models(snapshot, gpu), None)


def running_models(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[PublishedModel]:
    """Models that fit the GPU at the default quantization as far as advice goes, the largest first."""
    default = snapshot.default_quant
    if default is None:
        return
    for model in reversed(snapshot.models_by_size):
        if best_quant(model.spec, gpu.spec, [default.spec], file_sizes(snapshot, model)):
            yield model


def file_sizes(snapshot: Snapshot, model: PublishedModel) -> dict[str, int]:
    """Bytes of the published files of a model by the slug of their quantization."""
    return {slug: file.size_bytes for slug, file in snapshot.files_of.get(model.slug, {}).items()}


def nearest_pairs(snapshot: Snapshot, name: str, limit: int = 6) -> list[Pair]:
    """Pairs whose names come nearest to an address that has no page."""
    model_name, _, gpu_name = name.lower().partition(PAIR_SEPARATOR)
    models = [snapshot.models[slug] for slug in _close(model_name, snapshot.models)]
    gpus = [snapshot.gpus[slug] for slug in _close(gpu_name or model_name, snapshot.gpus)]
    if not snapshot.quants:
        return []
    return [Pair(model, gpu) for model in models for gpu in gpus][:limit]


def _close(name: str, slugs: Iterable[str]) -> list[str]:
    return get_close_matches(name[:80], list(slugs), n=3, cutoff=0.5)
