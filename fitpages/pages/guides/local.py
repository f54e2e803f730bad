"""The guide for a person about to spend money or a weekend: what runs, how fast, and what to buy or rent."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import ClassVar

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import placement, rule_of_thumb
from fit.memory import REFERENCE_CONTEXT
from fit.offer import offer
from fit.specs import GpuSpec
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.fits import needs_of
from fitpages.matching.pairs import Pair
from fitpages.pages.common.page import Page
from fitpages.pages.guides import pair_figures
from fitpages.pages.guides.pair_figures import PairFigures
from fitpages.pages.guides.tiers import NEWER_SHARE, Price, Tier, prices, tier_cards, tiers
from fitpages.site import Link
from fitpages.text import figures, wording

MOST_CARDS = 4


@dataclass(frozen=True, kw_only=True)
class Bandwidths:
    """One model on two cards of equal memory; `ratio` is how many times the bandwidth the faster one has."""

    slower: PairFigures
    faster: PairFigures
    ratio: str


@dataclass(frozen=True, kw_only=True)
class Unified:
    """One model on a machine with unified memory and on a card that offers about as much; shares are of the box."""

    machine: PairFigures
    machine_share: str
    card: PairFigures
    card_share: str


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """A mixture of experts and a dense model of about its size, on one card."""

    mixture: PairFigures
    dense: PairFigures


@dataclass(frozen=True, kw_only=True)
class Cards:
    """Several equal cards by the rule of thumb: their usable memory added, the best level worth recommending that
    fits, and the ceiling, which is one card's."""

    count: str
    usable: str
    quant: str
    need: str
    ceiling: str


@dataclass(frozen=True, kw_only=True)
class Several:
    """One model that a single card does not hold at the default quantization. `answer` says how many of them do.

    `exactly` says how many it takes by the accounting, as the pages of pairs count; empty where there is none.
    """

    single: PairFigures
    need: str
    answer: str
    exactly: str
    rows: tuple[Cards, ...]


@dataclass(frozen=True, kw_only=True)
class LocalGuidePage(Page):
    """What its template shows. Examples are None where there are none."""

    template: ClassVar[str] = "fitpages/guides/local.html"

    default: str
    overhead: str
    context: str
    usable_share: str
    unified_share: str
    tiers: tuple[Tier, ...]
    newer_share: str
    newer: tuple[Tier, ...]
    bandwidths: Bandwidths | None
    unified: Unified | None
    mixture: Mixture | None
    several: Several | None
    prices: tuple[Price, ...]
    unpriced: str
    pairs: tuple[Link, ...]
    further: tuple[Link, ...]


def build(snapshot: Snapshot) -> LocalGuidePage:
    """The guide, with the figures of this snapshot."""
    cards = tier_cards(snapshot)
    sizes = tiers(snapshot, cards)
    bandwidths, unified = _bandwidths(snapshot), _unified(snapshot)
    mixture, cards_together = _mixture(snapshot), _several(snapshot)
    spoken_of = (
        bandwidths and bandwidths.slower,
        bandwidths and bandwidths.faster,
        unified and unified.machine,
        unified and unified.card,
        mixture and mixture.mixture,
        mixture and mixture.dense,
        cards_together and cards_together.single,
    )
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
        context=figures.tokens(REFERENCE_CONTEXT),
        usable_share=figures.percent(rule_of_thumb.USABLE_SHARE),
        unified_share=figures.percent(rule_of_thumb.UNIFIED_USABLE_SHARE),
        tiers=sizes,
        newer_share=figures.percent(NEWER_SHARE),
        newer=tuple(tier for tier in sizes if tier.newer),
        bandwidths=bandwidths,
        unified=unified,
        mixture=mixture,
        several=cards_together,
        prices=prices(cards),
        unpriced=wording.listed(unpriced) if unpriced else "",
        pairs=pair_figures.links(spoken_of),
        further=pair_figures.go_on(
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what each level needs and what it costs"),
            Link("All combinations", addresses.COMBINATIONS, "by model and by GPU"),
        ),
    )


def _bandwidths(snapshot: Snapshot) -> Bandwidths | None:
    """The slowest and the fastest common card of the size of memory that most cards have, and what fits both."""
    sizes = [list(cards) for _, cards in groupby(examples.discrete(snapshot), key=lambda gpu: gpu.spec.nameplate_gb)]
    cards = max(sizes, key=len, default=[])
    if not cards:
        return None
    slow, fast = cards[0], cards[-1]
    model = _dense_that_fits(snapshot, "qwen3-14b", (slow, fast))
    default = snapshot.default_quant
    if model is None or slow.spec.bandwidth_gb_s == fast.spec.bandwidth_gb_s:
        return None
    return Bandwidths(
        slower=pair_figures.figures_at(snapshot, Pair(model, slow), default),
        faster=pair_figures.figures_at(snapshot, Pair(model, fast), default),
        ratio=figures.times(fast.spec.bandwidth_gb_s / slow.spec.bandwidth_gb_s),
    )


def _dense_that_fits(snapshot: Snapshot, slug: str, gpus: tuple[PublishedGpu, ...]) -> PublishedModel | None:
    """The dense model of this slug where it fits all of `gpus` at the default, else the largest that does."""
    default = snapshot.default_quant
    fitting = [
        model
        for model in snapshot.models_by_size
        if not model.spec.mixture_of_experts
        and all(pair_figures.fits(snapshot, Pair(model, gpu), default) for gpu in gpus)
    ]
    wanted = snapshot.models.get(slug)
    return wanted if wanted in fitting else next(reversed(fitting), None)


def _unified(snapshot: Snapshot) -> Unified | None:
    """A machine, and the card whose usable memory comes nearest to the machine's."""
    machine = examples.machine(snapshot, "m4-max-64", 64)
    if machine is None:
        return None
    usable = rule_of_thumb.usable_bytes(machine.spec)
    cards = examples.discrete(snapshot)
    card = examples.nearest_gpu(cards, lambda gpu: rule_of_thumb.usable_bytes(gpu.spec), usable)
    model = _dense_that_fits(snapshot, "qwen3-32b", (machine, card)) if card else None
    default = snapshot.default_quant
    if card is None or model is None:
        return None
    return Unified(
        machine=pair_figures.figures_at(snapshot, Pair(model, machine), default),
        machine_share=figures.percent(rule_of_thumb.usable_share(machine.spec)),
        card=pair_figures.figures_at(snapshot, Pair(model, card), default),
        card_share=figures.percent(rule_of_thumb.usable_share(card.spec)),
    )


def _mixture(snapshot: Snapshot) -> Mixture | None:
    """None unless both fit one card, with a speed each."""
    card = examples.card(snapshot, "rtx-4090", 24)
    experts = examples.mixture(snapshot, "qwen3-30b-a3b", 30 * 10**9)
    default = snapshot.default_quant
    if card is None or experts is None:
        return None
    dense = examples.dense_model(snapshot, "qwen3-32b", experts.spec.parameters)
    if dense is None:
        return None
    pairs = Pair(experts, card), Pair(dense, card)
    if not all(pair_figures.fits(snapshot, pair, default) for pair in pairs):
        return None
    mixture, other = (pair_figures.figures_at(snapshot, pair, default) for pair in pairs)
    return Mixture(mixture=mixture, dense=other)


def _several(snapshot: Snapshot) -> Several | None:
    """A model that takes more than one card, by the rule of thumb; None where one may hold it."""
    card = examples.card(snapshot, "rtx-3090", 24)
    model = examples.dense_model(snapshot, "llama-3-3-70b", 70 * 10**9)
    default = snapshot.default_quant
    if card is None or model is None:
        return None
    need = rule_of_thumb.need_bytes(model.spec, default.spec)
    enough = cards_needed(need, card.spec)
    if enough == 1 or pair_figures.is_advised(snapshot, Pair(model, card), default):
        return None
    less, more = (rule_of_thumb.usable_bytes(card.spec, count) for count in (enough - 1, enough))
    need_text, less_text = figures.memories_apart(need, less)
    answer = f"it takes {wording.count(enough)}, with {figures.memory_in_prose(more)}"
    if enough > 2:
        answer = f"of {wording.count(enough - 1)} such cards {less_text} is usable, still too little; {answer}"
    return Several(
        single=pair_figures.figures_at(snapshot, Pair(model, card), default),
        need=need_text,
        answer=f"{wording.sentence(answer)}.",
        exactly=_exactly(snapshot, model, card, enough),
        rows=tuple(_cards(snapshot, model, card, count) for count in range(1, MOST_CARDS + 1)),
    )


def _exactly(snapshot: Snapshot, model: PublishedModel, card: PublishedGpu, by_rule: int) -> str:
    """How many cards it takes with layers placed whole and a cache, which the rule cannot know."""
    default, known = snapshot.default_quant, needs_of(snapshot, model)
    accounting = next((need.accounting for need in known if need.quant is default.spec), None)
    if accounting is None:
        return ""
    context, offered = accounting.reference_context, offer(card.spec).total_bytes
    counts = range(1, by_rule + MOST_CARDS)
    enough = next((count for count in counts if placement.split(accounting, [offered] * count, context)), None)
    if enough is None:
        return ""
    number, tokens = wording.count(enough), figures.tokens(context)
    if enough == by_rule:
        return f"Counted exactly, layer by layer and with {tokens} tokens of context, it takes {number} as well."
    already = "already" if enough < by_rule else "only"
    hold = "holds" if enough == 1 else "hold"
    return f"Counted exactly, layer by layer and with {tokens} tokens of context, {already} {number} {hold} it."


def cards_needed(need_bytes: Decimal, gpu: GpuSpec) -> int:
    """How many cards it takes for their usable memory to reach the need."""
    whole, rest = divmod(need_bytes, rule_of_thumb.usable_bytes(gpu))
    return int(whole) + (1 if rest else 0)


def _cards(snapshot: Snapshot, model: PublishedModel, card: PublishedGpu, count: int) -> Cards:
    fitting = [quant for quant in snapshot.quants if rule_of_thumb.fits(model.spec, quant.spec, card.spec, count)]
    best = next((quant for quant in fitting if quant.spec.worth_recommending), next(iter(fitting), None))
    return Cards(
        count=str(count),
        usable=figures.memory(rule_of_thumb.usable_bytes(card.spec, count)),
        quant=best.short_name if best else "none fits",
        need=figures.memory(rule_of_thumb.need_bytes(model.spec, best.spec)) if best else figures.NOT_SHOWN,
        ceiling=figures.ceiling(rule_of_thumb.ceiling_tokens_s(model.spec, best.spec, card.spec) if best else None),
    )
