"""What the calculator counts: at the level, context, cache type, number of cards and offload that were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import placement, prefill
from fit.flags import Flags
from fit.memory import Accounting
from fit.needs import account
from fit.placement import Placement
from fit.several_cards import TENSOR_SPLIT
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import default_of, levels
from fitpages.pages.calculator.asked import Asked
from fitpages.pages.calculator.expected import Expected, expected
from fitpages.pages.calculator.question import Question, question
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class ExactLine:
    """One level at the context that was asked for; it `runs` also with a part in RAM, where that was asked.

    `is_tight`: the card holds it, with less left than advice keeps free. `in_ram` is what lies there, "" for nothing.
    """

    quant: PublishedQuant
    name: str
    takes: str
    total: str
    is_on_card: bool
    is_tight: bool
    runs: bool
    longest: str
    placed: str
    in_ram: str
    expected: Expected

    @property
    def fits(self) -> str:
        """Whether the card alone holds it, in words."""
        return ("yes, tight" if self.is_tight else "yes") if self.is_on_card else "no"


class Counted(NamedTuple):
    """What was asked, and the levels that can be counted, best quality first."""

    question: Question
    lines: tuple[ExactLine, ...]
    accountings: tuple[Accounting, ...]


def count(asked: Asked, values: dict[str, Any]) -> Counted | None:
    """The counted answer to a valid question; None where the tensors are not known."""
    model = asked.listed
    accountings = _accountings(asked.snapshot, model, asked.chosen) if model else []
    if model is None or not accountings:
        return None
    question_asked = question(values, asked.gpu, accountings[0][1])
    lines = [_line(quant, accounting, question_asked) for quant, accounting in accountings]
    return Counted(
        question_asked,
        _with_folded(asked.snapshot, model, lines, question_asked),
        tuple(accounting for _, accounting in accountings),
    )


def _accountings(
    snapshot: Snapshot, model: PublishedModel, chosen: PublishedQuant | None
) -> list[tuple[PublishedQuant, Accounting]]:
    """The model at each usual level at which it can be counted, and at the one that was chosen."""
    sizes, made = file_sizes(snapshot, model), levels(snapshot, model).made
    quants = [quant for quant in snapshot.all_quants if quant.spec in made or _is_other(quant, chosen)]
    counted = ((quant, account(model.spec, quant.spec, sizes.get(quant.slug))) for quant in quants)
    return [(quant, accounting) for quant, accounting in counted if accounting]


def _with_folded(
    snapshot: Snapshot, model: PublishedModel, lines: Sequence[ExactLine], question: Question
) -> tuple[ExactLine, ...]:
    """The lines; where the default does not run, with the best folded level worth recommending that does."""
    default, shown = default_of(snapshot, model), {line.quant for line in lines}
    if any(line.runs for line in lines if line.quant is default):
        return tuple(lines)
    wider, sizes = levels(snapshot, model).wider, file_sizes(snapshot, model)
    others = ((snapshot.quant_of[quant.slug], account(model.spec, quant, sizes.get(quant.slug))) for quant in wider)
    folded = (_line(quant, counted, question) for quant, counted in others if counted and quant not in shown)
    best = next((line for line in folded if line.runs), None)
    places = snapshot.all_quants.index
    return tuple(sorted([*lines, *([best] if best else [])], key=lambda line: places(line.quant)))


def _is_other(quant: PublishedQuant, chosen: PublishedQuant | None) -> bool:
    """Whether it was chosen, and is none that the rule of thumb knows."""
    return quant is chosen and quant.spec.bytes_per_weight is None


def advised(counted: Counted, chosen: PublishedQuant | None) -> ExactLine | None:
    """The line of the level that was chosen, None where nobody makes files at it; else the best that runs fast enough
    to be of use; where none does, the fastest that runs, and where nothing runs, the smallest."""
    if chosen:
        return next((line for line in counted.lines if line.quant is chosen), None)
    running = [line for line in counted.lines if line.runs]
    worth = [line for line in running if line.quant.spec.worth_recommending] or running
    brisk = [line for line in worth if not line.expected.is_too_slow]
    return next(iter(brisk or worth[-1:] or counted.lines[-1:]))


def wait(counted: Counted) -> str:
    """How long a prompt that fills the context takes; nothing where that cannot be derived, or nothing fits."""
    asked, accountings = counted.question, counted.accountings
    totals = (accounting.total(asked.context, asked.cache_type) for accounting in accountings)
    if asked.gpu is None or not any(total <= sum(asked.offers) for total in totals):
        return ""
    first = prefill.first_token(accountings[0], asked.gpu, asked.context)
    if first is None:
        return ""
    low, high = figures.seconds(first.low), figures.seconds(first.high)
    return (
        f"With everything on the GPU, a prompt of {asked.context:,} tokens takes about "
        f"{figures.seconds(first.seconds)} until the first token ({low} to {high})."
    )


def clamped(counted: Counted, name: str, context: int | None) -> str:
    """What is said of the `context` that was typed, where the model was not made for it."""
    limit, native = counted.accountings[0].context_limit, counted.accountings[0].native_context
    if context and context > limit:
        return f"{name} goes up to {limit:,} tokens; {context:,} is beyond that, so {limit:,} is shown."
    if context and context > native:
        return f"Beyond {native:,} tokens {name} needs rope scaling."
    return ""


def _line(quant: PublishedQuant, accounting: Accounting, question: Question) -> ExactLine:
    total = accounting.total(question.context, question.cache_type)
    fits, in_ram = _fits(accounting, question, question.offers), _in_ram(accounting, question)
    return ExactLine(
        quant=quant,
        name=quant.name,
        takes=figures.bare_gibibytes(total),
        total=figures.counted(total),
        is_on_card=fits,
        is_tight=fits and not _fits(accounting, question, question.advised),
        runs=fits or in_ram is not None,
        longest=_longest(accounting, question),
        placed=_placed(accounting, question, fits),
        in_ram=figures.counted(in_ram.ram_bytes) if in_ram and not fits else "",
        expected=expected(accounting, question, fits, in_ram),
    )


def _fits(accounting: Accounting, question: Question, offers: tuple[int, ...]) -> bool:
    if question.cards > 1:
        return placement.holds(accounting, offers, question.context, question.cache_type)
    return accounting.total(question.context, question.cache_type) <= offers[0]


def _longest(accounting: Accounting, question: Question) -> str:
    """The longest context on one card; of several it is not worked out."""
    if question.cards > 1:
        return figures.NOT_SHOWN
    longest = accounting.longest_context(question.offers[0], question.cache_type)
    return figures.tokens(longest) if longest else "none"


def _spread(accounting: Accounting, question: Question) -> str:
    """Whole layers on each card, or a part of every layer."""
    split = _split(accounting, question)
    if split is None:
        return "more than the cards hold"
    if question.split == TENSOR_SPLIT:
        return f"{Flags().text} -sm tensor: a part of every layer on each card"
    return f"{split.flags.text}: layers {' + '.join(map(str, split.layers_on_cards))}"


def _split(accounting: Accounting, question: Question) -> Placement | None:
    return placement.split(accounting, question.offers, question.context, question.cache_type)


def _in_ram(accounting: Accounting, question: Question) -> Placement | None:
    """What was asked for in RAM, beside one card."""
    if not question.offload or question.cards > 1:
        return None
    place = placement.experts_in_ram if question.offload == "experts" else placement.layers_in_ram
    return place(accounting, question.offers[0], question.context, question.cache_type)


def _placed(accounting: Accounting, question: Question, fits: bool) -> str:
    """What goes where: the split over cards, or what stays in RAM, with its flags."""
    if question.cards > 1:
        return _spread(accounting, question)
    if fits or not question.offload:
        return "all in VRAM" if fits else "more than the card holds"
    in_ram = _in_ram(accounting, question)
    if in_ram is None:
        return "not even so"
    return f"{in_ram.flags.text}, {figures.counted(in_ram.ram_bytes)} in RAM"
