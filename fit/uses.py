"""Three uses of a model on a card, at the level that the verdict advises: what runs, how fast, how long one waits.

Contexts are in tokens, sizes in bytes; speeds are of one stream.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from fit import prefill, speed
from fit.candidates import Candidates, Offload
from fit.computer import computer_gib
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import offer
from fit.prefill import Wait
from fit.specs import GpuSpec
from fit.speed import Estimate
from fit.verdict import LEAST_TOKENS_S, LEAST_WITH_RAM_TOKENS_S, Verdict, fastest_offload

CHAT, AGENT, DOCUMENT = 8192, 32768, 131072
CONTEXTS = (CHAT, AGENT, DOCUMENT)


class Outcome(Enum):
    """What becomes of a use."""

    # Members are looked up by the dozen for each page: Enum's own hash runs in Python.
    __hash__ = object.__hash__

    RUNS = "runs"
    # It fits to the byte, with less left than advice keeps free.
    TIGHT = "runs, tight"
    QUANTIZED = "runs with a q8_0 cache"
    WITH_RAM = "runs with RAM"
    TOO_SLOW = "too slow"
    # More RAM than the largest of the usual computers has.
    TOO_MUCH_RAM = "needs more RAM"
    DOES_NOT_FIT = "does not fit"
    # The model takes no more tokens than the use before.
    BEYOND = "beyond the model"


RUNS = frozenset({Outcome.RUNS, Outcome.TIGHT, Outcome.QUANTIZED, Outcome.WITH_RAM})


class Use(NamedTuple):
    """A use with so much context. `takes_bytes` are those on the card and in RAM; `wait` is for a prompt that fills the
    context, None where it cannot be derived."""

    context: int
    outcome: Outcome
    takes_bytes: int = 0
    speed: Estimate | None = None
    wait: Wait | None = None
    offload: Offload | None = None
    cache_type: CacheType = CacheType.F16


def uses(candidates: Candidates, verdict: Verdict, gpu: GpuSpec) -> tuple[Use, ...]:
    """One for each of CONTEXTS, or what the model takes where that is less; none where nothing is counted."""
    accounting = candidates.need(verdict.quant).accounting
    if accounting is None:
        return ()
    return tuple(_uses(candidates, verdict, gpu, accounting))


def _uses(candidates: Candidates, verdict: Verdict, gpu: GpuSpec, accounting: Accounting) -> Iterator[Use]:
    longest = 0
    for asked in CONTEXTS:
        context = min(asked, accounting.native_context if asked == CHAT else accounting.context_limit)
        yield _use(candidates, verdict, gpu, context) if context > longest else Use(longest, Outcome.BEYOND)
        longest = max(longest, context)


def _use(candidates: Candidates, verdict: Verdict, gpu: GpuSpec, context: int) -> Use:
    accounting = candidates.need(verdict.quant).accounting
    assert accounting
    alone = None if verdict.offload else _alone(accounting, verdict, gpu, context)
    full = accounting.total(context)
    return alone or _with_ram(candidates, verdict, gpu, context, full) or Use(context, Outcome.DOES_NOT_FIT, full)


def _alone(accounting: Accounting, verdict: Verdict, gpu: GpuSpec, context: int) -> Use | None:
    """All on the card, in the first of the ways that hold it. Where the answer has a part in RAM, so have its uses."""
    full, quantized = accounting.total(context), CacheType.Q8_0
    if full <= verdict.available_bytes:
        return _on_card(accounting, verdict, gpu, context, Outcome.RUNS)
    if full <= offer(gpu).total_bytes:
        return _on_card(accounting, verdict, gpu, context, Outcome.TIGHT)
    if quantized in accounting.cache_types and accounting.total(context, quantized) <= verdict.available_bytes:
        return _on_card(accounting, verdict, gpu, context, Outcome.QUANTIZED, quantized)
    return None


def _on_card(
    accounting: Accounting,
    verdict: Verdict,
    gpu: GpuSpec,
    context: int,
    outcome: Outcome,
    cache_type: CacheType = CacheType.F16,
) -> Use:
    is_of_verdict = (context, cache_type) == (verdict.context, verdict.cache_type)
    estimate = (verdict.speed if is_of_verdict else None) or speed.decode(accounting, gpu, context, cache_type)
    return Use(
        context,
        outcome if estimate.tokens_s >= LEAST_TOKENS_S else Outcome.TOO_SLOW,
        accounting.total(context, cache_type),
        estimate,
        prefill.first_token(accounting, gpu, context),
        cache_type=cache_type,
    )


def _with_ram(candidates: Candidates, verdict: Verdict, gpu: GpuSpec, context: int, full: int) -> Use | None:
    """With a part in RAM, on the RAM that most computers have; None where that is no way."""
    if gpu.unified_memory:
        return None
    if verdict.offload and verdict.speed and context == verdict.context:
        faster: tuple[Offload, Estimate] | None = verdict.offload, verdict.speed
    else:
        faster = fastest_offload(candidates, verdict.quant, gpu, verdict.available_bytes, context)
    if faster is None:
        return None
    offload, estimate = faster
    return Use(
        context,
        _outcome(offload, estimate),
        full,
        estimate,
        _wait(candidates, verdict, gpu, context, offload.flags),
        offload,
    )


def _outcome(offload: Offload, estimate: Estimate) -> Outcome:
    if computer_gib(offload.ram_bytes) is None:
        return Outcome.TOO_MUCH_RAM
    return Outcome.WITH_RAM if estimate.tokens_s >= LEAST_WITH_RAM_TOKENS_S else Outcome.TOO_SLOW


def _wait(candidates: Candidates, verdict: Verdict, gpu: GpuSpec, context: int, flags: Flags) -> Wait | None:
    accounting = candidates.need(verdict.quant).accounting
    return prefill.first_token(accounting, gpu, context, flags=flags) if accounting else None
