"""All machines with a model: common ones first, by memory, those of one specification in one row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.verdict import Kind
from fitpages.matching.ladder import is_plain
from fitpages.matching.twins import gpu_family
from fitpages.pages.common.link_choices import LinkChoices, link_choices
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.model.asked import Asked
from fitpages.site import Link

PAGE_SIZE = 40
KIND_OF_SEGMENT = {
    Gpu.Segment.CONSUMER: "card",
    Gpu.Segment.WORKSTATION: "card",
    Gpu.Segment.LAPTOP: "laptop",
    Gpu.Segment.APPLE: "mac",
    Gpu.Segment.APU: "box",
    Gpu.Segment.DATACENTER: "server",
}
RUNS: Mapping[str, Callable[[PairLine], bool]] = {
    "yes": lambda line: line.answer.verdict.says_yes,
    "ram": lambda line: line.answer.verdict.kind is Kind.WITH_RAM,
    "no": lambda line: not line.answer.verdict.says_yes,
    "all": lambda line: True,
}


class MachineRow(NamedTuple):
    """The answer of a machine, and the pairs of others with the same figures."""

    line: PairLine
    twins: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Machines:
    """One page of the list, with the filters above it. `rows` is empty where the filters leave nothing."""

    filters: tuple[LinkChoices, ...]
    rows: tuple[MachineRow, ...]
    pager: Pager


def pair_lines(snapshot: Snapshot, model: PublishedModel) -> tuple[PairLine, ...]:
    """All machines with the model, common ones first, the smallest first, of these the fastest first."""
    ordered = sorted(snapshot.gpus.values(), key=lambda gpu: (not gpu.common, *_by_memory(gpu)))
    return tuple(pair_line(snapshot, model, gpu) for gpu in ordered)


def _by_memory(gpu: PublishedGpu) -> tuple[object, ...]:
    return gpu.spec.nameplate_gb, -gpu.spec.bandwidth_gb_s, gpu.slug


def machines(snapshot: Snapshot, lines: Sequence[PairLine], asked: Asked) -> Machines:
    """The list as the query filters and cuts it."""
    runs = _runs(lines, asked)
    chosen = [line for line in lines if RUNS[runs.value](line) and _is_of_kind(line, asked) and _is_fast(line, asked)]
    rows, pager = paginate(_rows(snapshot, chosen), asked.kept, asked.address, PAGE_SIZE, "machines")
    return Machines(filters=(runs, asked.kind, asked.fast), rows=tuple(rows), pager=pager)


def _runs(lines: Sequence[PairLine], asked: Asked) -> LinkChoices:
    """Those that run it, or all where none does."""
    counts = {name: sum(map(passes, lines)) for name, passes in RUNS.items()}
    texts = {"yes": "that run it", "ram": "with RAM", "no": "that do not", "all": "in all"}
    options = [(name, f"{counts[name]:,} {text}") for name, text in texts.items()]
    return link_choices(asked.kept, "runs", "Answer", options, "yes" if counts["yes"] else "all", asked.address)


def _is_of_kind(line: PairLine, asked: Asked) -> bool:
    return asked.kind.value in ("", kind_of(line.gpu))


def kind_of(gpu: PublishedGpu) -> str:
    """The kind of the filter that a machine is of."""
    return "none" if is_plain(gpu) else KIND_OF_SEGMENT[Gpu.Segment(gpu.segment)]


def _is_fast(line: PairLine, asked: Asked) -> bool:
    return line.speed >= int(asked.fast.value or 0)


def _rows(snapshot: Snapshot, lines: Sequence[PairLine]) -> list[MachineRow]:
    """The first of each group stands for all of it."""
    groups: dict[str, list[PairLine]] = {}
    for line in lines:
        groups.setdefault(gpu_family(snapshot, line.gpu), []).append(line)
    return [
        MachineRow(first, tuple(Link(twin.gpu.name, twin.address) for twin in others))
        for first, *others in groups.values()
    ]
