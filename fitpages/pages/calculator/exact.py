"""What the calculator says exactly: at the context, cache type, number of cards and offload that were asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.snapshot import PublishedQuant, Snapshot
from fit import placement, speed
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import account
from fit.offer import offer
from fit.specs import GpuSpec, ModelSpec
from fit.speed import Estimate
from fitpages.matching.fits import file_sizes
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
    """`missing` says why there is nothing exact; `clamped` that the context was beyond the model's."""

    missing: str
    clamped: str
    context: str
    offered: str
    caption: str
    lines: tuple[ExactLine, ...]
    wait: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The question: `gpu` is None where its bandwidth is not known, `offers` are bytes of each card."""

    gpu: GpuSpec | None
    offers: tuple[int, ...]
    context: int
    cache_type: CacheType
    offload: str


def build(snapshot: Snapshot, values: dict[str, Any], gpu: GpuSpec) -> ExactResult:
    """The exact part of the answer to a valid question."""
    if not values["model"]:
        return _nothing("Exact accounting needs the tensors of a model: choose one from the list.")
    model = snapshot.models[values["model"]]
    if model.spec.architecture is None or model.native_context is None:
        return _nothing(f"The tensors of {model.name} are not known here, so only the rule of thumb is shown.")
    limit = model.extended_context or model.native_context
    asked = values.get("context")
    context = min(asked or min(8192, model.native_context), limit)
    cache_type, cards = CacheType(values.get("cache") or CacheType.F16), values["cards"]
    offered = offer(gpu).total_bytes
    sizes = file_sizes(snapshot, model)
    question = Asked(
        gpu=gpu if values["gpu"] or values.get("bandwidth") else None,
        offers=(offered,) * cards,
        context=context,
        cache_type=cache_type,
        offload=values.get("offload") or "",
    )
    found = [(quant, account(model.spec, quant.spec, sizes.get(quant.slug))) for quant in snapshot.quants]
    lines = [_line(quant, accounting, question) for quant, accounting in found if accounting]
    each = f"{cards} × {figures.memory(offered)}" if cards > 1 else figures.memory(offered)
    return ExactResult(
        missing="",
        clamped=_clamped(model.name, asked, limit, model.native_context),
        context=f"{context:,} tokens of context",
        offered=each,
        caption=f"Exactly, with {context:,} tokens of context and cache type {cache_type}; {each} offered",
        lines=tuple(lines),
        wait=_wait(model.spec, [accounting for _, accounting in found if accounting], question),
    )


def _nothing(why: str) -> ExactResult:
    return ExactResult(missing=why, clamped="", context="", offered="", caption="", lines=(), wait="")


def advised(result: ExactResult, quant_slug: str) -> ExactLine | None:
    """The line of the quantization that was chosen; else the best that runs, or the smallest. None without lines."""
    chosen = next((line for line in result.lines if line.quant.slug == quant_slug), None)
    running = [line for line in result.lines if line.runs]
    worth = [line for line in running if line.quant.spec.worth_recommending]
    return chosen or next(iter(worth or running or result.lines[-1:]), None)


def _wait(model: ModelSpec, known: Sequence[Accounting], asked: Asked) -> str:
    """How long a prompt that fills the context takes; nothing where that cannot be derived, or nothing fits."""
    totals = (accounting.total(asked.context, asked.cache_type) for accounting in known)
    if asked.gpu is None or not any(total <= sum(asked.offers) for total in totals):
        return ""
    wait = speed.first_token(known[0], model, asked.gpu, asked.context)
    if wait is None:
        return ""
    low, high = figures.seconds(wait.low), figures.seconds(wait.high)
    return (
        f"With everything on the GPU, a prompt of {asked.context:,} tokens takes about {figures.seconds(wait.seconds)} "
        f"until the first token ({low} to {high})."
    )


def _clamped(name: str, asked: int | None, limit: int, native: int) -> str:
    if asked and asked > limit:
        return f"{name} goes up to {limit:,} tokens; {asked:,} is beyond that, so {limit:,} is shown."
    if asked and asked > native:
        return f"Beyond {native:,} tokens {name} needs rope scaling."
    return ""


def _line(quant: PublishedQuant, accounting: Accounting, asked: Asked) -> ExactLine:
    total = accounting.total(asked.context, asked.cache_type)
    if len(asked.offers) > 1:
        fits, longest = _split(accounting, asked) is not None, None
    else:
        fits, longest = total <= asked.offers[0], accounting.longest_context(asked.offers[0], asked.cache_type)
    estimate = _expected(accounting, asked, fits)
    return ExactLine(
        quant=quant,
        name=quant.name,
        total=figures.memory(total),
        fits=fits,
        runs=fits or _in_ram(accounting, asked) is not None,
        longest=figures.NOT_SHOWN if longest is None else figures.tokens(longest) if longest else "none",
        placed=_placed(accounting, asked, fits),
        expected=figures.expected(estimate.tokens_s) if estimate else figures.NOT_SHOWN,
        expected_range=figures.expected_range(estimate.low, estimate.high) if estimate else "",
    )


def _expected(accounting: Accounting, asked: Asked, fits: bool) -> Estimate | None:
    """Where it fits, on as many cards as were asked for; else with what was asked for in RAM."""
    if asked.gpu is None:
        return None
    if fits:
        return speed.decode(accounting, asked.gpu, asked.context, asked.cache_type, cards=len(asked.offers))
    in_ram = _in_ram(accounting, asked)
    return speed.decode_offloaded(accounting, asked.gpu, in_ram, asked.context, asked.cache_type) if in_ram else None


def _split(accounting: Accounting, asked: Asked) -> placement.Split | None:
    return placement.split(accounting, asked.offers, asked.context, asked.cache_type)


def _in_ram(accounting: Accounting, asked: Asked) -> placement.Offload | None:
    """What was asked for in RAM, beside one card."""
    if not asked.offload or len(asked.offers) > 1:
        return None
    place = placement.experts_in_ram if asked.offload == "experts" else placement.layers_in_ram
    return place(accounting, asked.offers[0], asked.context, asked.cache_type)


def _placed(accounting: Accounting, asked: Asked, fits: bool) -> str:
    """What goes where: the split over cards, or what stays in RAM, with its flags."""
    if len(asked.offers) > 1:
        found = _split(accounting, asked)
        return f"layers {' + '.join(map(str, found.layers))}" if found else "more than the cards hold"
    if fits or not asked.offload:
        return "all in VRAM" if fits else figures.NOT_SHOWN
    in_ram = _in_ram(accounting, asked)
    if in_ram is None:
        return "not even so"
    return f"{in_ram.flags}, {figures.memory(in_ram.ram_bytes)} in RAM"
