"""What would make a model fit, or fit better, each with its consequence; and the command that runs it."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit import placement, speed
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import offer
from fit.speed_constants import load_constants
from fit.verdict import QuantFit
from fitpages import addresses
from fitpages.matching.fits import smallest_advised_card
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.site import Link
from fitpages.text import figures, wording


class Fix(NamedTuple):
    """One way: what it is, what it leads to, the flags for it, a page that shows it."""

    name: str
    text: str
    flags: str = ""
    link: Link | None = None


class Command(NamedTuple):
    """A llama.cpp command to copy, and what it does."""

    text: str
    said: str


def fixes(snapshot: Snapshot, facts: AssessedPair) -> tuple[Fix, ...]:
    """The ways that lead somewhere, in order of what they cost."""
    makers = (_quantized_cache, _shorter_context, _second_card, _experts_in_ram, _layers_in_ram)
    found = [fix for maker in makers for fix in maker(facts)]
    return (*found, *_smallest_card(snapshot, facts))


def command(facts: AssessedPair) -> Command | None:
    """The command for the advised row, or for the default one with part of it in RAM."""
    row = facts.best
    if row and row.exact:
        context = row.exact.longest_context
        text = f"llama-server {_model_argument(facts, row)} -c {context} -ngl 99 -fa on"
        return Command(text=text, said=f"{facts.short_name(row)} with {context:,} tokens of context, all in VRAM.")
    row, offload = facts.default_row, facts.in_ram.experts or facts.in_ram.layers
    if row.exact is None or offload is None:
        return None
    context, flags = row.exact.accounting.reference_context, offload.flags
    text = f"llama-server {_model_argument(facts, row)} -c {context} {flags} -fa on"
    ram = figures.memory(offload.ram_bytes)
    return Command(text=text, said=f"{facts.short_name(row)} with {context:,} tokens of context, {ram} of it in RAM.")


def _model_argument(facts: AssessedPair, row: QuantFit) -> str:
    """The repository of a published file that the catalog knows; else a file of your own."""
    file = facts.files.get(row.quant.slug)
    mix = row.quant.mix or facts.short_name(row)
    return f"-hf {file.publisher}:{mix}" if file else f"-m your-file-{mix}.gguf"


def _quantized_cache(facts: AssessedPair) -> Iterator[Fix]:
    for row in (facts.best, facts.default_row):
        if row and row.exact and row.exact.longest_with(CacheType.Q8_0) > row.exact.longest_context:
            now, then = row.exact.longest_context, row.exact.longest_with(CacheType.Q8_0)
            instead = f"instead of {figures.tokens(now)}" if now else "where an f16 cache leaves none"
            text = f"{figures.tokens(then)} tokens at {facts.short_name(row)} {instead}, at a small loss."
            yield Fix(name="A quantized cache", text=text, flags="--cache-type-k q8_0 --cache-type-v q8_0")
            return


def _shorter_context(facts: AssessedPair) -> Iterator[Fix]:
    for row in facts.assessment.quants:
        if row.exact and not row.exact.fits and row.exact.longest_context and row.quant.worth_recommending:
            longest = row.exact.longest_context
            text = f"{facts.short_name(row)} fits with up to {figures.tokens(longest)} tokens ({longest:,})."
            yield Fix(name="A shorter context", text=text, flags=f"-c {longest}")
            return


def _second_card(facts: AssessedPair) -> Iterator[Fix]:
    if facts.pair.gpu.spec.unified_memory:
        return
    offered = facts.assessment.offer.total_bytes
    for count in (2, 4):
        for row in facts.assessment.quants:
            if row is facts.best:
                break
            if row.exact and row.quant.worth_recommending and _splits(row.exact.accounting, [offered] * count):
                longest = _longest_split(row.exact.accounting, [offered] * count)
                name = "A second card" if count == 2 else f"{wording.sentence(wording.count(count))} cards"
                text = (
                    f"{count} × {facts.pair.gpu.name}: {facts.short_name(row)} with {figures.tokens(longest)} tokens, "
                    f"layers split between them{_split_pace(facts, row.exact.accounting, count)}."
                )
                yield Fix(name=name, text=text)
                return


def _splits(accounting: Accounting, offers: list[int], context: int = 0) -> bool:
    return placement.split(accounting, offers, context or accounting.reference_context) is not None


def _longest_split(accounting: Accounting, offers: list[int]) -> int:
    """The longest power of two, or the model's limit, that the cards hold between them."""
    if _splits(accounting, offers, accounting.context_limit):
        return accounting.context_limit
    context = accounting.reference_context
    while context * 2 < accounting.context_limit and _splits(accounting, offers, context * 2):
        context *= 2
    return context


def _experts_in_ram(facts: AssessedPair) -> Iterator[Fix]:
    row = facts.default_row
    if row.exact and not row.advised and (offload := facts.in_ram.experts):
        accounting, ram = row.exact.accounting, figures.memory(offload.ram_bytes)
        text = (
            f"{facts.short_name(row)} with the experts of {offload.cpu_moe_layers} of {len(accounting.weights.layers)} "
            f"layers in RAM, {ram} in all{_against_layers(facts, row, offload)}{_pace(facts, row, offload)}."
        )
        yield Fix(name="Experts in RAM", text=text, flags=offload.flags)


def _against_layers(facts: AssessedPair, row: QuantFit, experts: placement.Offload) -> str:
    """That experts in RAM are the better way, where they are by a tenth or more."""
    layers = facts.in_ram.layers
    if row.exact is None or layers is None:
        return ""
    accounting, gpu = row.exact.accounting, facts.pair.gpu.spec
    by_experts, by_layers = (
        speed.decode_offloaded(accounting, gpu, offload, accounting.reference_context).tokens_s
        for offload in (experts, layers)
    )
    return ": slower, but less so than with whole layers there" if by_experts > 1.1 * by_layers else ""


def _layers_in_ram(facts: AssessedPair) -> Iterator[Fix]:
    row = facts.default_row
    if row.exact and not row.advised and (offload := facts.in_ram.layers):
        layers = len(row.exact.accounting.weights.layers)
        text = (
            f"{facts.short_name(row)} with {offload.gpu_layers} of {layers} layers in VRAM and "
            f"{figures.memory(offload.ram_bytes)} in RAM, which every token then waits for{_pace(facts, row, offload)}."
        )
        yield Fix(name="Layers in RAM", text=text, flags=offload.flags)


def _pace(facts: AssessedPair, row: QuantFit, offload: placement.Offload) -> str:
    """What to expect with a part in RAM."""
    if row.exact is None:
        return ""
    accounting = row.exact.accounting
    estimate = speed.decode_offloaded(accounting, facts.pair.gpu.spec, offload, accounting.reference_context)
    return f"; expect about {figures.expected(estimate.tokens_s)} tokens per second where RAM gives {_ram_pace()}"


def _ram_pace() -> str:
    return f"{figures.expected(load_constants().ram_gb_s)} GB/s"


def _split_pace(facts: AssessedPair, accounting: Accounting, count: int) -> str:
    """Layers run in turn: several cards are no faster than one that could hold it all."""
    estimate = speed.decode(accounting, facts.pair.gpu.spec, accounting.reference_context, cards=count)
    return f", one after the other; expect about {figures.expected(estimate.tokens_s)} tokens per second"


def _smallest_card(snapshot: Snapshot, facts: AssessedPair) -> Iterator[Fix]:
    """The humblest common card that really holds the default quantization, where this one does not."""
    row = facts.default_row
    if row.exact is None or row.advised:
        return
    gpu = smallest_advised_card(snapshot, facts.pair.model)
    if gpu:
        accounting = row.exact.accounting
        context = figures.tokens(accounting.reference_context)
        longest = figures.tokens(accounting.longest_context(offer(gpu.spec).total_bytes))
        # The card to want holds it by the rule of thumb as well, so it can be a larger one.
        tight = ", without the room that the rule of thumb leaves" if facts.wanted is not gpu else ""
        text = f"holds {facts.short_name(row)} at {context} tokens, and up to {longest}{tight}:"
        link = Link(gpu.name, addresses.pair(facts.pair.model.slug, gpu.slug))
        yield Fix(name="The smallest card that runs it", text=text, link=link)
