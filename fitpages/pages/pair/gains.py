"""What would make a pair run better, or at all: at most four ways, each with what it gains."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import placement, speed
from fit.ram import GB_S, NAMES, RamKind
from fit.verdict import Kind
from fitpages import addresses
from fitpages.matching.answers import answer
from fitpages.matching.compared import smaller_model
from fitpages.pages.common.answer_words import short_line, tokens_s
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.pieces import Piece
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

MOST = 4
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
    if smaller:
        at = f" at {smaller.quant.short_name} with {figures.tokens(smaller.verdict.context)} of context"
        pieces = (Piece(smaller.model.name, smaller.address), Piece(at))
        yield Gain("A smaller model", pieces, f"{tokens_s(smaller)} tokens/s")


def _machine(assessed: AssessedPair) -> Iterator[Gain]:
    if assessed.machine is None:
        return
    pieces, tokens = _there(assessed.snapshot, assessed.model, assessed.machine)
    noun = "machine" if assessed.machine.spec.unified_memory else "card"
    name = f"A faster {noun}" if _fits_whole(assessed) else f"A larger {noun}"
    yield Gain(name, pieces, f"{tokens} tokens/s")


@per_snapshot
def _there(snapshot: Snapshot, model: PublishedModel, machine: PublishedGpu) -> tuple[tuple[Piece, ...], str]:
    """What the machine to want holds of a model, and its tokens per second: of two machines a model at most."""
    there, address = answer(snapshot, model, machine), addresses.pair(model.slug, machine.slug)
    holds = Piece(f" holds it alone: {short_line(there).partition(' · ')[0]}")
    return (Piece(machine.name, address), holds), tokens_s(there)


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
        text = f"{name} with {figures.tokens(context)} of context, layers split between the two"
        yield Gain(f"A second {gpu.name}", (Piece(text),), f"{figures.expected(estimate.tokens_s)} tokens/s")


def _faster_ram(assessed: AssessedPair) -> Iterator[Gain]:
    verdict, accounting = assessed.verdict, assessed.accounting
    if verdict.offload is None or accounting is None or verdict.speed is None:
        return
    estimate = speed.decode_offloaded(
        accounting, assessed.gpu.spec, verdict.flags, verdict.context, ram_gb_s=GB_S[FASTER_RAM]
    )
    if verdict.kind is Kind.NOT_IN_PRACTICE and estimate.tokens_s > WORTH_IT * verdict.speed.tokens_s:
        text = f"{NAMES[FASTER_RAM]}, as servers have, with {figures.tokens(verdict.context)} of context"
        yield Gain("Faster RAM", (Piece(text),), f"{figures.expected(estimate.tokens_s)} tokens/s")


def heading(assessed: AssessedPair) -> str:
    """What the section is called."""
    fits = assessed.verdict.says_yes or _fits_whole(assessed)
    return "What would make it better" if fits else "What would make it fit"
