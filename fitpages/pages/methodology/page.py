"""How the figures are made: formulas, constants, known errors, and a worked example."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.memory import REFERENCE_CONTEXT
from fitpages import addresses
from fitpages.matching.pairs import count_pairs
from fitpages.pages.common.contact import report_link
from fitpages.pages.common.page import Page
from fitpages.pages.methodology.memory import AccountingText, accounting_text
from fitpages.pages.methodology.speed import SpeedText, speed_text
from fitpages.pages.methodology.worked_example import Example, worked_example
from fitpages.site import Link, site
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One line of the rule, and what it says in words."""

    name: str
    formula: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """A letter of the formulas: what it stands for, in which unit, and where it comes from."""

    letter: str
    meaning: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Constant:
    """A number that the rule rests on."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class KnownError:
    """How far the rule of thumb was off where somebody looked."""

    estimate: str
    against: str
    statistic: str
    error: str


# Measurements of the rule, made once against other people's figures; they are facts, not computed on request.
_ACCOUNTING = "llama.cpp's own accounting, 80 models"
_BENCHMARKS = "published single-stream benchmarks"
KNOWN_ERRORS = (
    KnownError(
        estimate="Memory needed, 4K tokens of context", against=_ACCOUNTING, statistic="median error", error="14%"
    ),
    KnownError(
        estimate="Memory needed, 128K tokens of context", against=_ACCOUNTING, statistic="worst error", error="−97%"
    ),
    KnownError(
        estimate="“Fits”, 4K tokens of context",
        against=_ACCOUNTING,
        statistic="says “fits” though it does not",
        error="a third of cases",
    ),
    KnownError(
        estimate="“Fits”, 32K tokens of context",
        against=_ACCOUNTING,
        statistic="says “fits” though it does not",
        error="more than half",
    ),
    KnownError(estimate="Speed ceiling", against=_BENCHMARKS, statistic="median error", error="30% too high"),
)

SYMBOLS = (
    Symbol(
        letter="P",
        meaning="parameters: the number of weights of the language model, all experts included",
        origin="the model's record, without vision or audio towers and draft layers",
    ),
    Symbol(
        letter="A",
        meaning="parameters that one token reads: all of a dense model, the active ones of a mixture of experts",
        origin="the model's record; where nobody published the active ones, no speed is printed",
    ),
    Symbol(letter="b", meaning="bytes per weight", origin="the quantization's record"),
    Symbol(
        letter="M",
        meaning="nameplate memory, the number on the box, taken as GB",
        origin="the GPU's record; of a board with several GPUs, the memory of one",
    ),
    Symbol(
        letter="u",
        meaning="usable share of the nameplate memory",
        origin="the GPU's record where an editor set one, else the constant of its kind",
    ),
    Symbol(letter="W", meaning="memory bandwidth on paper, in GB/s", origin="the GPU's record"),
)


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
    formulas: tuple[Formula, ...]
    symbols: tuple[Symbol, ...]
    constants: tuple[Constant, ...]
    example: Example | None
    known_errors: tuple[KnownError, ...]
    accounting: AccountingText
    speed: SpeedText
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
        accounting=accounting_text(),
        speed=speed_text(),
        catalog_date=f"{snapshot.revision.changed_at:%-d %B %Y}",
        gpus=f"{len(snapshot.gpus):,}",
        models=f"{len(snapshot.models):,}",
        quants=f"{len(snapshot.quants):,}",
        pairs=f"{count_pairs(snapshot):,}",
        default=snapshot.default_quant.short_name,
        context=figures.tokens(REFERENCE_CONTEXT),
        formulas=_formulas(),
        symbols=SYMBOLS,
        constants=_constants(),
        example=worked_example(snapshot),
        known_errors=KNOWN_ERRORS,
        report=report_link(site().contact),
        further=(
            Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what each level needs and what it costs"),
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory runs"),
        ),
    )


def _formulas() -> tuple[Formula, ...]:
    return (
        Formula(
            name="Need",
            formula=f"P × b × {rule_of_thumb.OVERHEAD}",
            words="The bytes of the weights, plus an allowance for everything else.",
        ),
        Formula(name="Usable", formula="u × M", words="What the GPU offers once its system has taken its part."),
        Formula(
            name="Fits",
            formula="need ≤ usable",
            words="On unrounded values: rounding for print never changes a verdict, and exactly as much fits.",
        ),
        Formula(
            name="Ceiling",
            formula=f"{rule_of_thumb.BANDWIDTH_SHARE} × W ÷ (A × b)",
            words="Tokens per second for one stream: bandwidth over the bytes that one token reads.",
        ),
    )


def _constants() -> tuple[Constant, ...]:
    return (
        Constant(
            name="Overhead",
            value=f"{rule_of_thumb.OVERHEAD}",
            reason=f"{figures.percent(rule_of_thumb.OVERHEAD - 1)} on top of the weights, for the KV cache and the "
            "runtime's buffers. It knows nothing of the context, which is its main error.",
        ),
        Constant(
            name="Usable share of a card",
            value=f"{rule_of_thumb.USABLE_SHARE}",
            reason=f"The other {figures.percent(1 - rule_of_thumb.USABLE_SHARE)} goes to the driver and the runtime's "
            "own context on the GPU.",
        ),
        Constant(
            name="Usable share of unified memory",
            value=f"{rule_of_thumb.UNIFIED_USABLE_SHARE}",
            reason="The operating system and other programs share this memory. Apple's default limit for the GPU "
            "was near this share for long; macOS 26 gives more, which the exact accounting knows.",
        ),
        Constant(
            name="Bandwidth share",
            value=f"{rule_of_thumb.BANDWIDTH_SHARE}",
            reason="Decoding reads every active weight once per token, and at the very best reaches "
            f"{figures.percent(rule_of_thumb.BANDWIDTH_SHARE)} of the bandwidth on paper.",
        ),
    )
