"""The page of an address whose record was deleted: that it was taken out, and what to read instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.picture import Gone
from catalog.published import PublishedGpu, PublishedModel
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.pairs import GonePair, Pair, close_slugs
from fitpages.pages.common.nearest import gpu_links, model_links, pair_links
from fitpages.pages.common.page import Page
from fitpages.site import Link

MODEL, GPU = "A model", "A GPU"
MOST, SOME = 6, 3


@dataclass(frozen=True, kw_only=True)
class GonePage(Page):
    """What its template shows. `instead` is read instead of it, what is still there of a pair first."""

    template: ClassVar[str] = "410.html"

    instead: tuple[Link, ...]


def of_model(snapshot: Snapshot, slug: str) -> GonePage:
    """The page of a model that was deleted."""
    name, family = snapshot.gone_models[slug]
    return _page([name or MODEL], model_links(snapshot, _models_like(snapshot, slug, family)))


def of_gpu(snapshot: Snapshot, slug: str) -> GonePage:
    """The page of a GPU that was deleted."""
    name, family = snapshot.gone_gpus[slug]
    return _page([name or GPU], gpu_links(snapshot, _gpus_like(snapshot, slug, family)))


def of_pair(snapshot: Snapshot, pair: GonePair) -> GonePage:
    """The page of a pair of which a part was deleted."""
    names = [part.name or label for part, label in ((pair.model, MODEL), (pair.gpu, GPU)) if isinstance(part, Gone)]
    still_there = _hub(pair.model, pair.gpu)
    return _page(names, (*still_there, *pair_links(snapshot, _pairs_like(snapshot, pair))))


def _page(names: list[str], instead: tuple[Link, ...]) -> GonePage:
    gone = f"{' and '.join(names)} {'were' if len(names) > 1 else 'was'} taken out"
    return GonePage(
        title=gone,
        description=f"{gone} of the catalog.",
        heading=f"{gone} of the catalog",
        address="",
        crumb="",
        way=(),
        indexable=False,
        instead=instead,
    )


def _hub(model: PublishedModel | Gone, gpu: PublishedGpu | Gone) -> tuple[Link, ...]:
    """The page of the part that is still there."""
    if isinstance(model, PublishedModel):
        return (Link(f"{model.name} on every GPU", addresses.model(model.slug)),)
    return (Link(f"Every model on {gpu.name}", addresses.gpu(gpu.slug)),) if isinstance(gpu, PublishedGpu) else ()


def _pairs_like(snapshot: Snapshot, pair: GonePair) -> list[Pair]:
    model, gpu = pair.model, pair.gpu
    models = _models_like(snapshot, pair.model_slug, model.family) if isinstance(model, Gone) else [model.slug]
    gpus = _gpus_like(snapshot, pair.gpu_slug, gpu.family) if isinstance(gpu, Gone) else [gpu.slug]
    pairs = [Pair(snapshot.models[model_slug], snapshot.gpus[gpu_slug]) for model_slug in models for gpu_slug in gpus]
    return pairs[:MOST]


def _models_like(snapshot: Snapshot, slug: str, family: str) -> list[str]:
    return _like(slug, {model.slug: model.family for model in snapshot.models.values()}, family)


def _gpus_like(snapshot: Snapshot, slug: str, vendor: str) -> list[str]:
    return _like(slug, {gpu.slug: gpu.vendor for gpu in snapshot.gpus.values()}, vendor)


def _like(slug: str, families: Mapping[str, str], family: str) -> list[str]:
    """Slugs written much like this one, those of its family before others; of a family unlike it, some of it."""
    relatives = [other for other, its in families.items() if family and its == family]
    close = close_slugs(slug, relatives) or relatives[:SOME]
    return list(dict.fromkeys([*close, *close_slugs(slug, families)]))[:MOST]
