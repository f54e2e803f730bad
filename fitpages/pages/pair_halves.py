"""What the pages of pairs say of a model on any GPU, and of a GPU with any model: worked out once for each."""

from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.needs import Need
from fit.offer import Offer, offer
from fit.units import MIB
from fitpages import addresses, figures, pairings, wording
from fitpages.pages.facts import Facts, gpu_facts, model_facts
from fitpages.pages.sources import Source, as_sources
from fitpages.remembered import per_snapshot

# Weights above this share of what they take at the best quantization worth recommending are hardly smaller.
HARDLY_SMALLER = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelHalf:
    """`size` is how many parameters it has, and `opening` says so; `lever` is what quantization changes."""

    name: str
    address: str
    size: str
    opening: str
    caption: str
    lever: tuple[str, str]
    question: tuple[str, str]
    facts: Facts
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class GpuHalf:
    """`card` is its name with the article, `usable` the rule's memory, `offered` the accounting's."""

    name: str
    address: str
    card: str
    opening: str
    fits_heading: str
    method: str
    offer: str
    offered: str
    usable: str
    memory: str
    bandwidth: str
    facts: Facts
    sources: tuple[Source, ...]


@per_snapshot
def of_model(snapshot: Snapshot, model: PublishedModel) -> ModelHalf:
    """The model's half of each of its pages; the snapshot has at least one quantization."""
    return ModelHalf(
        name=model.name,
        address=addresses.model(model.slug),
        size=_size(model),
        opening=f"{model.name} has {figures.parameters(model.spec.parameters)} parameters{_active(model)}",
        caption=f"Memory that {model.name} needs at each quantization, by the rule of thumb",
        lever=_lever(snapshot, model),
        question=_how_much(snapshot, model),
        facts=model_facts(model),
        sources=as_sources(model.sources),
    )


@per_snapshot
def of_gpu(_: Snapshot, gpu: PublishedGpu) -> GpuHalf:
    """The GPU's half of each of its pages."""
    offered, card = offer(gpu.spec), wording.with_article(gpu.name)
    nameplate = figures.gigabytes(gpu.spec.nameplate_gb)
    return GpuHalf(
        name=gpu.name,
        address=addresses.gpu(gpu.slug),
        card=card,
        opening=_opening(gpu, card),
        fits_heading=f"Fits {nameplate}?",
        method=_method(gpu),
        offer=_offer(gpu, card, offered),
        offered=figures.memory(offered.total_bytes),
        usable=figures.memory(rule_of_thumb.usable_bytes(gpu.spec)),
        memory=nameplate,
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s),
        facts=gpu_facts(gpu),
        sources=as_sources(gpu.sources),
    )


def _size(model: PublishedModel) -> str:
    size = figures.parameters(model.spec.parameters)
    active = model.spec.active_parameters
    return f"{size}, {figures.parameters(active)} active" if active else size


def _active(model: PublishedModel) -> str:
    if not model.spec.mixture_of_experts:
        return ""
    if model.spec.active_parameters is None:
        return ", as a mixture of experts whose active part is not published"
    active = figures.parameters(model.spec.active_parameters)
    return f", of which a token uses {active} (a mixture of experts)"


def _lever(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    needed = pairings.needs_of(snapshot, model)
    top, default, lowest = needed[0], _default(snapshot, needed), needed[-1]
    reduction = figures.percent(1 - default.rule_bytes / top.rule_bytes)
    default_name = snapshot.quant_of[default.quant.slug].name
    above = next((need for need in needed if need.quant.worth_recommending), top)
    if above is not default and _hardly_shrinks(above, default):
        return _no_lever(snapshot, model, above, default)
    first = (
        f"At {_short_name(snapshot, top)} {model.name} needs {figures.memory_in_prose(top.rule_bytes)}; at "
        f"{default_name} {figures.memory_in_prose(default.rule_bytes)}, a {reduction} reduction. No other setting "
        "changes as much."
    )
    second = (
        "Go higher when memory is left over once the context you want is in: code, mathematics and small models gain "
        f"most. Go lower, to {snapshot.quant_of[lowest.quant.slug].name}, only when nothing else fits; a smaller model "
        f"at {default_name} is often the better trade."
    )
    return (first, second)


def _hardly_shrinks(above: Need, default: Need) -> bool:
    """Whether most weights keep the size that they were made in, as those made at four bits do."""
    if above.accounting is None or default.accounting is None:
        return False
    return default.accounting.weights_bytes > HARDLY_SMALLER * above.accounting.weights_bytes


def _no_lever(snapshot: Snapshot, model: PublishedModel, above: Need, default: Need) -> tuple[str, str]:
    assert above.accounting
    assert default.accounting
    default_name = snapshot.quant_of[default.quant.slug].name
    first = (
        f"Not for {model.name}: from {_short_name(snapshot, above)} down, most of its weights keep the size that they "
        f"were made in. They take {figures.memory(above.accounting.weights_bytes)} at {_short_name(snapshot, above)} "
        f"and {figures.memory(default.accounting.weights_bytes)} at {default_name}, where the rule of thumb expects "
        f"{figures.memory_in_prose(above.rule_bytes)} and {figures.memory_in_prose(default.rule_bytes)}."
    )
    second = (
        "So there is little to gain from going lower. What makes room is a shorter context, a quantized cache, or "
        "experts in RAM."
    )
    return (first, second)


def _how_much(snapshot: Snapshot, model: PublishedModel) -> tuple[str, str]:
    needed = pairings.needs_of(snapshot, model)
    chosen = {needed[0].quant.slug, _default(snapshot, needed).quant.slug, needed[-1].quant.slug}
    said = [
        f"{figures.memory(need.rule_bytes)} at {_short_name(snapshot, need)}"
        for need in needed
        if need.quant.slug in chosen
    ]
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    return (
        f"How much VRAM does {model.name} need?",
        f"{wording.listed(said)}, by the rule of thumb: parameters × bytes per weight, plus {overhead} for KV cache "
        f"and runtime.{_exactly(snapshot, _default(snapshot, needed))}",
    )


def _exactly(snapshot: Snapshot, need: Need) -> str:
    if need.accounting is None:
        return ""
    context = figures.tokens(need.accounting.reference_context)
    took = figures.memory(need.accounting.reference_bytes)
    return f" Exactly counted, it takes {took} at {_short_name(snapshot, need)} with {context} tokens of context."


def _default(snapshot: Snapshot, needed: tuple[Need, ...]) -> Need:
    default = snapshot.default_quant or snapshot.quants[-1]
    return next(need for need in needed if need.quant is default.spec)


def _short_name(snapshot: Snapshot, need: Need) -> str:
    return snapshot.quant_of[need.quant.slug].short_name


def _opening(gpu: PublishedGpu, card: str) -> str:
    kind = "unified memory, shared with the processor" if gpu.spec.unified_memory else "memory"
    board = ""
    if gpu.gpus_per_board > 1:
        board = f" The board carries {wording.count(gpu.gpus_per_board)} GPUs; every figure here is of one of them."
    return f"{card} has {figures.gigabytes(gpu.spec.nameplate_gb)} of {kind}.{board}"


def _method(gpu: PublishedGpu) -> str:
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    kind = "unified memory, whose system keeps the rest" if gpu.spec.unified_memory else "nameplate memory"
    return (
        f"Rule of thumb: need is parameters × bytes per weight, plus {overhead} for KV cache and runtime; usable is "
        f"{figures.percent(rule_of_thumb.usable_share(gpu.spec))} of the {kind}. "
        f"Tokens/sec is the ceiling that {figures.bandwidth(gpu.spec.bandwidth_gb_s)} of bandwidth sets for one stream "
        "by the rule; below it stands the speed to expect, which long context lowers further. GB is 10⁹ bytes."
    )


def _offer(gpu: PublishedGpu, card: str, offered: Offer) -> str:
    """What the card really offers, and how that is known."""
    left = figures.memory(offered.total_bytes)
    if offered.reported_mib is None:
        known = "no reported total of it is known here, so this is its nameplate less what its class usually loses"
    else:
        total = figures.memory(offered.reported_mib * MIB)
        known = f"of the {total} reported ({figures.mebibytes(offered.reported_mib)})"
    if gpu.spec.vendor == "Apple":
        return (
            f"{wording.sentence(card)} offers {left} by macOS 26's default limit for the GPU: {known}. The limit "
            "can be raised until the next start: sudo sysctl iogpu.wired_limit_mb=N, with N in MiB."
        )
    taken = "what the driver and a process keep for themselves" + (", and a desktop" if offered.with_desktop else "")
    if gpu.spec.unified_memory:
        taken = "the system's share"
    return f"{wording.sentence(card)} really offers {left}: {known}, less {taken}."
