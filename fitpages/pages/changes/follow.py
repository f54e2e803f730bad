"""How many pages a change of a record is on, in today's catalog."""

from catalog.recent_changes import PublicChange
from catalog.snapshot import Snapshot
from fitpages.matching.pairs import count_pairs


def pages(snapshot: Snapshot, change: PublicChange) -> str:
    """The pages that followed: "Its page and 427 pairs"."""
    match change.kind:
        case "gpu":
            return f"its page and {_pairs(len(snapshot.models))}"
        case "languagemodel":
            return f"its page and {_pairs(len(snapshot.gpus))}"
        case "artifact" | "repository":
            is_there = change.model in snapshot.models
            return f"the page of its model and {_pairs(len(snapshot.gpus))}" if is_there else "none that is there today"
        case "popularity" | "boardscore" | "pick":
            return "the page of its model, and lists" if change.model in snapshot.models else "none that is there today"
        case "price":
            return "the page of its GPU, and lists" if change.gpu in snapshot.gpus else "none that is there today"
        case "quant":
            return f"all {_pairs(count_pairs(snapshot))}"
    is_of_pair = change.model in snapshot.models and change.gpu in snapshot.gpus
    return "the page of its pair and those about accuracy" if is_of_pair else "those about accuracy"


def _pairs(number: int) -> str:
    return "1 pair" if number == 1 else f"{number:,} pairs"
