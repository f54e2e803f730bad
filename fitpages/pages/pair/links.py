"""Where the page of a pair leads on to."""

from catalog.snapshot import PublishedGpu, PublishedQuant, Snapshot
from fitpages import addresses
from fitpages.matching.fits import best_quant
from fitpages.matching.pairs import Pair
from fitpages.matching.related import other_gpus, other_models
from fitpages.site import Link

RELATED = (
    Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
    Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory really runs"),
    Link("All combinations", addresses.COMBINATIONS, "by model and by GPU"),
)


def gpu_links(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> tuple[Link, ...]:
    model, slug = pair.model, pair.model.slug
    return tuple(
        Link(gpu.name, addresses.pair(slug, gpu.slug), _outcome(best_quant(snapshot, model, gpu)))
        for gpu in other_gpus(snapshot, pair, wanted)
    )


def model_links(snapshot: Snapshot, pair: Pair) -> tuple[Link, ...]:
    gpu, slug = pair.gpu, pair.gpu.slug
    return tuple(
        Link(model.name, addresses.pair(model.slug, slug), _outcome(best_quant(snapshot, model, gpu)))
        for model in other_models(snapshot, pair)
    )


def _outcome(best: PublishedQuant | None) -> str:
    """The recommended quantization of another pair, or that it does not fit."""
    return best.name if best else "does not fit"
