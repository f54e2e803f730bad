"""What guides say of pairs: the answer that the page of the pair gives, and a link to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import advised_bytes
from fit.verdict import Kind
from fitpages import addresses
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.popularity import common_by_size
from fitpages.pages.common import answer_words
from fitpages.site import Link
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class PairFigures:
    """What a guide says of a pair, as text; the page of the pair at `address` says the same.

    `level`, `context`, `takes` and `tokens_s` are as lists show them, `speed` as sentences do, and `line` all of it.
    """

    address: str
    model: str
    parameters: str
    active: str
    gpu: str
    a_gpu: str
    memory: str
    bandwidth: str
    level: str
    context: str
    takes: str
    tokens_s: str
    speed: str
    line: str

    @property
    def link(self) -> Link:
        return Link(f"{self.model} on {self.gpu}", self.address, self.line)


def pair_figures(of_pair: Answer) -> PairFigures:
    """The answer, in the words of every other page."""
    model, gpu = of_pair.model, of_pair.gpu
    active = model.spec.active_parameters
    return PairFigures(
        address=of_pair.address,
        model=model.name,
        parameters=figures.parameters(model.spec.parameters),
        active=figures.parameters(active) if active else "",
        gpu=gpu.name,
        a_gpu=wording.with_article(gpu.name),
        memory=figures.gigabytes(gpu.spec.nameplate_gb),
        bandwidth=figures.bandwidth(gpu.spec.bandwidth_gb_s),
        level=answer_words.level(of_pair),
        context=answer_words.context(of_pair),
        takes=answer_words.takes(of_pair),
        tokens_s=answer_words.tokens_s(of_pair),
        speed="" if of_pair.tokens_s is None else answer_words.speed_clause(of_pair),
        line=answer_words.short_line(of_pair),
    )


def on_card(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer | None:
    """The answer where, as counted, the model runs on the card alone at its default level or a better one; else None.

    Where the default itself does not fit, the pair is not even asked.
    """
    of_model = candidates(snapshot, model)
    if not of_model.is_counted or (of_model.default.exact_bytes or 0) > advised_bytes(gpu.spec):
        return None
    there = answer(snapshot, model, gpu)
    worthy = of_model.levels.worthy
    good = worthy[: worthy.index(of_model.levels.default) + 1]
    return there if there.verdict.kind is Kind.ON_CARD and there.verdict.quant in good else None


def running(snapshot: Snapshot, gpu: PublishedGpu) -> Iterator[Answer]:
    """The answers to the common models that are `on_card`, the largest first."""
    answers = (on_card(snapshot, model, gpu) for model in common_by_size(snapshot))
    return (there for there in answers if there)


def links_to(pairs: Iterable[PairFigures]) -> tuple[Link, ...]:
    """A link to each pair that a guide speaks of, once, with the answer."""
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
