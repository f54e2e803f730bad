"""Tokens per second to expect, with the range that they usually fall in.

The time of a token is `fit.decode_time`, that of a prompt `fit.prefill`. Constants are those of a class of cards, and
of the very card where it was measured (`fit.speed_constants`). One stream, by llama.cpp's server, everything in VRAM
unless said. GB is 10^9.
"""

from typing import NamedTuple

from fit.decode_time import MS_PER_S, Card, card_of, least_ms, least_ram_ms, token_ms
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType
from fit.memory import Accounting
from fit.per_card import per_card
from fit.programs import SERVER, tokens_s
from fit.ram import GB_S, USUAL_ENDS
from fit.several_cards import LAYER_SPLIT, ONE_CARD, Run
from fit.spans import laptops_of, span_of
from fit.specs import GpuSpec
from fit.speed_constants import Range, SpeedConstants, load_constants
from fit.work import Work, work_at


class Estimate(NamedTuple):
    """Tokens per second to expect, where four of five measurements fall, and what that rests on: cards of the kind, and
    models measured on this very card. `backend` is what the card is programmed with."""

    tokens_s: float
    low: float
    high: float
    cards: int
    models: int = 0
    backend: str = ""


def decode(
    accounting: Accounting,
    gpu: GpuSpec,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    *,
    cards: int = 1,
    split: str = LAYER_SPLIT,
) -> Estimate:
    """Generation with `context` tokens in the cache; `cards` equal ones take the layers in turn, or share each."""
    run = ONE_CARD if cards == 1 else Run(cards, split)
    return _estimate(work_at(accounting, context, cache_type), gpu, run)


def decode_offloaded(
    accounting: Accounting,
    gpu: GpuSpec,
    flags: Flags,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    *,
    ram_gb_s: float | None = None,
) -> Estimate:
    """Generation with a part of the model in RAM of so many GB/s on paper; None: between the usual ends."""
    return _estimate(work_at(accounting, context, cache_type, flags), gpu, Run(ram_gb_s=ram_gb_s))


def at_usual_ends(
    accounting: Accounting, gpu: GpuSpec, flags: Flags, context: int, cache_type: CacheKind = CacheType.F16
) -> tuple[Estimate, Estimate]:
    """Generation with a part of the model in RAM, at the two usual ends of RAM: two channels of DDR4 and of DDR5."""
    slow, fast = (
        decode_offloaded(accounting, gpu, flags, context, cache_type, ram_gb_s=GB_S[kind]) for kind in USUAL_ENDS
    )
    return slow, fast


def _estimate(work: Work, gpu: GpuSpec, run: Run) -> Estimate:
    constants = load_constants()
    card, dense, mixture = paced(gpu, constants)
    least = least_ms(work, card.bandwidth_gb_s * run.at_once)
    expected = tokens_s(token_ms(work, card, constants, run, least), SERVER, constants)
    span = mixture if work.expert_layers else dense
    high = max(expected, min(_most_tokens_s(work, least, run), expected * span.high))
    return Estimate(expected, expected * span.low, high, span.cards, card.models, card.backend)


class Paced(NamedTuple):
    """A card with its constants, and the ranges beside its estimates."""

    card: Card
    dense: Range
    mixture: Range


@per_card
def paced(gpu: GpuSpec, constants: SpeedConstants) -> Paced:
    """What estimates of a card have in common."""
    card, laptops = card_of(gpu, constants), laptops_of(gpu, constants)
    dense, mixture = (span_of(card.decode_class, card.models, mixture, laptops) for mixture in (False, True))
    return Paced(card, dense, mixture)


def most_tokens_s(work: Work, gpu: GpuSpec, run: Run = ONE_CARD) -> float:
    """What the bandwidth on paper allows: no estimate, and no end of a range, is above it."""
    return _most_tokens_s(work, least_ms(work, gpu.bandwidth * run.at_once), run)


def _most_tokens_s(work: Work, least: float, run: Run) -> float:
    """The same, where the cards take `least` milliseconds."""
    ms = least + least_ram_ms(work, run.ram_gb_s) if run.ram_gb_s and work.has_ram else least
    return MS_PER_S / ms if ms else float("inf")
