"""What the calculator says exactly: at the context, cache type, number of cards and offload that were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import placement, prefill
from fit.flags import Flags
from fit.memory import Accounting
from fit.needs import account
from fit.placement import Placement
from fit.several_cards import TENSOR_SPLIT
from fit.specs import GpuSpec
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import default_of, levels
from fitpages.pages.calculator.expected import expected, ram_note
from fitpages.pages.calculator.question import Question, question
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class ExactLine:
    """One quantization at the context that was asked for; it `runs` also with a part in RAM, where that was asked."""

    quant: PublishedQuant
    name: str
    total: str
    fits: bool
    runs: bool
    longest: str
    placed: str
    expected: str
    expected_range: str


@dataclass(frozen=True, kw_only=True)
class ExactResult:
    """`missing` says why there is nothing exact, `clamped` that the context was beyond the model's, `ram` which RAM a
    part lies in."""

    missing: str
    clamped: str
    context: str
    offered: str
    caption: str
    lines: tuple[ExactLine, ...]
    ram: str
    wait: str


def build(snapshot: Snapshot, values: dict[str, Any], gpu: GpuSpec) -> ExactResult:
    """The exact part of the answer to a valid question."""
    if not values["model"]:
        return _nothing("Exact accounting needs the tensors of a model: choose one from the list.")
    model = snapshot.models[values["model"]]
    accountings = _accountings(snapshot, model, values["quant"])
    if not accountings:
        return _nothing(f"The tensors of {model.name} are not known here, so only the rule of thumb is shown.")
    asked = question(values, gpu, accountings[0][1])
    context, offered = f"{asked.context:,} tokens of context", asked.offered
    lines = [_line(quant, accounting, asked) for quant, accounting in accountings]
    return ExactResult(
        missing="",
        clamped=_clamped(model.name, values.get("context"), accountings[0][1]),
        context=context,
        offered=offered,
        caption=f"Exactly, with {context} and cache type {asked.cache_type}; {offered} offered",
        lines=_with_folded(snapshot, model, lines, asked),
        ram=ram_note(asked),
        wait=_wait([accounting for _, accounting in accountings], asked),
    )


def _accountings(
    snapshot: Snapshot, model: PublishedModel, chosen_slug: str
) -> list[tuple[PublishedQuant, Accounting]]:
    """The model at each usual quantization at which it can be counted, and at the one that was chosen."""
    sizes, made = file_sizes(snapshot, model), levels(snapshot, model).made
    quants = [quant for quant in snapshot.all_quants if quant.spec in made or _is_other(quant, chosen_slug)]
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


def _is_other(quant: PublishedQuant, chosen_slug: str) -> bool:
    """Whether it was chosen, and is none that the rule of thumb knows."""
    return quant.slug == chosen_slug and quant.spec.bytes_per_weight is None


def _nothing(why: str) -> ExactResult:
    return ExactResult(missing=why, clamped="", context="", offered="", caption="", lines=(), ram="", wait="")


def advised(result: ExactResult, quant_slug: str) -> ExactLine | None:
    """The line of the quantization that was chosen; else the best that runs, or the smallest. None without lines."""
    chosen = next((line for line in result.lines if line.quant.slug == quant_slug), None)
    running = [line for line in result.lines if line.runs]
    worth = [line for line in running if line.quant.spec.worth_recommending]
    return chosen or next(iter(worth or running or result.lines[-1:]), None)


def _wait(accountings: Sequence[Accounting], question: Question) -> str:
    """How long a prompt that fills the context takes; nothing where that cannot be derived, or nothing fits."""
    totals = (accounting.total(question.context, question.cache_type) for accounting in accountings)
    if question.gpu is None or not any(total <= sum(question.offers) for total in totals):
        return ""
    wait = prefill.first_token(accountings[0], question.gpu, question.context)
    if wait is None:
        return ""
    low, high = figures.seconds(wait.low), figures.seconds(wait.high)
    return (
        f"With everything on the GPU, a prompt of {question.context:,} tokens takes about "
        f"{figures.seconds(wait.seconds)} until the first token ({low} to {high})."
    )


def _clamped(name: str, context: int | None, accounting: Accounting) -> str:
    """What is said of the `context` that was typed, where the model was not made for it."""
    limit, native = accounting.context_limit, accounting.native_context
    if context and context > limit:
        return f"{name} goes up to {limit:,} tokens; {context:,} is beyond that, so {limit:,} is shown."
    if context and context > native:
        return f"Beyond {native:,} tokens {name} needs rope scaling."
    return ""


def _line(quant: PublishedQuant, accounting: Accounting, question: Question) -> ExactLine:
    total = accounting.total(question.context, question.cache_type)
    fits, in_ram = _fits(accounting, question), _in_ram(accounting, question)
    speed_to_expect = expected(accounting, question, fits, in_ram)
    return ExactLine(
        quant=quant,
        name=quant.name,
        total=figures.counted(total),
        fits=fits,
        runs=fits or in_ram is not None,
        longest=_longest(accounting, question),
        placed=_placed(accounting, question, fits),
        expected=speed_to_expect.tokens_s,
        expected_range=speed_to_expect.span,
    )


def _fits(accounting: Accounting, question: Question) -> bool:
    if question.cards > 1:
        return placement.holds(accounting, question.offers, question.context, question.cache_type)
    return accounting.total(question.context, question.cache_type) <= question.offers[0]


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
        return "all in VRAM" if fits else figures.NOT_SHOWN
    in_ram = _in_ram(accounting, question)
    if in_ram is None:
        return "not even so"
    return f"{in_ram.flags.text}, {figures.counted(in_ram.ram_bytes)} in RAM"
