"""The page of a pair: can this GPU run this model, at which quantization, how fast, and if not, what would."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.speed import Estimate
from fit.verdict import Assessment
from fitpages import addresses, figures, pairings, wording
from fitpages.indexing import worth_indexing
from fitpages.pages.facts import gpu_facts, model_facts
from fitpages.pages.frame import Link, Page, absolute
from fitpages.pages.pair_bar import MemoryBar, memory_bar
from fitpages.pages.pair_exact import ExactSection, exact_note, exact_section
from fitpages.pages.pair_facts import PairFacts, pair_facts
from fitpages.pages.pair_fixes import Command, Fix, command, fixes
from fitpages.pages.pair_measured import near_results, own_results
from fitpages.pages.pair_prose import Prose, prose
from fitpages.pages.pair_speed import SpeedSection, speed_section
from fitpages.pages.sources import Source, as_sources
from fitpages.pairings import Pair
from fitpages.structured_data import breadcrumb_list, faq_page, graph
from fitpages.twins import Twin, gpu_twins, model_twins


class TableRow(NamedTuple):
    """One quantization in the founding table."""

    name: str
    need: str
    fits: bool
    ceiling: str
    quality: str
    recommended: bool
    marked: bool
    advised: bool
    expected: str
    exact_note: str
    fits_exactly: bool


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """Everything that templates/fitpages/pair.html shows."""

    model_name: str
    gpu_name: str
    prose: Prose
    glance: tuple[tuple[str, str], ...]
    bar: MemoryBar
    table_caption: str
    fits_heading: str
    rows: tuple[TableRow, ...]
    exact: ExactSection
    speed: SpeedSection
    fixes_heading: str
    fixes: tuple[Fix, ...]
    command: Command | None
    model_address: str
    gpu_address: str
    model_facts: tuple[tuple[str, str], ...]
    gpu_facts: tuple[tuple[str, str], ...]
    model_twins: tuple[Twin, ...]
    gpu_twins: tuple[Twin, ...]
    gpus_heading: str
    other_gpus: tuple[Link, ...]
    models_heading: str
    other_models: tuple[Link, ...]
    related: tuple[Link, ...]
    gpu_sources: tuple[Source, ...]
    model_sources: tuple[Source, ...]


def build(snapshot: Snapshot, pair: Pair) -> PairPage:
    """The page of `pair`; the snapshot has at least one quantization."""
    facts = pair_facts(snapshot, pair)
    texts = prose(facts)
    model, gpu = pair.model, pair.gpu
    canonical = absolute(pair.address)
    breadcrumbs = (
        Link("Combinations", addresses.COMBINATIONS),
        Link(model.name, addresses.model(model.slug)),
        Link(gpu.name, ""),
    )
    return PairPage(
        title=f"Run {model.name} on {gpu.name}: VRAM and speed",
        description=texts.description,
        heading=f"Run {model.name} on {gpu.name}",
        canonical=canonical,
        breadcrumbs=breadcrumbs,
        structured_data=graph(breadcrumb_list(breadcrumbs, canonical), faq_page(texts.questions)),
        indexable=worth_indexing(snapshot, pair),
        model_name=model.name,
        gpu_name=gpu.name,
        prose=texts,
        glance=_glance(snapshot, facts),
        bar=memory_bar(facts),
        table_caption=f"Memory that {model.name} needs at each quantization, by the rule of thumb",
        fits_heading=f"Fits {figures.gigabytes(gpu.spec.nameplate_gb)}?",
        rows=table_rows(snapshot, facts.assessment, facts.speeds),
        exact=exact_section(facts),
        speed=speed_section(facts, own_results(snapshot, pair), near_results(snapshot, pair)),
        fixes_heading="What would make it fit better" if facts.best else "What would make it fit",
        fixes=fixes(snapshot, facts),
        command=command(facts),
        model_address=addresses.model(model.slug),
        gpu_address=addresses.gpu(gpu.slug),
        model_facts=model_facts(model),
        gpu_facts=gpu_facts(gpu),
        model_twins=model_twins(snapshot, model, lambda slug: addresses.pair(slug, gpu.slug)),
        gpu_twins=gpu_twins(snapshot, gpu, lambda slug: addresses.pair(model.slug, slug)),
        gpus_heading=f"{model.name} on other GPUs",
        other_gpus=_gpu_links(snapshot, pair, facts.wanted),
        models_heading=f"Other models on {wording.with_article(gpu.name)}",
        other_models=_model_links(snapshot, pair),
        related=_related(pair),
        gpu_sources=as_sources(gpu.sources),
        model_sources=as_sources(model.sources),
    )


def table_rows(
    snapshot: Snapshot, assessment: Assessment, speeds: Mapping[str, Estimate] | None, *, chosen: str = ""
) -> tuple[TableRow, ...]:
    """The founding table. The row marked is the one `chosen` by its slug, or else the recommended one.

    `speeds` are what to expect by quantization; None shows no speed at all, for the bandwidth is not known.
    """
    marked = chosen or (assessment.recommended.quant.slug if assessment.recommended else "")
    return tuple(
        TableRow(
            name=quant.name,
            need=figures.memory(row.need_bytes),
            fits=row.fits,
            ceiling=figures.ceiling(None if speeds is None else row.ceiling_tokens_s),
            quality=quant.quality,
            recommended=row is assessment.recommended,
            marked=quant.slug == marked,
            advised=row.advised,
            expected=_expected((speeds or {}).get(quant.slug)),
            exact_note=exact_note(row),
            fits_exactly=bool(row.exact and row.exact.fits),
        )
        for quant, row in zip(snapshot.quants, assessment.rows, strict=True)
    )


def _expected(estimate: Estimate | None) -> str:
    """Under the ceiling: "expect 98"."""
    return f"expect {figures.expected(estimate.tokens_s)}" if estimate else ""


def _glance(snapshot: Snapshot, facts: PairFacts) -> tuple[tuple[str, str], ...]:
    """The figures that a returning reader looks for, as names and values."""
    spec = facts.pair.model.spec
    size = figures.parameters(spec.parameters)
    if spec.active_parameters:
        size += f", {figures.parameters(spec.active_parameters)} active"
    gpu = facts.pair.gpu.spec
    approximate = ", approximate" if facts.assessment.offer.approximate else ""
    return (
        ("Parameters", size),
        ("Memory", figures.gigabytes(gpu.nameplate_gb) + (", shared" if gpu.unified_memory else "")),
        ("Usable, by the rule", figures.memory(facts.assessment.usable_bytes)),
        ("Really offered", figures.memory(facts.assessment.offer.total_bytes) + approximate),
        ("Longest context", _longest(facts)),
        ("Bandwidth", figures.bandwidth(gpu.bandwidth_gb_s)),
        ("Catalog of", f"{snapshot.revision.changed_at:%-d %B %Y}"),
    )


def _longest(facts: PairFacts) -> str:
    """The longest context of the row that advice is given for, exactly."""
    exact = facts.shown.exact
    if exact is None:
        return "not known"
    return f"{exact.longest['f16']:,} tokens, f16 cache" if facts.best else "none fits"


def _gpu_links(snapshot: Snapshot, pair: Pair, wanted: PublishedGpu | None) -> tuple[Link, ...]:
    return tuple(
        Link(gpu.name, addresses.pair(pair.model.slug, gpu.slug), _best(snapshot, pair.model, gpu))
        for gpu in pairings.other_gpus(snapshot, pair, wanted)
    )


def _model_links(snapshot: Snapshot, pair: Pair) -> tuple[Link, ...]:
    return tuple(
        Link(model.name, addresses.pair(model.slug, pair.gpu.slug), _best(snapshot, model, pair.gpu))
        for model in pairings.other_models(snapshot, pair)
    )


def _best(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> str:
    """The recommended quantization of another pair, or that it does not fit."""
    best = pairings.best_quant(snapshot, model, gpu)
    return best.name if best else "does not fit"


def _related(pair: Pair) -> tuple[Link, ...]:
    return (
        Link("VRAM calculator", addresses.CALCULATOR, "any model, quantization and GPU"),
        Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory really runs"),
        Link("All combinations", addresses.COMBINATIONS, "by model and by GPU"),
    )
