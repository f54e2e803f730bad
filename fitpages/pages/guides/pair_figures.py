"""What guides say of pairs: figures that `fit` computes, and a link to the page that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.assessment import best_of
from fitpages import addresses
from fitpages.matching.fits import assessment, needs_of
from fitpages.matching.pairs import Pair
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class PairFigures:
    """What a guide says of a pair at one quantization, as text; the page of the pair at `address` says the same.

    `fits` is as far as advice on that page goes: exactly where there is an accounting, elsewhere by the rule of thumb.
    Where it does not fit, `ceiling` is a dash and `speed` empty. `need`, `usable` and `left_over` are the rule's (but
    `need` is exact at a level that the rule does not know);
    `context` is the longest that fits exactly, a dash where the tensors are not known. `ceiling` is as tables show
    it, `speed` as sentences do.
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


def fits_by_both(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> bool:
    """Whether it fits by the rule of thumb and by the advice: an example for need against usable memory."""
    return rule_of_thumb.fits(pair.model.spec, quant.spec, pair.gpu.spec) and is_advised(snapshot, pair, quant)


def is_advised(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> bool:
    """Whether the page of the pair says that it runs: by the exact accounting, where there is one."""
    needed = [need for need in needs_of(snapshot, pair.model) if need.quant.slug == quant.slug]
    return best_of(needed, pair.gpu.spec) is not None


def advised_quant(snapshot: Snapshot, pair: Pair) -> PublishedQuant | None:
    """The quantization that the page of the pair gives advice for, where the rule of thumb says so, too."""
    best = assessment(snapshot, pair).best
    return snapshot.quant_of[best.quant.slug] if best and best.fits else None


def pair_figures(snapshot: Snapshot, pair: Pair, quant: PublishedQuant) -> PairFigures:
    """The pair at one quantization that its page shows always."""
    assessed = assessment(snapshot, pair)
    fit, usable = assessed.quant(quant.slug), assessed.usable_bytes
    need = Decimal(fit.size_bytes)
    _, usable_in_prose = figures.memories_apart(need, usable)
    active = pair.model.spec.active_parameters
    ceiling = fit.ceiling_tokens_s if fit.advised else None
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
        need=figures.needed(fit.need_bytes, need),
        left_over=figures.memory_in_prose(max(usable - need, Decimal(0))),
        fits=fit.advised,
        context=figures.tokens(fit.exact.longest_context) if fit.exact else figures.NOT_SHOWN,
        ceiling=figures.ceiling(ceiling),
        speed=figures.ceiling_in_prose(ceiling) if ceiling is not None else "",
    )


def links_to(pairs: Iterable[PairFigures]) -> tuple[Link, ...]:
    """A link to each pair that a guide speaks of, once, with what is said of it first."""
    links: dict[str, Link] = {}
    for pair in pairs:
        links.setdefault(pair.address, pair.link)
    return tuple(links.values())


def further_links(*guides: Link) -> tuple[Link, ...]:
    """Where a guide leads at its end: the other guides, the calculator, the methodology."""
    return (
        *guides,
        Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
        Link("How the figures are made", addresses.METHODOLOGY, "formulas, constants and known errors"),
    )
