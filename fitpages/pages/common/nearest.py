"""Links to what is called much like an address that has no page."""

from collections.abc import Iterable

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair, close_slugs, nearest_pairs
from fitpages.pages.common import answer_words
from fitpages.site import Link


def nearest(snapshot: Snapshot, folder: str, name: str) -> tuple[Link, ...]:
    """Of the kind that the folder of an address is of, else pairs."""
    if folder == addresses.MODELS:
        return model_links(snapshot, close_slugs(name, snapshot.models))
    if folder == addresses.GPUS:
        return gpu_links(snapshot, close_slugs(name, snapshot.gpus))
    return pair_links(snapshot, nearest_pairs(snapshot, name))


def model_links(snapshot: Snapshot, slugs: Iterable[str]) -> tuple[Link, ...]:
    """Models by their names."""
    models = (snapshot.models[slug] for slug in slugs)
    return tuple(Link(model.name, addresses.model(model.slug)) for model in models)


def gpu_links(snapshot: Snapshot, slugs: Iterable[str]) -> tuple[Link, ...]:
    """GPUs by their names."""
    gpus = (snapshot.gpus[slug] for slug in slugs)
    return tuple(Link(gpu.name, addresses.gpu(gpu.slug)) for gpu in gpus)


def pair_links(snapshot: Snapshot, pairs: Iterable[Pair]) -> tuple[Link, ...]:
    """Pairs with their answers."""
    return tuple(
        Link(
            f"{pair.model.name} on {pair.gpu.name}",
            pair.address,
            answer_words.short_line(answer(snapshot, pair.model, pair.gpu)),
        )
        for pair in pairs
    )
