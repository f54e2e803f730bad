"""Which pairs have a page, and which pairs a page leads on to. The one answer for views, sitemaps and lists."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import groupby, islice
from typing import NamedTuple

from catalog.models.record import PAIR_SEPARATOR
from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.needs import Need, needs
from fit.verdict import best_of, card_to_want
from fitpages import addresses
from fitpages.remembered import per_snapshot

# Other cards, and other models, that a page leads on to.
SHOWN = 6


@dataclass(frozen=True)
class Pair:
    """A published model and a published GPU."""

    model: PublishedModel
    gpu: PublishedGpu

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)


def find(snapshot: Snapshot, name: str) -> Pair | None:
    """The pair that "<model>-on-<gpu>" names, by present or former slugs, however written; None if there is none."""
    model_slug, _, gpu_slug = addresses.as_slug(name).partition(PAIR_SEPARATOR)
    model = snapshot.models.get(model_slug) or snapshot.models.get(snapshot.former_model_slugs.get(model_slug, ""))
    gpu = snapshot.gpus.get(gpu_slug) or snapshot.gpus.get(snapshot.former_gpu_slugs.get(gpu_slug, ""))
    return Pair(model, gpu) if model and gpu and snapshot.quants else None


def count(snapshot: Snapshot) -> int:
    """How many pairs have a page."""
    return len(snapshot.models) * len(snapshot.gpus) if snapshot.quants else 0


@per_snapshot
def needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each published quantization, best quality first."""
    return needs(model.spec, [quant.spec for quant in snapshot.quants], file_sizes(snapshot, model))


@per_snapshot
def _default_need(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """At the default quantization only: lists look for what fits through many models."""
    quants = [snapshot.default_quant.spec] if snapshot.default_quant else []
    return needs(model.spec, quants, file_sizes(snapshot, model))


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
    """The humblest common card that holds the model at the default quantization."""
    return humblest_card(snapshot, model, snapshot.default_quant) if snapshot.default_quant else None


@per_snapshot
def smallest_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The humblest common card that the default quantization fits as far as advice goes, whatever the rule says."""
    return next((gpu for gpu in snapshot.common_gpus if fits_default(snapshot, model, gpu)), None)


def humblest_card(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> PublishedGpu | None:
    """The common card with the least memory that holds the model at `quant`; of equals the least bandwidth."""
    common = (gpu.spec for gpu in snapshot.common_gpus)
    spec = card_to_want(model.spec, quant.spec, common, file_sizes(snapshot, model))
    return snapshot.gpus[spec.slug] if spec else None


def other_gpus(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> list[PublishedGpu]:
    """Six other common cards: the card to want, then the nearest two below and three above in memory.

    Of equals the closest in bandwidth; where one side runs out, the other fills up. In order of memory.
    """
    sides = _near_gpus(snapshot, pair.gpu)
    below, above = ([other for other in side if other.gpu is not wanted][:SHOWN] for side in sides)
    chosen = [_ranked(snapshot, wanted)] if wanted and wanted is not pair.gpu else []
    chosen += below[:2] + above[:3]
    chosen += (above[3:] + below[2:])[: SHOWN - len(chosen)]
    return [other.gpu for other in sorted(chosen)]


class _Ranked(NamedTuple):
    """A common card and its place among them in order of preference."""

    rank: int
    gpu: PublishedGpu


@per_snapshot
def _ranked(snapshot: Snapshot, gpu: PublishedGpu) -> _Ranked:
    return _Ranked(snapshot.common_gpus.index(gpu), gpu)


@per_snapshot
def _near_gpus(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[list[_Ranked], list[_Ranked]]:
    """Common cards with less and with more memory, the nearest first: one more than are shown."""
    memory_gb = gpu.spec.nameplate_gb
    start = bisect_left(snapshot.common_gpus, memory_gb, key=_nameplate)
    end = bisect_right(snapshot.common_gpus, memory_gb, key=_nameplate)
    sides = (_nearest(gpu, reversed(snapshot.common_gpus[:start])), _nearest(gpu, snapshot.common_gpus[end:]))
    below, above = ([_ranked(snapshot, other) for other in side[: SHOWN + 1]] for side in sides)
    return below, above


def _nameplate(gpu: PublishedGpu) -> Decimal:
    return gpu.spec.nameplate_gb


def _nearest(gpu: PublishedGpu, others: Iterable[PublishedGpu]) -> list[PublishedGpu]:
    """`others`, which come nearest in memory first; of equals the closest in bandwidth first."""

    def distance(other: PublishedGpu) -> tuple[Decimal, str]:
        return abs(other.spec.bandwidth_gb_s - gpu.spec.bandwidth_gb_s), other.slug

    return [other for _, equals in groupby(others, key=_nameplate) for other in sorted(equals, key=distance)]


def other_models(snapshot: Snapshot, pair: Pair) -> list[PublishedModel]:
    """Six other models: the largest that fits this GPU at the default quantization and the next two below it, and
    the three nearest to this model in size from other families; nearer ones fill up where these run out."""
    chosen = [model for model in _largest_fitting(snapshot, pair.gpu) if model is not pair.model][:3]
    of_others = [model for model in _near_of_other_families(snapshot, pair.model) if model not in chosen][:3]
    chosen += of_others
    if len(chosen) < SHOWN:
        fillers = (model for model in _by_distance(snapshot, pair.model) if model not in chosen)
        chosen += islice(fillers, SHOWN - len(chosen))
    return sorted(chosen, key=_size)


@per_snapshot
def _largest_fitting(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[PublishedModel, ...]:
    """The four largest that fit: three, whichever of them the page is about."""
    return tuple(islice(fitting_models(snapshot, gpu), 4))


@per_snapshot
def _near_of_other_families(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """The six nearest in size: three, whichever of them are named already."""
    others = (other for other in _by_distance(snapshot, model) if other.family != model.family)
    return tuple(islice(others, 6))


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
        if fits_default(snapshot, model, gpu):
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
    if snapshot.default_quant is None:
        return
    for model in reversed(snapshot.models_by_size):
        if fits_default(snapshot, model, gpu):
            yield model


def file_sizes(snapshot: Snapshot, model: PublishedModel) -> dict[str, int]:
    """Bytes of the published files of a model by the slug of their quantization."""
    return {slug: file.size_bytes for slug, file in snapshot.files_of.get(model.slug, {}).items()}


def nearest_pairs(snapshot: Snapshot, name: str, limit: int = 6) -> list[Pair]:
    """Pairs whose names come nearest to an address that has no page."""
    model_name, _, gpu_name = name.lower().partition(PAIR_SEPARATOR)
    models = [snapshot.models[slug] for slug in close_slugs(model_name, snapshot.models)]
    gpus = [snapshot.gpus[slug] for slug in close_slugs(gpu_name or model_name, snapshot.gpus)]
    if not snapshot.quants:
        return []
    return [Pair(model, gpu) for model in models for gpu in gpus][:limit]


def close_slugs(name: str, slugs: Iterable[str]) -> list[str]:
    """Up to three slugs that are written much like `name`."""
    return get_close_matches(name[:80], list(slugs), n=3, cutoff=0.5)
