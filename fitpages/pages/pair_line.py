"""A pair in one line of a list: the best quantization that fits, what it needs, its ceiling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fitpages import addresses, figures, pairings
from fitpages.indexing import smallest_quant


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """What is known of a pair before it is written down. `quant` is None where nothing fits."""

    model: PublishedModel
    gpu: PublishedGpu
    quant: PublishedQuant | None
    need_bytes: Decimal
    ceiling_tokens_s: Decimal | None

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)

    @property
    def best(self) -> str:
        return self.quant.name if self.quant else "does not fit"

    @property
    def need(self) -> str:
        return figures.memory(self.need_bytes)

    @property
    def ceiling(self) -> str:
        return figures.ceiling(self.ceiling_tokens_s)


class PairLines:
    """Makes lines for pairs of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.smallest = smallest_quant(snapshot)

    def line(self, model: PublishedModel, gpu: PublishedGpu) -> PairLine:
        """The pair at its best quantization; where none fits, the need of the smallest."""
        best = pairings.best_quant(self.snapshot, model, gpu)
        quant = best.spec if best else self.smallest
        return PairLine(
            model=model,
            gpu=gpu,
            quant=best,
            need_bytes=rule_of_thumb.need_bytes(model.spec, quant),
            ceiling_tokens_s=rule_of_thumb.ceiling_tokens_s(model.spec, quant, gpu.spec) if best else None,
        )


@dataclass(frozen=True, kw_only=True)
class HubLine:
    """A line under the hub of one of its two: the other's name and size."""

    address: str
    name: str
    size: str
    best: str
    need: str
    ceiling: str


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    """Lines with one verdict."""

    anchor: str
    heading: str
    count: str
    lines: tuple[HubLine, ...]


def of_gpu(line: PairLine) -> HubLine:
    """The line as the model's hub shows it."""
    memory = figures.gigabytes(line.gpu.spec.nameplate_gb)
    return _hub_line(line, line.gpu.name, memory)


def of_model(line: PairLine) -> HubLine:
    """The line as the GPU's hub shows it."""
    return _hub_line(line, line.model.name, figures.parameters(line.model.spec.parameters))


def _hub_line(line: PairLine, name: str, size: str) -> HubLine:
    return HubLine(address=line.address, name=name, size=size, best=line.best, need=line.need, ceiling=line.ceiling)


def grouped(
    lines: Sequence[PairLine], default: PublishedQuant, shown: Callable[[PairLine], HubLine]
) -> tuple[LineGroup, ...]:
    """By verdict, the best first; empty groups are left out. The order within a group is that of `lines`."""
    least = default.spec.bytes_per_weight
    fits = [line for line in lines if line.quant and line.quant.spec.bytes_per_weight >= least]
    low = [line for line in lines if line.quant and line.quant.spec.bytes_per_weight < least]
    no = [line for line in lines if not line.quant]
    groups = (
        ("fits", f"Fits at {default.name} or better", fits),
        ("low", f"Fits only below {default.name}", low),
        ("no", "Does not fit", no),
    )
    return tuple(
        LineGroup(anchor=anchor, heading=heading, count=f"{len(group):,}", lines=tuple(map(shown, group)))
        for anchor, heading, group in groups
        if group
    )
