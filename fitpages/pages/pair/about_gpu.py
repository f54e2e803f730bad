"""What the pages of pairs say of a GPU, whichever model stands beside it: worked out once."""

from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.offer import Offer, offer
from fit.units import MIB
from fitpages.pages.common.record_facts import raised_limit
from fitpages.pages.common.sources import Source, as_sources
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True, eq=False)
class AboutGpu:
    """`card` is its name with the article, `noun` what it is: a card or a machine. `offered` is what it leaves for a
    model, in GiB, `offer` a sentence on how that is known."""

    name: str
    card: str
    noun: str
    offer: str
    offered: str
    memory_and_left: str
    bandwidth: str
    sources: tuple[Source, ...]


@per_snapshot
def about_gpu(_: Snapshot, gpu: PublishedGpu) -> AboutGpu:
    """The GPU's half of each of its pages."""
    offered, card = offer(gpu.spec), wording.with_article(gpu.name)
    left = figures.counted(offered.total_bytes)
    approximate = ", approximate" if offered.approximate else ""
    return AboutGpu(
        name=gpu.name,
        card=card,
        noun="Machine" if gpu.spec.unified_memory else "Card",
        offer=_offer(gpu, card, offered),
        offered=left,
        memory_and_left=f"{figures.gibibytes(nameplate_gib(gpu.spec))}, {left} left for a model{approximate}",
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s),
        sources=as_sources(gpu.sources),
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
