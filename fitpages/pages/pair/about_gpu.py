"""What the pages of pairs say of a GPU, whichever model stands beside it: worked out once."""

from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, Snapshot
from fit import rule_of_thumb
from fit.gpu_memory import nameplate_gib
from fit.offer import Offer, offer
from fit.units import MIB
from fitpages import addresses
from fitpages.pages.common.record_facts import Facts, gpu_facts, raised_limit
from fitpages.pages.common.sources import Source, as_sources
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True, eq=False)
class AboutGpu:
    """`card` is its name with the article, `usable` the rule's memory in GB, `offered` the accounting's in GiB.

    `memory` is the number on the box in GB, for the rule's sentences, and `memory_gib` the same as the GiB that it is.
    """

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
    memory_gib: str
    bandwidth: str
    facts: Facts
    sources: tuple[Source, ...]


@per_snapshot
def about_gpu(_: Snapshot, gpu: PublishedGpu) -> AboutGpu:
    """The GPU's half of each of its pages."""
    offered, card = offer(gpu.spec), wording.with_article(gpu.name)
    nameplate = figures.gigabytes(gpu.spec.nameplate_gb)
    return AboutGpu(
        name=gpu.name,
        address=addresses.gpu(gpu.slug),
        card=card,
        opening=_opening(gpu, card),
        fits_heading=f"Fits {nameplate}?",
        method=_method(gpu),
        offer=_offer(gpu, card, offered),
        offered=figures.counted(offered.total_bytes),
        usable=figures.memory(rule_of_thumb.usable_bytes(gpu.spec)),
        memory=nameplate,
        memory_gib=figures.gibibytes(nameplate_gib(gpu.spec)),
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s),
        facts=gpu_facts(gpu),
        sources=as_sources(gpu.sources),
    )


def _opening(gpu: PublishedGpu, card: str) -> str:
    kind = "unified memory, shared with the processor" if gpu.spec.unified_memory else "memory"
    board = ""
    if gpu.gpus_per_board > 1:
        board = f" The board carries {wording.count(gpu.gpus_per_board)} GPUs; every figure here is of one of them."
    return f"{card} has {figures.gibibytes(nameplate_gib(gpu.spec))} of {kind}.{board}"


def _method(gpu: PublishedGpu) -> str:
    overhead = figures.percent(rule_of_thumb.OVERHEAD - 1)
    kind = "unified memory, whose system keeps the rest" if gpu.spec.unified_memory else "nameplate memory"
    return (
        f"Rule of thumb: need is parameters × bytes per weight, plus {overhead} for KV cache and runtime; usable is "
        f"{figures.percent(rule_of_thumb.usable_share(gpu.spec))} of the {kind}. "
        f"Tokens/sec is the ceiling that {figures.bandwidth(gpu.spec.bandwidth_gb_s)} of bandwidth sets for one stream "
        "by the rule; below it stands the speed to expect, which long context lowers further. GB is 10⁹ bytes; what is "
        f"counted is in GiB, of 2³⁰ bytes: {figures.gibibytes_in_gigabytes(nameplate_gib(gpu.spec))}."
    )


def _offer(gpu: PublishedGpu, card: str, offered: Offer) -> str:
    """What the card really offers as it is usually run, how that is known, and what it offers when tuned."""
    left, basis = figures.counted(offered.total_bytes), _basis(offered)
    if gpu.spec.vendor == "Apple":
        return f"{wording.sentence(card)} offers {left} by macOS 26's default limit for the GPU: {basis}. {_mac(gpu)}"
    if gpu.spec.unified_memory:
        how = f"really offers {left} with {gpu.spec.systems[0].name}: {basis}, less what the system or a process keeps."
        return f"{wording.sentence(card)} {how}{_tuned(gpu)}"
    kept = "what the driver and a process keep for themselves" + (
        ", and a Linux desktop" if offered.with_desktop else ""
    )
    return f"{wording.sentence(card)} really offers {left}: {basis}, less {kept}."


def _basis(offered: Offer) -> str:
    if offered.reported_mib is None:
        return "no reported total of it is known here, so this is its nameplate less what its class usually loses"
    total = figures.counted(offered.reported_mib * MIB)
    return f"of the {total} reported ({figures.mebibytes(offered.reported_mib)})"


def _mac(gpu: PublishedGpu) -> str:
    """The limit of older versions, and the raised one with its command."""
    _, older, raised = gpu.spec.systems
    before, after = (figures.counted(offer(gpu.spec, system=system).total_bytes) for system in (older, raised))
    return f"{older.name} leaves {before}; raised until the next start it leaves {after}: {raised.command}."


def _tuned(gpu: PublishedGpu) -> str:
    """A sentence on what the machine offers with its limit raised, where it can be."""
    raised = raised_limit(gpu)
    if raised is None:
        return ""
    after = figures.counted(offer(gpu.spec, system=raised).total_bytes)
    return f" As shipped, half is the most; with {raised.command} on Linux's kernel command line it offers {after}."
