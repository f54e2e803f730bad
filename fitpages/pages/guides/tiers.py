"""What each size of memory runs, for the guide to running models locally."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.answers import Answer
from fitpages.pages.guides.pair_figures import PairFigures, pair_figures, running
from fitpages.site import Link
from fitpages.text import figures

# The largest model is often an old one; a newer one counts as of about that size from this share of it on.
NEWER_SHARE = Decimal("0.75")


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A size of memory, the fastest common card that has it, and the largest model that runs on this card alone at its
    default level or a better one.

    `newer` is the newest model of about that size that does; None where no release date is known.
    """

    memory: str
    card: Link
    largest: PairFigures
    newer: PairFigures | None
    released: str


@dataclass(frozen=True, kw_only=True)
class Price:
    """What a card cost when it came out."""

    card: Link
    memory: str
    price: str
    released: str
    power: str


def tier_cards(snapshot: Snapshot) -> list[PublishedGpu]:
    """The fastest common card of each size of memory that there is a card of."""
    cards = (examples.fastest_of_size(snapshot, memory_gb) for memory_gb in examples.MEMORY_SIZES_GB)
    return [gpu for gpu in cards if gpu]


def tiers(snapshot: Snapshot, cards: Iterable[PublishedGpu]) -> tuple[Tier, ...]:
    """A tier for each card that runs a model alone."""
    each = (_tier(snapshot, gpu) for gpu in cards)
    return tuple(tier for tier in each if tier)


def _tier(snapshot: Snapshot, gpu: PublishedGpu) -> Tier | None:
    answers = running(snapshot, gpu)
    largest = next(answers, None)
    if largest is None:
        return None
    newer = _newest([largest, *takewhile(lambda there: _comes_near(there.model, largest.model), answers)])
    return Tier(
        memory=figures.gigabytes(gpu.spec.nameplate_gb),
        card=Link(gpu.name, addresses.gpu(gpu.slug)),
        largest=pair_figures(largest),
        newer=pair_figures(newer) if newer else None,
        released=figures.month(newer.model.release_date) if newer else "",
    )


def _comes_near(model: PublishedModel, largest: PublishedModel) -> bool:
    return model.spec.parameters >= largest.spec.parameters * NEWER_SHARE


def _newest(answers: Iterable[Answer]) -> Answer | None:
    """The newest model, of equals the largest; None where no release date is known."""
    dated = [there for there in answers if there.model.release_date]
    return max(dated, key=lambda there: (there.model.release_date, there.model.spec.parameters), default=None)


def prices(cards: Iterable[PublishedGpu]) -> tuple[Price, ...]:
    """The cards whose launch price is known."""
    return tuple(
        Price(
            card=Link(gpu.name, addresses.gpu(gpu.slug)),
            memory=figures.gigabytes(gpu.spec.nameplate_gb),
            price=figures.price(gpu.launch_price_usd),
            released=figures.month(gpu.release_date, figures.NOT_SHOWN),
            power=figures.power(gpu.power_w, figures.NOT_SHOWN),
        )
        for gpu in cards
        if gpu.launch_price_usd is not None
    )
