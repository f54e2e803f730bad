"""What would make a model fit, or fit better, each with its consequence."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.snapshot import Snapshot
from fit import placement, speed
from fit.advice import advised_bytes, longest_advised
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import offer
from fit.placement import Placement
from fit.server_flags import server_flags
from fitpages import addresses
from fitpages.matching.fits import smallest_advised_card
from fitpages.pages.pair import in_ram
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.site import Link
from fitpages.text import figures, wording

KEPT_FREE = "with some memory kept free"


class Fix(NamedTuple):
    """One way: what it is, what it leads to, all flags of the server for it but the file, a page that shows it."""

    name: str
    text: str
    flags: str = ""
    link: Link | None = None


def fixes(snapshot: Snapshot, assessed: AssessedPair) -> tuple[Fix, ...]:
    """The ways that lead somewhere, in order of what they cost."""
    makers = (_quantized_cache, _shorter_context, _second_card, _experts_in_ram, _layers_in_ram)
    ways = [fix for maker in makers for fix in maker(assessed)]
    return (*ways, *_smallest_card(snapshot, assessed))


def _quantized_cache(assessed: AssessedPair) -> Iterator[Fix]:
    advised = advised_bytes(assessed.gpu.spec)
    for fit in (assessed.best, assessed.default_fit):
        if fit and fit.exact and fit.exact.longest_with(CacheType.Q8_0) > fit.exact.longest_context:
            accounting = fit.exact.accounting
            now, then = (longest_advised(accounting, advised, kind) for kind in (CacheType.F16, CacheType.Q8_0))
            if then > now:
                instead = f"instead of {figures.tokens(now)}" if now else "where an f16 cache leaves none"
                level = assessed.short_name(fit)
                text = f"{figures.tokens(then)} tokens at {level} {instead}, {KEPT_FREE}, at a small loss."
                flags = server_flags(accounting, Flags(), then, CacheType.Q8_0)
                yield Fix(name="A quantized cache", text=text, flags=flags)
                return


def _shorter_context(assessed: AssessedPair) -> Iterator[Fix]:
    advised = advised_bytes(assessed.gpu.spec)
    for fit in assessed.assessment.quants:
        if fit.exact and not fit.exact.fits and fit.exact.longest_context and fit.quant.worth_recommending:
            accounting = fit.exact.accounting
            if longest := longest_advised(accounting, advised):
                text = (
                    f"{assessed.short_name(fit)} fits with {figures.tokens(longest)} tokens ({longest:,}), {KEPT_FREE}."
                )
                flags = server_flags(accounting, Flags(), longest)
                yield Fix(name="A shorter context", text=text, flags=flags)
                return


def _second_card(assessed: AssessedPair) -> Iterator[Fix]:
    if assessed.gpu.spec.unified_memory:
        return
    for count in (2, 4):
        offers = [advised_bytes(assessed.gpu.spec)] * count
        for fit in assessed.assessment.quants:
            if fit is assessed.best:
                break
            if fit.exact and fit.quant.worth_recommending and (longest := _longest_split(fit.exact.accounting, offers)):
                context, placed = longest
                name = "A second card" if count == 2 else f"{wording.sentence(wording.count(count))} cards"
                text = (
                    f"{count} × {assessed.gpu.name}: {assessed.short_name(fit)} with {figures.tokens(context)} tokens, "
                    f"layers split between them{_split_pace(assessed, fit.exact.accounting, count)}."
                )
                flags = server_flags(fit.exact.accounting, placed.flags, context)
                yield Fix(name=name, text=text, flags=flags)
                return


def _longest_split(accounting: Accounting, offers: list[int]) -> tuple[int, Placement] | None:
    """The longest context that the cards hold between them, a power of two or the model's limit, and how they do;
    None where not even the reference context."""
    if not placement.holds(accounting, offers, accounting.reference_context):
        return None
    shortest, limit = accounting.reference_context, accounting.context_limit
    doubled = [shortest << power for power in range((limit // shortest).bit_length())]
    contexts = [limit, *(context for context in reversed(doubled) if context < limit)]
    placed = ((context, placement.split(accounting, offers, context)) for context in contexts)
    return next(((context, split) for context, split in placed if split), None)


def _experts_in_ram(assessed: AssessedPair) -> Iterator[Fix]:
    fit = assessed.default_fit
    if fit.exact and not fit.advised and (offload := assessed.in_ram.experts):
        layers, ram = len(fit.exact.accounting.weights.layers), figures.counted(offload.ram_bytes)
        text = (
            f"{assessed.short_name(fit)} with the experts of {offload.flags.cpu_moe_layers} of {layers} layers in RAM, "
            f"{ram} in all{_against_layers(assessed, offload)}; {in_ram.pace(assessed, offload)}."
        )
        yield Fix(name="Experts in RAM", text=text, flags=_at_reference(fit.exact.accounting, offload))


def _against_layers(assessed: AssessedPair, experts: Placement) -> str:
    """That experts in RAM are the better way, where they are by a tenth or more."""
    layers = assessed.in_ram.layers
    if layers is None or not in_ram.is_much_faster(assessed, experts, layers):
        return ""
    return ": slower, but less so than with whole layers there"


def _layers_in_ram(assessed: AssessedPair) -> Iterator[Fix]:
    fit = assessed.default_fit
    if fit.exact and not fit.advised and (offload := assessed.in_ram.layers):
        on_card, ram = sum(offload.layers_on_cards), figures.counted(offload.ram_bytes)
        text = (
            f"{assessed.short_name(fit)} with {on_card} of {offload.layers} layers and the head in VRAM "
            f"and {ram} in RAM, which every token then waits for; {in_ram.pace(assessed, offload)}."
        )
        yield Fix(name="Layers in RAM", text=text, flags=_at_reference(fit.exact.accounting, offload))


def _at_reference(accounting: Accounting, offload: Placement) -> str:
    return server_flags(accounting, offload.flags, accounting.reference_context)


def _split_pace(assessed: AssessedPair, accounting: Accounting, count: int) -> str:
    """Layers run in turn: several cards are no faster than one that could hold it all."""
    estimate = speed.decode(accounting, assessed.gpu.spec, accounting.reference_context, cards=count)
    return f", one after the other; expect about {figures.expected(estimate.tokens_s)} tokens per second"


def _smallest_card(snapshot: Snapshot, assessed: AssessedPair) -> Iterator[Fix]:
    """The smallest common card that really holds the default quantization, where this one does not."""
    fit = assessed.default_fit
    if fit.exact is None or fit.advised:
        return
    gpu = smallest_advised_card(snapshot, assessed.model)
    if gpu:
        accounting = fit.exact.accounting
        context = figures.tokens(accounting.reference_context)
        longest = figures.tokens(accounting.longest_context(offer(gpu.spec).total_bytes))
        # The card to want holds it by the rule of thumb as well, so it can be a larger one.
        tight = ", without the room that the rule of thumb leaves" if assessed.wanted is not gpu else ""
        text = f"holds {assessed.short_name(fit)} at {context} tokens, and up to {longest}{tight}:"
        link = Link(gpu.name, addresses.pair(assessed.model.slug, gpu.slug))
        yield Fix(name="The smallest card that runs it", text=text, link=link)
