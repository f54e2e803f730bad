"""RAM beside a card: the sizes and kinds that readers choose of, and what a model makes with a part in it."""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, Snapshot
from fit import prefill, speed
from fit.candidates import Offload
from fit.computer import left_bytes
from fit.prefill import Wait
from fit.ram import GB_S, RamKind
from fit.speed import Estimate
from fit.uses import CHAT, CONTEXTS
from fit.verdict import LEAST_WITH_RAM_TOKENS_S, Kind
from fitpages.matching.answers import Answer, candidates

# As desktops have it: two channels, in GiB.
SIZES_GIB = (16, 32, 64, 128)
KINDS = {"ddr4": RamKind.DDR4_2, "ddr5": RamKind.DDR5_2}


class Ram(NamedTuple):
    """RAM beside a card: GiB of it, and of what kind, two channels."""

    gib: int
    kind: RamKind


USUAL = Ram(32, RamKind.DDR5_2)


def takes_ram(gpu: PublishedGpu) -> bool:
    """Whether RAM beside it is another memory than its own."""
    return not gpu.spec.unified_memory


def speed_with(snapshot: Snapshot, answer: Answer, ram: Ram) -> Estimate | None:
    """Of an answer with a part in RAM on this RAM; None where it has none, does not fit there, or is too slow."""
    offload = answer.verdict.offload
    if answer.verdict.kind not in (Kind.WITH_RAM, Kind.NOT_IN_PRACTICE) or offload is None:
        return None
    if offload.ram_bytes > left_bytes(ram.gib):
        return None
    estimate = _estimate(snapshot, answer, offload, answer.verdict.context, ram)
    return estimate if estimate and estimate.tokens_s >= LEAST_WITH_RAM_TOKENS_S else None


def longest_with(snapshot: Snapshot, answer: Answer, ram: Ram) -> int:
    """Of 128K (or what the model takes), 32K and 8K the longest that RAM and card hold together, not too slow."""
    of_model = candidates(snapshot, answer.model)
    accounting = of_model.need(answer.verdict.quant).accounting
    limit = accounting.context_limit if accounting else 0
    contexts = sorted({min(context, limit) for context in CONTEXTS} | {answer.verdict.context}, reverse=True)
    return next((context for context in contexts if _holds(snapshot, answer, context, ram)), answer.verdict.context)


def _holds(snapshot: Snapshot, answer: Answer, context: int, ram: Ram) -> bool:
    verdict = answer.verdict
    ways = candidates(snapshot, answer.model).offloads(verdict.quant, verdict.available_bytes, context)
    estimates = (_estimate(snapshot, answer, way, context, ram) for way in ways if way.ram_bytes <= left_bytes(ram.gib))
    return any(estimate and estimate.tokens_s >= LEAST_WITH_RAM_TOKENS_S for estimate in estimates)


def _estimate(snapshot: Snapshot, answer: Answer, offload: Offload, context: int, ram: Ram) -> Estimate | None:
    accounting = candidates(snapshot, answer.model).need(answer.verdict.quant).accounting
    if accounting is None:
        return None
    return speed.decode_offloaded(accounting, answer.gpu.spec, offload.flags, context, ram_gb_s=GB_S[ram.kind])


def wait(snapshot: Snapshot, answer: Answer) -> Wait | None:
    """For the first token after a prompt of 8K, or of the native context; None where it cannot be derived."""
    accounting = candidates(snapshot, answer.model).need(answer.verdict.quant).accounting
    if accounting is None:
        return None
    prompt = min(CHAT, accounting.native_context)
    return prefill.first_token(accounting, answer.gpu.spec, prompt, flags=answer.verdict.flags)
