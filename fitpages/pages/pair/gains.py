"""What would make a pair run better, or at all: at most four ways, each with what it gains."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import placement, speed
from fit.ram import GB_S, NAMES, RamKind
from fit.specs import QuantSpec
from fit.verdict import LEAST_WITH_RAM_TOKENS_S, Kind
from fitpages.matching.answers import Answer, answer
from fitpages.matching.compared import smaller_model
from fitpages.pages.common.answer_words import short_line, tokens_s
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.pieces import Piece
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

MOST = 4
SPEED = " tokens/s"
# A gain of less is not worth a line.
WORTH_IT = 1.1
# Whose owner cannot add a second one.
ALONE = frozenset({Gpu.Segment.LAPTOP, Gpu.Segment.APPLE, Gpu.Segment.APU})
FASTER_RAM = RamKind.DDR5_8


class Gain(NamedTuple):
    """A way: its name, what it leads to, and what is gained, in a word or two."""

    name: str
    pieces: tuple[Piece, ...]
    gain: str


def gains(assessed: AssessedPair) -> tuple[Gain, ...]:
    """The ways that lead somewhere, the cheapest first; none where nothing is counted."""
    if not assessed.verdict.is_counted:
        return ()
    makers = (_lower_level, _quantized_cache, _smaller_model, _machine, _second_card, _faster_ram)
    return tuple(islice(chain.from_iterable(maker(assessed) for maker in makers), MOST))


def _lower_level(assessed: AssessedPair) -> Iterator[Gain]:
    """The default where a better level is advised: it is faster."""
    verdict, default = assessed.verdict, assessed.candidates.default
    if verdict.kind is not Kind.ON_CARD or default.quant is verdict.quant or default.accounting is None:
        return
    if assessed.candidates.levels.worthy.index(default.quant) < assessed.candidates.levels.worthy.index(verdict.quant):
        return
    estimate = speed.decode(default.accounting, assessed.gpu.spec, verdict.context)
    if verdict.speed and estimate.tokens_s > WORTH_IT * verdict.speed.tokens_s:
        name, context = assessed.snapshot.quant_of[default.quant.slug].short_name, figures.tokens(verdict.context)
        text = f"{name} with {context} of context, if speed matters more"
        yield Gain("A lower level", (Piece(text),), f"{figures.expected(estimate.tokens_s)} tokens/s")


def _quantized_cache(assessed: AssessedPair) -> Iterator[Gain]:
    row = next((row for row in assessed.rows if row.quant is assessed.verdict.quant), None)
    if assessed.verdict.kind is not Kind.ON_CARD or row is None or row.counted is None:
        return
    full, quantized = row.counted.longest, row.counted.longest_quantized
    if quantized > WORTH_IT * full:
        text = f"{figures.tokens(quantized)} instead of {figures.tokens(full)} of context, at a small loss"
        yield Gain("A q8_0 cache", (Piece(text),), f"+{figures.tokens(quantized - full)}")


def _smaller_model(assessed: AssessedPair) -> Iterator[Gain]:
    """The next smaller of the family that is on the card."""
    if assessed.verdict.kind is Kind.ON_CARD:
        return
    smaller = smaller_model(assessed.snapshot, assessed.model, assessed.gpu)
    if smaller and _is_faster(assessed, smaller):
        at = f" at {smaller.quant.short_name} with {figures.tokens(smaller.verdict.context)} of context"
        pieces = (Piece(smaller.model.name, smaller.address), Piece(at))
        yield Gain("A smaller model", pieces, f"{tokens_s(smaller)} tokens/s")


def _is_faster(assessed: AssessedPair, other: Answer) -> bool:
    return not assessed.verdict.says_yes or (other.tokens_s or 0) > WORTH_IT * (assessed.answer.tokens_s or 0)


def _machine(assessed: AssessedPair) -> Iterator[Gain]:
    if assessed.machine is None:
        return
    there = _there(assessed.snapshot, assessed.model, assessed.machine)
    more = gained(assessed, there.quant.spec, there.verdict.context, there.tokens_s or 0)
    if more:
        line = short_line(there)
        holds = line.partition(" · ")[0] if more.endswith(SPEED) else line
        pieces = (Piece(there.gpu.name, there.address), Piece(f" holds it alone: {holds}"))
        yield Gain(_machine_name(assessed, there.gpu), pieces, more)


def _machine_name(assessed: AssessedPair, machine: PublishedGpu) -> str:
    """A card goes into a computer that has room for one; whoever has another machine needs another."""
    if machine.spec.unified_memory or assessed.gpu.segment in ALONE:
        return "Another machine"
    return "A faster card" if _fits_whole(assessed) else "A larger card"


def gained(assessed: AssessedPair, quant: QuantSpec, context: int, tokens_per_s: float) -> str:
    """What another way gains over the answer: speed, else context, else a better level; "" where it gains nothing."""
    verdict, now = assessed.verdict, assessed.answer.tokens_s or 0
    if not verdict.says_yes or tokens_per_s > WORTH_IT * now:
        return f"{figures.expected(tokens_per_s)}{SPEED}"
    order = (*assessed.candidates.levels.worthy, *assessed.candidates.levels.below)
    if order.index(quant) > order.index(verdict.quant):
        return ""
    if context > verdict.context:
        return f"{figures.tokens(context)} of context"
    return assessed.snapshot.quant_of[quant.slug].short_name if quant is not verdict.quant else ""


@per_snapshot
def _there(snapshot: Snapshot, model: PublishedModel, machine: PublishedGpu) -> Answer:
    """The answer on the machine to want: of two machines a model at most."""
    return answer(snapshot, model, machine)


def _fits_whole(assessed: AssessedPair) -> bool:
    """Whether nothing of it lies in RAM, though it is not in practice: then it is only slow."""
    return assessed.verdict.kind is Kind.NOT_IN_PRACTICE and assessed.verdict.offload is None


def _second_card(assessed: AssessedPair) -> Iterator[Gain]:
    """Two equal cards at the default level, where they hold what one does not."""
    gpu, default = assessed.gpu, assessed.candidates.default
    if gpu.segment in ALONE or gpu.spec.unified_memory or gpu.gpus_per_board > 1 or assessed.machine is None:
        return
    if default.accounting is None:
        return
    offers = [assessed.verdict.available_bytes] * 2
    held = (context for context in assessed.candidates.contexts if placement.holds(default.accounting, offers, context))
    context = next(held, 0)
    if context:
        estimate = speed.decode(default.accounting, gpu.spec, context, cards=2)
        name = assessed.snapshot.quant_of[default.quant.slug].short_name
        more = gained(assessed, default.quant, context, estimate.tokens_s)
        pace = "" if more.endswith(SPEED) else f", {figures.expected(estimate.tokens_s)}{SPEED}"
        text = f"{name} with {figures.tokens(context)} of context, layers split between the two{pace}"
        if more:
            yield Gain(f"A second {gpu.name}", (Piece(text),), more)


def _faster_ram(assessed: AssessedPair) -> Iterator[Gain]:
    verdict, accounting = assessed.verdict, assessed.accounting
    if verdict.offload is None or accounting is None or verdict.speed is None or assessed.gpu.segment in ALONE:
        return
    estimate = speed.decode_offloaded(
        accounting, assessed.gpu.spec, verdict.flags, verdict.context, ram_gb_s=GB_S[FASTER_RAM]
    )
    is_enough = verdict.computer_gib and estimate.tokens_s >= LEAST_WITH_RAM_TOKENS_S
    if verdict.kind is Kind.NOT_IN_PRACTICE and is_enough:
        text = f"{NAMES[FASTER_RAM]}, as servers have, with {figures.tokens(verdict.context)} of context"
        yield Gain("Faster RAM", (Piece(text),), f"{figures.expected(estimate.tokens_s)} tokens/s")


def heading(assessed: AssessedPair) -> str:
    """What the section is called."""
    fits = assessed.verdict.says_yes or _fits_whole(assessed)
    return "What would make it better" if fits else "What would make it fit"
