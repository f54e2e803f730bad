"""The page of a pair: can this GPU run this model, at which quantization, how fast, and if not, what would."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.files import counted_files
from fitpages.matching.indexing import worth_indexing
from fitpages.matching.pairs import Pair
from fitpages.matching.twins import Twin, gpu_twins, model_twins
from fitpages.pages.common.page import Page
from fitpages.pages.common.quant_table import LOWER_HEADING, TableRow, has_counted, lower_rows, table_rows
from fitpages.pages.pair.about_gpu import AboutGpu
from fitpages.pages.pair.about_model import AboutModel
from fitpages.pages.pair.answer import Prose, prose
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.bar import MemoryBar, memory_bar
from fitpages.pages.pair.command import Command, command
from fitpages.pages.pair.context import ExactSection, exact_section
from fitpages.pages.pair.fixes import Fix, fixes
from fitpages.pages.pair.folded import FoldedLevels, folded_levels
from fitpages.pages.pair.links import RELATED, gpu_links, model_links
from fitpages.pages.pair.measured import near_results, own_results
from fitpages.pages.pair.speed import SpeedSection, speed_section
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class PairPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/pair/page.html"

    model: AboutModel
    gpu: AboutGpu
    prose: Prose
    glance: tuple[tuple[str, str], ...]
    bar: MemoryBar
    rows: tuple[TableRow, ...]
    lower_rows: tuple[TableRow, ...]
    lower_heading: str
    with_counted: bool
    folded: FoldedLevels | None
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

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        return self.prose.questions


def build(snapshot: Snapshot, pair: Pair) -> PairPage:
    """The page of `pair`; the snapshot has at least one quantization."""
    assessed = assessed_pair(snapshot, pair)
    texts, model, gpu = prose(assessed), assessed.about_model, assessed.about_gpu
    files = counted_files(snapshot, pair.model)
    rows = table_rows(snapshot, assessed.assessment, assessed.speeds, files=files)
    return PairPage(
        title=f"Run {model.name} on {gpu.name}: VRAM and speed",
        description=texts.description,
        heading=f"Run {model.name} on {gpu.name}",
        address=pair.address,
        crumb=gpu.name,
        way=(Link("Combinations", addresses.COMBINATIONS), Link(model.name, model.address)),
        indexable=worth_indexing(snapshot, pair),
        model=model,
        gpu=gpu,
        prose=texts,
        glance=_glance(snapshot, assessed),
        bar=memory_bar(assessed),
        rows=rows,
        lower_rows=lower_rows(snapshot, assessed.assessment, assessed.speeds, files=files),
        lower_heading=LOWER_HEADING,
        with_counted=has_counted(rows),
        folded=folded_levels(snapshot, assessed),
        exact=exact_section(snapshot, assessed),
        speed=speed_section(snapshot, assessed, own_results(snapshot, pair), near_results(snapshot, pair)),
        fixes_heading="What would make it fit better" if assessed.best else "What would make it fit",
        fixes=fixes(snapshot, assessed),
        command=command(assessed),
        model_twins=model_twins(snapshot, pair.model, lambda slug: addresses.pair(slug, pair.gpu.slug)),
        gpu_twins=gpu_twins(snapshot, pair.gpu, lambda slug: addresses.pair(pair.model.slug, slug)),
        gpus_heading=f"{model.name} on other GPUs",
        other_gpus=gpu_links(snapshot, pair, assessed.wanted),
        models_heading=f"Other models on {gpu.card}",
        other_models=model_links(snapshot, pair),
        related=RELATED,
    )


def _glance(snapshot: Snapshot, assessed: AssessedPair) -> tuple[tuple[str, str], ...]:
    """The figures that a returning reader looks for, as names and values."""
    gpu = assessed.about_gpu
    approximate = ", approximate" if assessed.assessment.offer.approximate else ""
    return (
        ("Parameters", assessed.about_model.size),
        ("Memory", gpu.memory_gib + (", shared" if assessed.gpu.spec.unified_memory else "")),
        ("Usable, by the rule", gpu.usable),
        ("Really offered", gpu.offered + approximate),
        ("Longest context", _longest(assessed)),
        ("Bandwidth", gpu.bandwidth),
        ("Catalog of", _catalog_date(snapshot)),
    )


@per_snapshot
def _catalog_date(snapshot: Snapshot) -> str:
    return figures.day(snapshot.revision.changed_at)


def _longest(assessed: AssessedPair) -> str:
    """The longest context of the row that advice is given for, exactly."""
    exact = assessed.shown.exact
    if exact is None:
        return figures.NOT_KNOWN
    return f"{exact.longest_context:,} tokens, f16 cache" if assessed.best else "none fits"
