"""How the figures are made: the template explains, and this hands it the constants and a worked example."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.memory import REFERENCE_CONTEXT
from fitpages import addresses
from fitpages.matching.pairs import count_pairs
from fitpages.pages.common.contact import report_link
from fitpages.pages.common.page import Page
from fitpages.pages.methodology.choosing import ChoosingFigures, choosing_figures
from fitpages.pages.methodology.memory import AccountingFigures, accounting_figures
from fitpages.pages.methodology.speed import SpeedFigures, speed_figures
from fitpages.pages.methodology.verdict import VerdictFigures, verdict_figures
from fitpages.pages.methodology.worked_example import Example, worked_example
from fitpages.site import Link, site
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class RuleFigures:
    """The constants of the rule of thumb, and what they leave, in percent."""

    overhead: str
    overhead_percent: str
    usable_share: str
    rest_percent: str
    unified_share: str
    bandwidth_share: str
    bandwidth_percent: str


@dataclass(frozen=True, kw_only=True)
class MethodologyPage(Page):
    """What its template shows. `example` is None while nothing is published."""

    template: ClassVar[str] = "fitpages/methodology/page.html"

    catalog_date: str
    gpus: str
    models: str
    quants: str
    pairs: str
    default: str
    context: str
    rule: RuleFigures
    verdict: VerdictFigures
    example: Example | None
    accounting: AccountingFigures
    speed: SpeedFigures
    choosing: ChoosingFigures
    report: Link | None
    further: tuple[Link, ...]


def build(snapshot: Snapshot) -> MethodologyPage:
    """The page, with the constants of this release and the catalog of this snapshot."""
    return MethodologyPage(
        title="How the figures are made: formulas, constants and errors",
        description="Every formula and constant behind the verdicts, a worked example, what is measured and what "
        "assumed, and how far the rule of thumb is off.",
        heading="How the figures are made",
        address=addresses.METHODOLOGY,
        crumb="How the figures are made",
        accounting=accounting_figures(),
        speed=speed_figures(),
        choosing=choosing_figures(snapshot),
        catalog_date=figures.day(snapshot.revision.changed_at),
        gpus=f"{len(snapshot.gpus):,}",
        models=f"{len(snapshot.models):,}",
        quants=f"{len(snapshot.all_quants):,}",
        pairs=f"{count_pairs(snapshot):,}",
        default=snapshot.default_quant.short_name,
        context=figures.tokens(REFERENCE_CONTEXT),
        rule=_rule_figures(),
        verdict=verdict_figures(snapshot),
        example=worked_example(snapshot),
        report=report_link(site().contact),
        further=(
            Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what each level needs and what it costs"),
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory runs"),
        ),
    )


def _rule_figures() -> RuleFigures:
    return RuleFigures(
        overhead=f"{rule_of_thumb.OVERHEAD}",
        overhead_percent=figures.percent(rule_of_thumb.OVERHEAD - 1),
        usable_share=f"{rule_of_thumb.USABLE_SHARE}",
        rest_percent=figures.percent(1 - rule_of_thumb.USABLE_SHARE),
        unified_share=f"{rule_of_thumb.UNIFIED_USABLE_SHARE}",
        bandwidth_share=f"{rule_of_thumb.BANDWIDTH_SHARE}",
        bandwidth_percent=figures.percent(rule_of_thumb.BANDWIDTH_SHARE),
    )
