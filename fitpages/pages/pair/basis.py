"""What the estimate of a pair's speed rests on, and what it takes for granted."""

from collections.abc import Iterator

from catalog.models import Gpu
from catalog.snapshot import PublishedGpu, Snapshot
from fit.calibration.held_out import SMALL_CLASS
from fit.calibration.ranges import FEW_CARDS
from fit.decode_time import card_of
from fit.spans import FEW_MODELS
from fit.speed import Estimate
from fit.speed_constants import load_constants
from fitpages.matching.comparison import slowest_laptop
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.text import figures, wording


def rests_on(estimate: Estimate, class_cards: int, mixture: bool) -> str:
    """What a range rests on: "this rests on nine models measured on this card". `class_cards` are all of its class that
    were measured; a range of the class's own is of those with such models, or of none where the class is small."""
    if estimate.models >= FEW_MODELS:
        return f"this rests on {wording.count(estimate.models)} models measured on this card"
    with_mixtures = " with mixtures of experts" if mixture else ""
    if not estimate.cards and not class_cards:
        return "this rests on no card of its class, so the range is wide"
    if not estimate.cards and class_cards < SMALL_CLASS:
        return _few(class_cards, "")
    if estimate.cards < FEW_CARDS:
        return _few(estimate.cards, with_mixtures)
    itself = " and one model measured on this card" if estimate.models else ""
    return f"this rests on {wording.count(estimate.cards)} cards of its class{with_mixtures}{itself}"


def _few(cards: int, with_mixtures: str) -> str:
    only, verb = ("only ", "was" if cards == 1 else "were") if cards else ("", "was")
    noun = "cards" if cards > 1 else "card"
    return f"{only}{wording.count(cards)} {noun} of its class {verb} measured{with_mixtures}, so the range is wide"


def class_cards(assessed: AssessedPair) -> int:
    """How many cards of the GPU's class were measured."""
    return card_of(assessed.gpu.spec, load_constants()).decode_class.cards


def granted(snapshot: Snapshot, assessed: AssessedPair) -> Iterator[str]:
    """What the estimate takes for granted, or leaves out."""
    if assessed.gpu.segment == Gpu.Segment.LAPTOP:
        slower = "A lower limit makes it slower, and the range reaches down to that."
        yield f"{_power(assessed.gpu)} {slower}{_slowest_laptop(snapshot)}"
    architecture = assessed.model.spec.architecture
    if architecture and architecture.mtp:
        yield (
            f"{assessed.model.name} comes with a draft block (multi-token prediction, MTP). What it gains is not "
            "estimated: that depends on the text."
        )


def _power(gpu: PublishedGpu) -> str:
    """What the estimate is for: of a GPU that was measured, what those laptops allowed, which no source states."""
    power_w = gpu.power_w
    if card_of(gpu.spec, load_constants()).models:
        most = "" if power_w is None else f"; it may take up to {figures.power(power_w)}"
        return f"The estimate counts measurements of this GPU in laptops whose power limits are not stated{most}."
    most = "the most power that it may take" if power_w is None else f"{figures.power(power_w)}, the most it may take"
    return f"The estimate is for a laptop that allows this GPU {most}."


def _slowest_laptop(snapshot: Snapshot) -> str:
    slowest = slowest_laptop(snapshot)
    if slowest is None or slowest.error <= 0:
        return ""
    name = wording.with_article(snapshot.gpus[slowest.observation.card].name)
    share = f"{1 / (1 + slowest.error):.0%}"
    return f" Of laptops that were measured, the slowest, {name}, made {share} of what its class led to expect."
