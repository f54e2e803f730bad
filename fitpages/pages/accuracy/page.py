"""How near the estimates come: speed against the catalog's measurements, memory against llama.cpp's own answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from catalog.speed_classes import as_address, class_name
from fit.calibration.agreement import Agreement
from fit.calibration.held_out import SMALL_CLASS
from fit.calibration.report import KINDS, OF_MEASURED, USED
from fit.speed_constants import SpeedConstants, load_constants
from fitpages import addresses
from fitpages.matching.comparison import ALL_CLASSES, Comparison, speed_comparison
from fitpages.pages.accuracy import sentences
from fitpages.pages.accuracy.memory import MemoryRow, memory_rows
from fitpages.pages.accuracy.plot import Plot, plot
from fitpages.pages.common.page import Page
from fitpages.pages.common.programs import runtimes
from fitpages.site import Link
from fitpages.text import figures, wording

JUDGED = (*USED, OF_MEASURED)
OLD, TODAY, BY_LAYER, BY_TENSOR, RAM_NAMED, RAM_NOT_NAMED = KINDS


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """A line of the report as readers see it. `address` is that of every measurement of a class, "" for other lines."""

    name: str
    address: str
    rows: str
    cards: str
    median: str
    p90: str
    bias: str
    covered: str
    bandwidth: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class AgreementTable:
    """Lines of the report under one caption."""

    caption: str
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, kw_only=True)
class LayerSplit:
    """Cards that work one after the other: what each further one adds, and the error of that."""

    card_ms: str
    card_share: str
    median: str
    measurements: str


@dataclass(frozen=True, kw_only=True)
class InRam:
    """Layers or experts in RAM: the share of its pace that they are read at, and the error where the RAM is named."""

    layers: str
    experts: str
    rows: str
    cards: str
    median: str


@dataclass(frozen=True, kw_only=True)
class SpeedAccuracy:
    """What is said of speed, where there are measurements; what there is nothing to say of is empty, or None.

    `weak` are the classes that are far off or rest on few cards, `other_classes` those that nothing is calibrated on;
    `rule_nearer` names the classes where the rule of thumb beats the estimate, `runtimes` what other programs reach of
    the speed of llama.cpp's own benchmark.
    """

    result: str
    measured: str
    used: str
    few_cards: str
    weak_median: str
    weak: tuple[Link, ...]
    other_classes: tuple[Link, ...]
    rule_nearer: str
    not_yet: str
    plot: Plot
    judged: AgreementTable
    classes: AgreementTable
    unused: AgreementTable
    why_unused: tuple[str, ...]
    apart: AgreementTable
    several: LayerSplit | None
    in_ram: InRam | None
    runtimes: str


@dataclass(frozen=True, kw_only=True)
class AccuracyPage(Page):
    """What its template shows. `speed` is None without measurements."""

    template: ClassVar[str] = "fitpages/accuracy/page.html"

    catalog_date: str
    speed: SpeedAccuracy | None
    memory: tuple[MemoryRow, ...]
    further: tuple[Link, ...]


def build(snapshot: Snapshot) -> AccuracyPage:
    """The page, with the measurements of this snapshot and the constants of this release."""
    return AccuracyPage(
        title="How accurate the figures are: estimates and measurements",
        description="Estimated tokens per second against published measurements, class by class, and the memory "
        "accounting against llama.cpp's own answers.",
        heading="How accurate the figures are",
        address=addresses.ACCURACY,
        crumb="How accurate the figures are",
        catalog_date=figures.day(snapshot.revision.changed_at),
        speed=_speed(speed_comparison(snapshot)),
        memory=memory_rows(),
        further=(
            Link("How the figures are made", addresses.METHODOLOGY, "formulas, constants, sources"),
            Link("GPUs", addresses.GPUS, "memory and bandwidth of every card"),
        ),
    )


def _speed(comparison: Comparison) -> SpeedAccuracy | None:
    if not comparison.predictions:
        return None
    lines, constants = comparison.lines, load_constants()
    used = [prediction for prediction in comparison.predictions if prediction.observation.calibrates]
    unused = [*comparison.of(OLD), *comparison.of(TODAY)]
    dense, everything = lines.get("dense, with LocalScore"), lines.get(ALL_CLASSES)
    return SpeedAccuracy(
        result=sentences.result(dense, everything),
        measured=f"{len(comparison.predictions):,}",
        used=f"{len(used):,}",
        rule_nearer=rule_nearer([line for name, line in lines.items() if name in _classes()]),
        few_cards=wording.count(SMALL_CLASS),
        weak_median=f"{sentences.WEAK_MEDIAN:.0%}",
        weak=tuple(weak_classes(lines)),
        other_classes=tuple(_class_link(name) for name in comparison.classes if f"class {name}" not in lines),
        not_yet=sentences.not_yet(sum(not prediction.held_out for prediction in used)),
        plot=plot(used, unused, sentences.described(len(used), len(unused), dense)),
        judged=_table("All classes together, each card held out", lines, JUDGED),
        classes=_table("Class by class, each card held out", lines, _classes()),
        unused=_table("One card, not used for the calibration", lines, (OLD, TODAY)),
        why_unused=sentences.why_unused(comparison.of(TODAY)),
        apart=_table(
            "Several cards, or one with part of the model in RAM",
            lines,
            (BY_LAYER, BY_TENSOR, RAM_NAMED, RAM_NOT_NAMED),
        ),
        several=_several(lines.get(BY_LAYER), constants),
        in_ram=_in_ram(lines.get(RAM_NAMED), constants),
        runtimes=runtimes(constants.runtimes),
    )


def weak_classes(lines: Mapping[str, Agreement]) -> Iterator[Link]:
    """Each with how far it is off and on how many cards."""
    for name in load_constants().classes:
        line = lines.get(f"class {name}")
        if line and sentences.is_weak(line):
            yield _class_link(name, sentences.off_by(line))


def _class_link(name: str, note: str = "") -> Link:
    return Link(class_name(name), addresses.accuracy_of(as_address(name)), note)


def rule_nearer(classes: Iterable[Agreement]) -> str:
    """The classes where the rule of thumb is nearer than a held-out estimate; "" where it is in none."""
    nearer = [sentences.line_name(line.name) for line in classes if line.rule is not None and line.rule < line.median]
    return wording.listed(nearer) if nearer else ""


def _several(line: Agreement | None, constants: SpeedConstants) -> LayerSplit | None:
    if line is None:
        return None
    return LayerSplit(
        card_ms=f"{constants.card_ms:.2f} ms",
        card_share=f"{constants.card_share:.0%}",
        median=sentences.percent(line.median),
        measurements=sentences.measurements(line.rows),
    )


def _in_ram(line: Agreement | None, constants: SpeedConstants) -> InRam | None:
    if line is None:
        return None
    return InRam(
        layers=f"{constants.ram_layers:.0%}",
        experts=f"{constants.ram_experts:.0%}",
        rows=f"{line.rows:,}",
        cards=sentences.cards(line.cards),
        median=sentences.percent(line.median),
    )


def _classes() -> list[str]:
    """The report's lines of single classes."""
    return [f"class {name}" for name in load_constants().classes]


def _table(caption: str, lines: Mapping[str, Agreement], names: Iterable[str]) -> AgreementTable:
    return AgreementTable(caption=caption, rows=tuple(_row(lines[name]) for name in names if name in lines))


def _row(line: Agreement) -> AgreementRow:
    kind, _, of_class = line.name.partition("class ")
    return AgreementRow(
        name=sentences.line_name(line.name),
        address="" if kind else addresses.accuracy_of(as_address(of_class)),
        rows=f"{line.rows:,}",
        cards=f"{line.cards:,}",
        median=sentences.percent(line.median),
        p90=sentences.percent(line.p90),
        bias=sentences.signed(line.bias),
        covered=sentences.percent(line.coverage),
        bandwidth=sentences.percent(line.bandwidth),
        rule=figures.NOT_SHOWN if line.rule is None else sentences.percent(line.rule),
    )
