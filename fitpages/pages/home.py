"""The first page: what the site answers, a picker, the most useful ways in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages import addresses, pairings
from fitpages.facets import Choice
from fitpages.pages.frame import Link, Page, absolute
from fitpages.pages.pair_line import PairLine, PairLines
from fitpages.structured_data import breadcrumb_list, graph

# Of each size of memory, the common card with the most bandwidth, of equals the newest, leads to its largest model.
EXAMPLE_SIZES_GB = (8, 12, 16, 24, 32, 48, 80, 128)


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one label."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """Everything that templates/fitpages/home.html shows."""

    opening: str
    model_groups: tuple[ChoiceGroup, ...]
    gpu_groups: tuple[ChoiceGroup, ...]
    examples: tuple[PairLine, ...]
    ways: tuple[Link, ...]


def build(snapshot: Snapshot) -> HomePage:
    """The first page; it works with an empty catalog, too."""
    canonical = absolute(addresses.HOME)
    return HomePage(
        title="Can this GPU run this model? Run It Locally",
        title_with_site=False,
        description=(
            f"Which of {len(snapshot.models)} language models run on which of {len(snapshot.gpus)} GPUs, at which "
            "quantization, how fast, and if not, what would. Every figure with its source."
        ),
        heading="Can this GPU run this model?",
        canonical=canonical,
        breadcrumbs=(),
        structured_data=graph(breadcrumb_list((Link("Home", ""),), canonical)),
        opening=(
            f"{len(snapshot.models)} language models, {len(snapshot.gpus)} GPUs, {pairings.count(snapshot):,} pages. "
            "Each says which quantization fits, what it needs, how fast it can get, and if nothing fits, what would."
        ),
        model_groups=model_groups(snapshot),
        gpu_groups=gpu_groups(snapshot),
        examples=_examples(snapshot),
        ways=(
            Link("All combinations", addresses.COMBINATIONS, "filtered by card, family, size and licence"),
            Link("Models", addresses.MODELS, "each on every GPU"),
            Link("GPUs", addresses.GPUS, "each with every model"),
            Link("Calculator", addresses.CALCULATOR, "your own model, card, or several cards"),
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory really runs"),
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what it saves, and what it costs in quality"),
        ),
    )


def model_groups(snapshot: Snapshot, chosen: str = "") -> tuple[ChoiceGroup, ...]:
    """All models for a select element, by family."""
    models = sorted(snapshot.models.values(), key=lambda model: (model.family.casefold(), model.spec.parameters))
    return _groups(((model.family, model) for model in models), chosen)


def gpu_groups(snapshot: Snapshot, chosen: str = "") -> tuple[ChoiceGroup, ...]:
    """All GPUs for a select element, by kind."""
    gpus = sorted(snapshot.gpus.values(), key=lambda gpu: (gpu.vendor, gpu.segment_name, gpu.name.casefold()))
    return _groups(((f"{gpu.vendor}: {gpu.segment_name}", gpu) for gpu in gpus), chosen)


def _groups(labelled: Iterable[tuple[str, PublishedModel | PublishedGpu]], chosen: str) -> tuple[ChoiceGroup, ...]:
    return tuple(
        ChoiceGroup(label, tuple(Choice(item.slug, item.name, item.slug == chosen) for _, item in members))
        for label, members in groupby(labelled, key=lambda pair: pair[0])
    )


def _leads(gpu: PublishedGpu) -> tuple[bool, Decimal, date]:
    return not gpu.spec.unified_memory, gpu.spec.bandwidth_gb_s, gpu.release_date or date.min


def _examples(snapshot: Snapshot) -> tuple[PairLine, ...]:
    if not snapshot.quants:
        return ()
    make = PairLines(snapshot)
    lines = []
    for size in EXAMPLE_SIZES_GB:
        cards = [gpu for gpu in snapshot.common_gpus if gpu.spec.nameplate_gb == size]
        card = max(cards, key=_leads, default=None)
        model = pairings.largest_running_model(snapshot, card) if card else None
        if card and model:
            lines.append(make.line(model, card))
    return tuple(lines)
