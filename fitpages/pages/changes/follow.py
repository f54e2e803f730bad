"""How many pages a change is on, in today's catalog."""

from collections.abc import Mapping

from catalog.models import Gpu
from catalog.recent_changes import Deed, PublicChange
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import count_pairs
from fitpages.matching.twins import gpu_group

# Fields that no page of a pair shows or computes with.
NOT_ON_PAIRS: Mapping[str, frozenset[str]] = {
    "gpu": frozenset({"full_name", "memory_type", "class_example", "launch_price_usd", "notes"}),
    "languagemodel": frozenset({"full_name", "commercial_use", "common_reason", "notes"}),
    "quant": frozenset({"perplexity", "perplexity_rise", "kl_divergence", "quality_basis", "quality_source"}),
}
# A laptop's page says what power its estimate is for; cards with the same figures stand in the order of their dates.
OF_LAPTOPS, OF_TWINS = frozenset({"power_w"}), frozenset({"release_date"})


def pages(snapshot: Snapshot, change: PublicChange) -> str:
    """The pages that followed: "Its page and 427 pairs", or its page alone where no pair has what changed."""
    match change.kind:
        case "gpu" | "languagemodel":
            others = len(snapshot.models if change.kind == "gpu" else snapshot.gpus)
            return f"its page and {_pairs(others)}" if _is_on_pairs(snapshot, change) else "its page"
        case "artifact" | "repository":
            is_there = change.model in snapshot.models
            return f"the page of its model and {_pairs(len(snapshot.gpus))}" if is_there else "none that is there today"
        case "popularity" | "boardscore" | "pick":
            return "the page of its model, and lists" if change.model in snapshot.models else "none that is there today"
        case "price":
            return "the page of its GPU, and lists" if change.gpu in snapshot.gpus else "none that is there today"
        case "quant":
            on_pairs = _is_on_pairs(snapshot, change)
            return f"all {_pairs(count_pairs(snapshot))}" if on_pairs else "the guide to quantization"
    is_of_pair = change.model in snapshot.models and change.gpu in snapshot.gpus
    return "the page of its pair and those about accuracy" if is_of_pair else "those about accuracy"


def _is_on_pairs(snapshot: Snapshot, change: PublicChange) -> bool:
    """Whether pages of pairs have a field that changed; of a record that came or went they all have."""
    if change.deed is not Deed.CHANGED:
        return True
    names = {field.name for field in change.fields}
    return not names <= NOT_ON_PAIRS[change.kind] | _seldom_told(snapshot, change)


def _seldom_told(snapshot: Snapshot, change: PublicChange) -> frozenset[str]:
    """The fields that pages of pairs have of other cards, and not of this one."""
    card = snapshot.gpus.get(change.slug) if change.kind == "gpu" else None
    if card is None:
        return frozenset()
    of_this = OF_TWINS if len(gpu_group(snapshot, card)) > 1 else frozenset[str]()
    return (OF_LAPTOPS | OF_TWINS) - of_this - (OF_LAPTOPS if card.segment == Gpu.Segment.LAPTOP else frozenset())


def _pairs(number: int) -> str:
    return "1 pair" if number == 1 else f"{number:,} pairs"
