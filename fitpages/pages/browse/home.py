"""The first page: what the site answers, a picker, the most useful ways in."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.fits import largest_running_model
from fitpages.matching.pairs import count_pairs
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.common.picker import ChoiceGroup, gpu_groups, model_groups
from fitpages.site import Link

# Of each size of memory, the common card with the most bandwidth, of equals the newest, leads to its largest model.
EXAMPLE_SIZES_GB = (8, 12, 16, 24, 32, 48, 80, 128)


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/home.html"

    opening: str
    model_groups: tuple[ChoiceGroup, ...]
    gpu_groups: tuple[ChoiceGroup, ...]
    examples: tuple[PairLine, ...]
    ways: tuple[Link, ...]


def build(snapshot: Snapshot) -> HomePage:
    """The first page; it works with an empty catalog, too."""
    return HomePage(
        title="Can this GPU run this model? Run It Locally",
        title_with_site=False,
        description=(
            f"Which of {len(snapshot.models)} language models run on which of {len(snapshot.gpus)} GPUs, at which "
            "quantization, how fast, and if not, what would. Every figure with its source."
        ),
        heading="Can this GPU run this model?",
        address=addresses.HOME,
        crumb="Home",
        way=(),
        opening=(
            f"{len(snapshot.models)} language models, {len(snapshot.gpus)} GPUs, {count_pairs(snapshot):,} pages. "
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


def _examples(snapshot: Snapshot) -> tuple[PairLine, ...]:
    lines = []
    for memory_gb in EXAMPLE_SIZES_GB:
        card = examples.fastest_of_size(snapshot, memory_gb)
        model = largest_running_model(snapshot, card) if card else None
        if card and model:
            lines.append(pair_line(snapshot, model, card))
    return tuple(lines)
