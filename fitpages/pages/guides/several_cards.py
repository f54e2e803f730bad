"""One model on several equal cards, for the guide to running models locally."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import placement, rule_of_thumb
from fit.memory import Accounting
from fit.offer import offer
from fit.specs import GpuSpec
from fitpages.matching import examples
from fitpages.matching.fits import needs_of
from fitpages.matching.pairs import Pair
from fitpages.pages.guides import sentences
from fitpages.pages.guides.pair_figures import PairFigures, is_advised, pair_figures
from fitpages.text import figures

MOST_CARDS = 4


@dataclass(frozen=True, kw_only=True)
class CardsRow:
    """Several equal cards by the rule of thumb: their usable memory added, the best level worth recommending that
    fits, and the ceiling, which is one card's."""

    count: str
    usable: str
    quant: str
    need: str
    ceiling: str


@dataclass(frozen=True, kw_only=True)
class SeveralCards:
    """One model that a single card does not hold at the default quantization. `answer` says how many of them do.

    `exactly` says how many it takes by the accounting, as the pages of pairs count; empty where there is none.
    """

    single: PairFigures
    need: str
    answer: str
    exactly: str
    rows: tuple[CardsRow, ...]

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return (self.single,)


def several_cards(snapshot: Snapshot) -> SeveralCards | None:
    """A model that takes more than one card, by the rule of thumb; None where one may hold it."""
    card = examples.card(snapshot, "rtx-3090", 24)
    model = examples.dense_model(snapshot, "llama-3-3-70b", 70 * 10**9)
    if card is None or model is None:
        return None
    pair, default = Pair(model, card), snapshot.default_quant
    need = rule_of_thumb.need_bytes(model.spec, default.spec)
    enough = cards_needed(need, card.spec)
    if enough == 1 or is_advised(snapshot, pair, default):
        return None
    too_little, usable = (rule_of_thumb.usable_bytes(card.spec, count) for count in (enough - 1, enough))
    need_text, too_little_text = figures.memories_apart(need, too_little)
    return SeveralCards(
        single=pair_figures(snapshot, pair, default),
        need=need_text,
        answer=sentences.cards_by_rule(enough, too_little_text, figures.memory_in_prose(usable)),
        exactly=_exactly(snapshot, pair, enough),
        rows=tuple(_row(snapshot, model, card, count) for count in range(1, MOST_CARDS + 1)),
    )


def cards_needed(need_bytes: Decimal, gpu: GpuSpec) -> int:
    """How many cards it takes for their usable memory to reach the need."""
    whole, rest = divmod(need_bytes, rule_of_thumb.usable_bytes(gpu))
    return int(whole) + (1 if rest else 0)


def _exactly(snapshot: Snapshot, pair: Pair, by_rule: int) -> str:
    """How many cards it takes with layers placed whole and a cache, which the rule cannot know."""
    default = snapshot.default_quant
    accounting = next(need.accounting for need in needs_of(snapshot, pair.model) if need.quant.slug == default.slug)
    if accounting is None:
        return ""
    enough = _cards_that_hold(accounting, pair.gpu.spec, by_rule + MOST_CARDS - 1)
    return sentences.cards_exactly(enough, by_rule, figures.tokens(accounting.reference_context)) if enough else ""


def _cards_that_hold(accounting: Accounting, gpu: GpuSpec, most_cards: int) -> int | None:
    """The least number of cards that hold the model at its reference context; None where `most_cards` do not."""
    context, offered = accounting.reference_context, offer(gpu).total_bytes
    counts = range(1, most_cards + 1)
    return next((count for count in counts if placement.holds(accounting, [offered] * count, context)), None)


def _row(snapshot: Snapshot, model: PublishedModel, card: PublishedGpu, count: int) -> CardsRow:
    fitting = [quant for quant in snapshot.quants if rule_of_thumb.fits(model.spec, quant.spec, card.spec, count)]
    best = next((quant for quant in fitting if quant.spec.worth_recommending), next(iter(fitting), None))
    return CardsRow(
        count=str(count),
        usable=figures.memory(rule_of_thumb.usable_bytes(card.spec, count)),
        quant=best.short_name if best else "none fits",
        need=figures.memory(rule_of_thumb.need_bytes(model.spec, best.spec)) if best else figures.NOT_SHOWN,
        ceiling=figures.ceiling(rule_of_thumb.ceiling_tokens_s(model.spec, best.spec, card.spec) if best else None),
    )
