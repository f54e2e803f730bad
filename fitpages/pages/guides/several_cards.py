"""One model on several equal cards, for the guide to running models locally."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedModel, Snapshot
from fit import placement, rule_of_thumb, speed
from fit.advice import advised_bytes
from fit.memory import Accounting
from fit.specs import GpuSpec
from fitpages.matching import examples
from fitpages.matching.answers import answer, candidates
from fitpages.pages.guides import sentences
from fitpages.pages.guides.pair_figures import PairFigures, on_card, pair_figures
from fitpages.text import figures

MOST_CARDS = 4


@dataclass(frozen=True, kw_only=True)
class CardsRow:
    """So many equal cards: what they leave together in GiB, the longest of the contexts that advice is for, and the
    speed with it; dashes where they do not hold the model."""

    count: str
    leave: str
    context: str
    tokens_s: str


@dataclass(frozen=True, kw_only=True)
class SeveralCards:
    """One model that a single card does not hold at its default `level`. `answer` says how many of them do by the rule
    of thumb, `exactly` how many it takes as counted."""

    single: PairFigures
    level: str
    need: str
    answer: str
    exactly: str
    rows: tuple[CardsRow, ...]

    @property
    def pairs(self) -> tuple[PairFigures, ...]:
        return (self.single,)


def several_cards(snapshot: Snapshot) -> SeveralCards | None:
    """A model that takes more than one card, by the rule of thumb and as counted; None where one may hold it."""
    card = examples.card(snapshot, "rtx-3090", 24)
    model = examples.dense_model(snapshot, "llama-3-3-70b", 70 * 10**9)
    if card is None or model is None or on_card(snapshot, model, card):
        return None
    default, accounting = snapshot.default_quant, _accounting(snapshot, model)
    contexts = candidates(snapshot, model).contexts
    need = rule_of_thumb.need_bytes(model.spec, default.spec)
    enough = cards_needed(need, card.spec)
    if enough == 1 or accounting is None:
        return None
    too_little, usable = (rule_of_thumb.usable_bytes(card.spec, count) for count in (enough - 1, enough))
    need_text, too_little_text = figures.memories_apart(need, too_little)
    return SeveralCards(
        single=pair_figures(answer(snapshot, model, card)),
        level=default.short_name,
        need=need_text,
        answer=sentences.cards_by_rule(enough, too_little_text, figures.memory_in_prose(usable)),
        exactly=_exactly(accounting, card.spec, enough, contexts[-1]),
        rows=tuple(_row(accounting, card.spec, count, contexts) for count in range(1, MOST_CARDS + 1)),
    )


def cards_needed(need_bytes: Decimal, gpu: GpuSpec) -> int:
    """How many cards it takes for their usable memory to reach the need, by the rule of thumb."""
    whole, rest = divmod(need_bytes, rule_of_thumb.usable_bytes(gpu))
    return int(whole) + (1 if rest else 0)


def _accounting(snapshot: Snapshot, model: PublishedModel) -> Accounting | None:
    """At the default that most models have, which the rule speaks of too."""
    return candidates(snapshot, model).need(snapshot.default_quant.spec).accounting


def _exactly(accounting: Accounting, gpu: GpuSpec, by_rule: int, context: int) -> str:
    """How many cards it takes with layers placed whole and a cache, which the rule cannot know; "" where a few more
    than by the rule do not hold it."""
    counts = range(1, by_rule + MOST_CARDS)
    enough = next((count for count in counts if _holds(accounting, gpu, count, context)), None)
    return sentences.cards_exactly(enough, by_rule, figures.tokens(context)) if enough else ""


def _holds(accounting: Accounting, gpu: GpuSpec, count: int, context: int) -> bool:
    return placement.holds(accounting, [advised_bytes(gpu)] * count, context)


def _row(accounting: Accounting, gpu: GpuSpec, count: int, contexts: tuple[int, ...]) -> CardsRow:
    context = next((context for context in contexts if _holds(accounting, gpu, count, context)), 0)
    estimate = speed.decode(accounting, gpu, context, cards=count) if context else None
    return CardsRow(
        count=str(count),
        leave=figures.bare_gibibytes(gpu.offer.total_bytes * count),
        context=figures.tokens(context) if context else figures.NOT_SHOWN,
        tokens_s=figures.expected(estimate.tokens_s) if estimate else figures.NOT_SHOWN,
    )
