"""What a model takes at each level, and the smallest common card for each."""

from typing import NamedTuple

from catalog.snapshot import PublishedModel, Snapshot
from fit.needs import Need
from fitpages import addresses
from fitpages.matching.fits import needs_of
from fitpages.matching.machines import card_holding
from fitpages.site import Link
from fitpages.text import figures


class LevelNeed(NamedTuple):
    """What the model takes at one level, and the smallest common card that holds it, or `no_card`.

    `counted` is with the reference context, in GiB, and `by_rule` the rule of thumb's, in GB; "" where there is none.
    """

    name: str
    counted: str
    card: Link | None
    no_card: str
    by_rule: str


def level_needs(snapshot: Snapshot, model: PublishedModel) -> tuple[LevelNeed, ...]:
    """The levels that are shown always, best quality first."""
    return tuple(_level(snapshot, model, need) for need in needs_of(snapshot, model))


def _level(snapshot: Snapshot, model: PublishedModel, need: Need) -> LevelNeed:
    """A level that nobody makes files at has no card: there is nothing to hold."""
    quant = snapshot.quant_of[need.quant.slug]
    context = need.accounting.reference_context if need.accounting else 0
    card = card_holding(snapshot, need, context) if need.is_made else None
    return LevelNeed(
        name=quant.name,
        counted="" if need.exact_bytes is None else figures.bare_gibibytes(need.exact_bytes),
        card=Link(card.name, addresses.pair(model.slug, card.slug)) if card else None,
        no_card="none" if need.is_made else "",
        by_rule="" if need.rule_bytes is None else figures.bare_gigabytes(need.rule_bytes),
    )
