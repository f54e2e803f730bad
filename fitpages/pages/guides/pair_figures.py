"""The examples that guides are written around: chosen by rule from what is published, and computed by `fit`.

A guide asks for an example by slug and names what it stands for, such as a dense model of about 8 billion weights.
Where editors have taken that record away, the nearest one takes its place; where there is none, the example is None
and the guide leaves its sentences out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.verdict import best_quant
from fitpages import addresses
from fitpages.matching.fits import file_sizes
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class PairFigures:
    """What a guide says of a pair at one quantization, as text; the page of the pair at `address` says the same.

    `fits` is as far as advice on that page goes: exactly where there is an accounting, elsewhere by the rule of thumb.
    Where it does not fit, `ceiling` is a dash and `speed` empty. `need`, `usable` and `left_over` are the rule's;
    `context` is the longest that fits exactly, a dash where the tensors are not known. `need` and `ceiling` are as
    tables show them, `need_in_prose` and `speed` as sentences do.
    """

    address: str
    model: str
    parameters: str
    active: str
    gpu: str
    a_gpu: str
    memory: str
    bandwidth: str
    usable: str
    quant: str
    need: str
    need_in_prose: str
    left_over: str
    fits: bool
    context: str
    ceiling: str
    speed: str

    @property
    def link(self) -> Link:
        return Link(f"{self.model} on {self.gpu}", self.address, f"{self.quant}: {_outcome(self)}")


def _outcome(pair: PairFigures) -> str:
    return f"{pair.need}, fits" if pair.fits else f"{pair.need}, does not fit"


def fits(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> bool:
    """Whether it is an example for need against usable memory: it fits by the rule of thumb and by the advice."""
    return rule_of_thumb.fits(pair.model.spec, quant.spec, pair.gpu.spec) and is_advised(snapshot, pair, quant)


def is_advised(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> bool:
    """Whether the page of the pair says that it runs: by the exact accounting, where there is one."""
    sizes = file_sizes(snapshot, pair.model)
    return best_quant(pair.model.spec, pair.gpu.spec, [quant.spec], sizes) is not None


def best(snapshot: Snapshot, pair: Pair) -> PublishedQuant | None:
    """The quantization that the page of the pair gives advice for, where the rule of thumb says so, too."""
    row = assessed_pair(snapshot, pair).best
    return next((quant for quant in snapshot.quants if row and row.fits and quant.spec is row.quant), None)


def figures_at(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> PairFigures:
    """The pair at one published quantization."""
    assessment = assessed_pair(snapshot, pair).assessment
    row = next(row for row in assessment.quants if row.quant is quant.spec)
    usable = assessment.usable_bytes
    need_in_prose, usable_in_prose = figures.memories_apart(row.need_bytes, usable)
    active = pair.model.spec.active_parameters
    ceiling = row.ceiling_tokens_s if row.advised else None
    return PairFigures(
        address=pair.address,
        model=pair.model.name,
        parameters=figures.parameters(pair.model.spec.parameters),
        active=figures.parameters(active) if active else "",
        gpu=pair.gpu.name,
        a_gpu=wording.with_article(pair.gpu.name),
        memory=figures.gigabytes(pair.gpu.spec.nameplate_gb),
        bandwidth=figures.bandwidth(pair.gpu.spec.bandwidth_gb_s),
        usable=usable_in_prose,
        quant=quant.short_name,
        need=figures.memory(row.need_bytes),
        need_in_prose=need_in_prose,
        left_over=figures.memory_in_prose(max(usable - row.need_bytes, Decimal(0))),
        fits=row.advised,
        context=figures.tokens(row.exact.longest_context) if row.exact else figures.NOT_SHOWN,
        ceiling=figures.ceiling(ceiling),
        speed=figures.ceiling_in_prose(ceiling) if ceiling is not None else "",
    )


def links(pairs: Iterable[PairFigures | None]) -> tuple[Link, ...]:
    """A link to each pair that a guide speaks of, once, with what is said of it first."""
    found: dict[str, Link] = {}
    for pair in pairs:
        if pair:
            found.setdefault(pair.address, pair.link)
    return tuple(found.values())


def go_on(*guides: Link) -> tuple[Link, ...]:
    """Where a guide leads at its end: the other guides, the calculator, the methodology."""
    return (
        *guides,
        Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
        Link("How the figures are made", addresses.METHODOLOGY, "formulas, constants and known errors"),
    )
