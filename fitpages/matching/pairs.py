"""Which pairs have a page, and which an address means."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from catalog.models.record import PAIR_SEPARATOR
from catalog.picture import Gone
from catalog.slugs import as_slug
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages import addresses


@dataclass(frozen=True)
class Pair:
    """A published model and a published GPU."""

    model: PublishedModel
    gpu: PublishedGpu

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)


@dataclass(frozen=True)
class GonePair:
    """A pair that had a page, of which a part or both were deleted."""

    model: PublishedModel | Gone
    gpu: PublishedGpu | Gone
    model_slug: str
    gpu_slug: str


def find_pair(snapshot: Snapshot, name: str) -> Pair | None:
    """The pair that "<model>-on-<gpu>" names, by present or former slugs, however written; None if there is none."""
    model_slug, _, gpu_slug = as_slug(name).partition(PAIR_SEPARATOR)
    model, gpu = _model(snapshot, model_slug), _gpu(snapshot, gpu_slug)
    return Pair(model, gpu) if model and gpu and snapshot.quants else None


def find_gone_pair(snapshot: Snapshot, name: str) -> GonePair | None:
    """The pair that "<model>-on-<gpu>" named until a part of it was deleted; None of what never was a pair."""
    model_slug, _, gpu_slug = as_slug(name).partition(PAIR_SEPARATOR)
    model = _model(snapshot, model_slug) or snapshot.gone_models.get(model_slug)
    gpu = _gpu(snapshot, gpu_slug) or snapshot.gone_gpus.get(gpu_slug)
    if not (model and gpu and (isinstance(model, Gone) or isinstance(gpu, Gone))):
        return None
    return GonePair(model, gpu, model_slug, gpu_slug)


def _model(snapshot: Snapshot, slug: str) -> PublishedModel | None:
    return snapshot.models.get(slug) or snapshot.models.get(snapshot.former_model_slugs.get(slug, ""))


def _gpu(snapshot: Snapshot, slug: str) -> PublishedGpu | None:
    return snapshot.gpus.get(slug) or snapshot.gpus.get(snapshot.former_gpu_slugs.get(slug, ""))


def count_pairs(snapshot: Snapshot) -> int:
    """How many pairs have a page."""
    return len(snapshot.models) * len(snapshot.gpus) if snapshot.quants else 0


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
