"""The first page: what the site answers, a picker, the most useful ways in."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedGpu, Snapshot
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.answers import Answer
from fitpages.matching.largest import largest_on_card, on_card
from fitpages.matching.pairs import count_pairs
from fitpages.pages.common.page import Page
from fitpages.pages.common.pair_line import PairLine
from fitpages.pages.common.picker import ChoiceGroup, gpu_groups, model_groups
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link

# Of each size of memory, the common card with the most bandwidth, of equals the newest, leads to its largest model.
EXAMPLE_SIZES_GB = (8, 12, 16, 24, 32, 48, 80, 128)
# Slower than that nobody calls it a model to live with, where there is another.
FLUENT_TOKENS_S = 15


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
            "Each says whether it runs, at which quantization, with how much context, how fast, and if not, what would."
        ),
        model_groups=model_groups(snapshot),
        gpu_groups=gpu_groups(snapshot),
        examples=_examples(snapshot),
        ways=(
            Link("All combinations", addresses.COMBINATIONS, "filtered by card, family, size and licence"),
            Link("Models", addresses.MODELS, "each on every GPU"),
            Link("Machines", addresses.GPUS, "each with every model"),
            Link("Calculator", addresses.CALCULATOR, "your own model, card, or several cards"),
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory really runs"),
            Link("Quantization", addresses.QUANTIZATION_GUIDE, "what it saves, and what it costs in quality"),
        ),
    )


def _examples(snapshot: Snapshot) -> tuple[PairLine, ...]:
    """Nothing in a catalog without quantizations, which has no pairs."""
    sizes = EXAMPLE_SIZES_GB if snapshot.quants else ()
    cards = (examples.fastest_of_size(snapshot, memory_gb) for memory_gb in sizes)
    answers = (_largest(snapshot, card) for card in cards if card)
    return tuple(PairLine(answer) for answer in answers if answer)


@per_snapshot
def _largest(snapshot: Snapshot, card: PublishedGpu) -> Answer | None:
    """The largest model that runs on the card alone at a pace to read along with; where none does, the largest."""
    fluent = (answer for answer in on_card(snapshot, card) if (answer.tokens_s or 0) >= FLUENT_TOKENS_S)
    return next(fluent, None) or largest_on_card(snapshot, card)
