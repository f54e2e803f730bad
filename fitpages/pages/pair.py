"""The page of a pair: can this GPU run this model, at which quantization, how fast, and if not, what would."""

from dataclasses import dataclass

from catalog.snapshot import PublishedGpu, PublishedQuant, Snapshot
from fitpages import addresses, pairings
from fitpages.indexing import worth_indexing
from fitpages.pages.frame import Link, Page, absolute
from fitpages.pages.pair_bar import MemoryBar, memory_bar
from fitpages.pages.pair_exact import ExactSection, exact_section
from fitpages.pages.pair_facts import PairFacts, pair_facts
from fitpages.pages.pair_fixes import Command, Fix, command, fixes
from fitpages.pages.pair_halves import GpuHalf, ModelHalf
from fitpages.pages.pair_measured import near_results, own_results
from fitpages.pages.pair_prose import Prose, prose
from fitpages.pages.pair_speed import SpeedSection, speed_section
from fitpages.pages.quant_table import TableRow, table_rows
from fitpages.pairings import Pair
from fitpages.remembered import per_snapshot
from fitpages.structured_data import breadcrumb_list, faq_page, graph
from fitpages.twins import Twin, gpu_twins, model_twins

RELATED = (
    Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
    Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory really runs"),
    Link("All combinations", addresses.COMBINATIONS, "by model and by GPU"),
)


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """Everything that templates/fitpages/pair.html shows."""

    of_model: ModelHalf
    of_gpu: GpuHalf
    prose: Prose
    glance: tuple[tuple[str, str], ...]
    bar: MemoryBar
    rows: tuple[TableRow, ...]
    exact: ExactSection
    speed: SpeedSection
    fixes_heading: str
    fixes: tuple[Fix, ...]
    command: Command | None
    model_twins: tuple[Twin, ...]
    gpu_twins: tuple[Twin, ...]
    gpus_heading: str
    other_gpus: tuple[Link, ...]
    models_heading: str
    other_models: tuple[Link, ...]
    related: tuple[Link, ...]


def build(snapshot: Snapshot, pair: Pair) -> PairPage:
    """The page of `pair`; the snapshot has at least one quantization."""
    facts = pair_facts(snapshot, pair)
    texts, model, gpu = prose(facts), facts.of_model, facts.of_gpu
    canonical = absolute(pair.address)
    breadcrumbs = (Link("Combinations", addresses.COMBINATIONS), Link(model.name, model.address), Link(gpu.name, ""))
    return PairPage(
        title=f"Run {model.name} on {gpu.name}: VRAM and speed",
        description=texts.description,
        heading=f"Run {model.name} on {gpu.name}",
        canonical=canonical,
        breadcrumbs=breadcrumbs,
        structured_data=graph(breadcrumb_list(breadcrumbs, canonical), faq_page(texts.questions)),
        indexable=worth_indexing(snapshot, pair),
        of_model=model,
        of_gpu=gpu,
        prose=texts,
        glance=_glance(snapshot, facts),
        bar=memory_bar(facts),
        rows=table_rows(snapshot, facts.assessment, facts.speeds),
        exact=exact_section(facts),
        speed=speed_section(facts, own_results(snapshot, pair), near_results(snapshot, pair)),
        fixes_heading="What would make it fit better" if facts.best else "What would make it fit",
        fixes=fixes(snapshot, facts),
        command=command(facts),
        model_twins=model_twins(snapshot, pair.model, lambda slug: addresses.pair(slug, pair.gpu.slug)),
        gpu_twins=gpu_twins(snapshot, pair.gpu, lambda slug: addresses.pair(pair.model.slug, slug)),
        gpus_heading=f"{model.name} on other GPUs",
        other_gpus=_gpu_links(snapshot, pair, facts.wanted),
        models_heading=f"Other models on {gpu.card}",
        other_models=_model_links(snapshot, pair),
        related=RELATED,
    )


def _glance(snapshot: Snapshot, facts: PairFacts) -> tuple[tuple[str, str], ...]:
    """The figures that a returning reader looks for, as names and values."""
    gpu = facts.of_gpu
    approximate = ", approximate" if facts.assessment.offer.approximate else ""
    return (
        ("Parameters", facts.of_model.size),
        ("Memory", gpu.memory + (", shared" if facts.pair.gpu.spec.unified_memory else "")),
        ("Usable, by the rule", gpu.usable),
        ("Really offered", gpu.offered + approximate),
        ("Longest context", _longest(facts)),
        ("Bandwidth", gpu.bandwidth),
        ("Catalog of", _day(snapshot)),
    )


@per_snapshot
def _day(snapshot: Snapshot) -> str:
    return f"{snapshot.revision.changed_at:%-d %B %Y}"


def _longest(facts: PairFacts) -> str:
    """The longest context of the row that advice is given for, exactly."""
    exact = facts.shown.exact
    if exact is None:
        return "not known"
    return f"{exact.longest['f16']:,} tokens, f16 cache" if facts.best else "none fits"


def _gpu_links(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> tuple[Link, ...]:
    needed, slug = pairings.needs_of(snapshot, pair.model), pair.model.slug
    return tuple(
        Link(gpu.name, addresses.pair(slug, gpu.slug), _said(pairings.best_of_needs(snapshot, needed, gpu)))
        for gpu in pairings.other_gpus(snapshot, pair, wanted)
    )


def _model_links(snapshot: Snapshot, pair: Pair) -> tuple[Link, ...]:
    gpu, slug = pair.gpu, pair.gpu.slug
    return tuple(
        Link(model.name, addresses.pair(model.slug, slug), _said(pairings.best_quant(snapshot, model, gpu)))
        for model in pairings.other_models(snapshot, pair)
    )


def _said(best: PublishedQuant | None) -> str:
    """The recommended quantization of another pair, or that it does not fit."""
    return best.name if best else "does not fit"
