"""The guide for a person about to spend money or a weekend: what runs, how fast, and what to buy or rent."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.advice import ADVISED_CONTEXTS
from fitpages import addresses
from fitpages.pages.common.page import Page
from fitpages.pages.guides import comparisons
from fitpages.pages.guides.pair_figures import further_links, links_to
from fitpages.pages.guides.several_cards import SeveralCards, several_cards
from fitpages.pages.guides.tiers import NEWER_SHARE, Price, Tier, prices, tier_cards, tiers
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class LocalGuidePage(Page):
    """What its template shows. Examples are None where there are none."""

    template: ClassVar[str] = "fitpages/guides/local.html"

    default: str
    overhead: str
    context: str
    contexts: str
    usable_share: str
    unified_share: str
    tiers: tuple[Tier, ...]
    newer_share: str
    newer: tuple[Tier, ...]
    bandwidths: comparisons.Bandwidths | None
    unified: comparisons.UnifiedMemory | None
    mixture: comparisons.Mixture | None
    several: SeveralCards | None
    prices: tuple[Price, ...]
    unpriced: str
    pairs: tuple[Link, ...]
    further: tuple[Link, ...]


def build(snapshot: Snapshot) -> LocalGuidePage:
    """The guide, with the figures of this snapshot."""
    cards = tier_cards(snapshot)
    tiers_of_memory = tiers(snapshot, cards)
    bandwidths, unified = comparisons.bandwidths(snapshot), comparisons.unified_memory(snapshot)
    mixture, several = comparisons.mixture(snapshot), several_cards(snapshot)
    examples = (bandwidths, unified, mixture, several)
    unpriced = [gpu.name for gpu in cards if gpu.launch_price_usd is None]
    return LocalGuidePage(
        title="Running models locally: what each GPU memory size runs",
        description="What each size of GPU memory really runs, and how fast; unified memory, mixtures of experts, "
        "several cards, and what to ask before you buy or rent.",
        heading="Running language models locally",
        address=addresses.LOCAL_GUIDE,
        crumb="Running models locally",
        default=snapshot.default_quant.short_name,
        overhead=figures.percent(rule_of_thumb.OVERHEAD - 1),
        context=figures.tokens(ADVISED_CONTEXTS[-1]),
        contexts=wording.listed([figures.tokens(context) for context in ADVISED_CONTEXTS]),
        usable_share=figures.percent(rule_of_thumb.USABLE_SHARE),
        unified_share=figures.percent(rule_of_thumb.UNIFIED_USABLE_SHARE),
        tiers=tiers_of_memory,
        newer_share=figures.percent(NEWER_SHARE),
        newer=tuple(tier for tier in tiers_of_memory if tier.newer),
        bandwidths=bandwidths,
        unified=unified,
        mixture=mixture,
        several=several,
        prices=prices(cards),
        unpriced=wording.listed(unpriced) if unpriced else "",
        pairs=links_to(pair for example in examples if example for pair in example.pairs),
        further=further_links(
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what each level needs and what it costs"),
            Link("All combinations", addresses.COMBINATIONS, "by model and by GPU"),
        ),
    )
