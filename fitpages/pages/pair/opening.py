"""The first lines of a pair's page: why it is this answer, and a few facts."""

from collections.abc import Iterator

from fit.candidates import LevelSizes
from fit.kv_cache import CacheType
from fit.offer import offer
from fit.verdict import Kind, assess, short_way
from fitpages import addresses
from fitpages.matching.machines import holds
from fitpages.pages.common.record_facts import raised_limit
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.pages.pair.gains import ALONE
from fitpages.pages.pair.pieces import Piece, spaced
from fitpages.text import figures, wording


def why(assessed: AssessedPair) -> tuple[Piece, ...]:
    """Prose under the answer."""
    kind = assessed.verdict.kind
    if not assessed.verdict.is_counted:
        return spaced(_machine(assessed)) if kind is Kind.NO else ()
    raised = tuple(_raised(assessed))
    return spaced((*_WHY[kind](assessed), *(() if raised else _machine_of(assessed)), *_board(assessed), *raised))


def _machine_of(assessed: AssessedPair) -> Iterator[Piece]:
    """The machine to want, where the answer is not simply yes."""
    if assessed.verdict.kind not in (Kind.ON_CARD, Kind.WITH_RAM):
        yield from _machine(assessed)


def facts(assessed: AssessedPair) -> tuple[tuple[str, str], ...]:
    """The figures that a returning reader looks for, as names and values."""
    verdict = assessed.verdict
    ram = f"{verdict.computer_gib} GB, two channels of DDR5" if verdict.kind is Kind.WITH_RAM else ""
    named = (
        ("Model", assessed.about_model.size_and_context),
        (assessed.about_gpu.noun, assessed.about_gpu.memory_and_left),
        ("RAM", ram),
        ("Bandwidth", assessed.about_gpu.bandwidth),
        ("Licence", assessed.model.licence or figures.NOT_KNOWN),
    )
    return tuple((name, value) for name, value in named if value)


def _on_card(assessed: AssessedPair) -> Iterator[Piece]:
    yield Piece(f"{_choice(assessed)}{_room(assessed)}.")
    yield from _above(assessed)
    yield from _measured(assessed)


def _choice(assessed: AssessedPair) -> str:
    """Why this level: the best there is, the best that leaves a context of use, or what most people run."""
    name, worthy = assessed.quant.short_name, assessed.candidates.worthy
    best = next(level for level in worthy if level.quant is assessed.verdict.quant)
    if assessed.quant.slug == assessed.candidates.levels.default.slug and assessed.about_model.is_native:
        return f"{name} is the level that the weights were made in"
    if best is worthy[0]:
        return f"{name} is the best level worth downloading"
    if best.comfortable_bytes <= assessed.verdict.available_bytes:
        return f"{name} is the best level that leaves 16K of context"
    if best.quant is assessed.candidates.levels.default:
        return f"{name} is the level that most people run; a better one leaves less context"
    return f"{name} is the best level that leaves 8K of context"


def _room(assessed: AssessedPair) -> str:
    """How far the context can grow at this level."""
    row = next(row for row in assessed.rows if row.quant is assessed.verdict.quant)
    native = assessed.candidates.model.native_context or 0
    longest = min(native, row.counted.longest) if row.counted else 0
    if longest <= assessed.verdict.context:
        return ""
    return f"; there is room for {'all ' if longest == native else ''}{figures.tokens(longest)}"


def _above(assessed: AssessedPair) -> Iterator[Piece]:
    """The levels above those worth recommending that fit as well."""
    above = [row for row in assessed.rows if not row.quant.worth_recommending and row.is_made]
    fitting = [
        assessed.short_name(row)
        for row in above
        if row.counted
        and row.counted.takes_bytes <= assessed.verdict.available_bytes
        and row.quant not in assessed.candidates.levels.below
    ]
    if fitting:
        verb = "fits" if len(fitting) == 1 else "fit"
        yield Piece(f"{wording.listed(fitting)} {verb} as well, slower and hardly better.")


def _measured(assessed: AssessedPair) -> Iterator[Piece]:
    """Of which of the two twins a measurement is, where it is not of this very pair."""
    measured = assessed.answer.measured
    if measured and (measured.model, measured.gpu) != (assessed.model.slug, assessed.gpu.slug):
        yield Piece(f"Measured with {measured.model_label} on {measured.gpu_label}, which has the same figures.")


def _with_ram(assessed: AssessedPair) -> Iterator[Piece]:
    verdict, offload = assessed.verdict, assessed.verdict.offload
    assert offload
    assert assessed.accounting
    layers = len(assessed.accounting.weights.layers)
    takes, left = figures.counted_apart(verdict.takes_bytes, assessed.gpu.spec.offer.total_bytes)
    what = (
        f"the experts of {offload.flags.cpu_moe_layers} of its {layers} layers"
        if offload.flags.cpu_moe_layers
        else f"{layers + 1 - (offload.flags.gpu_layers or 0)} of its {layers} layers"
    )
    enough = f"; a computer with {verdict.computer_gib} GB is enough"
    yield Piece(f"It takes {takes}, and the card leaves {left}: {what} stay in RAM{enough}.")
    short = short_way(assessed.candidates, assessed.gpu.spec, assessed.verdict.available_bytes)
    if short:
        name = assessed.snapshot.quant_of[short.quant.slug].short_name
        cache = " and a q8_0 cache" if short.cache_type is CacheType.Q8_0 else ""
        yield Piece(f"Alone the card holds {figures.tokens(short.context)} at {name}{cache}.")


def _short(assessed: AssessedPair) -> Iterator[Piece]:
    yield Piece(f"{_default_takes(assessed)}.")


def _not_in_practice(assessed: AssessedPair) -> Iterator[Piece]:
    if assessed.verdict.offload:
        yield Piece(f"{_default_takes(assessed)}.")


def _no(assessed: AssessedPair) -> Iterator[Piece]:
    smallest: LevelSizes | None = min(assessed.candidates.worthy, key=lambda level: level.least_bytes, default=None)
    if smallest and smallest.quant is not assessed.verdict.quant:
        name = assessed.snapshot.quant_of[smallest.quant.slug].short_name
        yield Piece(f"Even {name} takes {figures.counted(smallest.least_bytes)}.")


def _default_takes(assessed: AssessedPair) -> str:
    default = assessed.candidates.default
    assert default.accounting
    context = assessed.candidates.contexts[-1]
    takes, left = figures.counted_apart(default.accounting.total(context), assessed.gpu.spec.offer.total_bytes)
    name = assessed.snapshot.quant_of[default.quant.slug].short_name
    return f"At {name} it takes {takes} with {figures.tokens(context)} of context, and {assessed.card} leaves {left}"


def _machine(assessed: AssessedPair) -> Iterator[Piece]:
    """The machine to want."""
    machine = assessed.machine
    if machine is None:
        if not assessed.verdict.says_yes and not holds(assessed.snapshot, assessed.model, assessed.gpu):
            yield Piece("No single machine in common use holds it.")
        return
    if machine.spec.unified_memory:
        begins = "The machine to want is"
    else:
        begins = "The machine to want has" if assessed.gpu.segment in ALONE else "The card to want is"
    yield Piece(begins)
    yield Piece(wording.with_article(machine.name), addresses.pair(assessed.model.slug, machine.slug))
    yield Piece(".")


def _board(assessed: AssessedPair) -> Iterator[Piece]:
    if assessed.gpu.gpus_per_board > 1:
        yield Piece(f"The board carries {wording.count(assessed.gpu.gpus_per_board)} GPUs; figures are of one of them.")


def _raised(assessed: AssessedPair) -> Iterator[Piece]:
    """That a raised limit would hold it, of machines that share their memory."""
    system = raised_limit(assessed.gpu) if assessed.verdict.kind is not Kind.ON_CARD else None
    if system is None:
        return
    gpu = assessed.gpu.spec
    more = offer(gpu, system=system).total_bytes - gpu.offer.total_bytes
    raised = assess(assessed.candidates, gpu, assessed.verdict.available_bytes + more)
    if raised.kind is Kind.ON_CARD:
        name = assessed.snapshot.quant_of[raised.quant.slug].short_name
        yield Piece(f"With {system.name} it holds {name} with {figures.tokens(raised.context)} of context.")


_WHY = {
    Kind.ON_CARD: _on_card,
    Kind.WITH_RAM: _with_ram,
    Kind.SHORT: _short,
    Kind.NOT_IN_PRACTICE: _not_in_practice,
    Kind.NO: _no,
}
