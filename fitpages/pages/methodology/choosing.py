"""What the methodology says of lists that are chosen: strength, prices, the ladder of a model and picks."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from catalog.models import Price
from catalog.snapshot import Snapshot
from fit import strength as estimates
from fit.verdict import LEAST_TOKENS_S, LEAST_WITH_RAM_TOKENS_S
from fitpages.matching import picks, prices, relatives, runs
from fitpages.matching.strength import REFERENCE, lines, strength
from fitpages.text import wording

KINDS = {
    Price.Kind.STREET: "new",
    Price.Kind.USED: "used",
    Price.Kind.RENT: "an hour of rent",
    Price.Kind.LAUNCH: "at launch",
}


class BoardLine(NamedTuple):
    """A board that strengths follow from: models it has in common with the reference, and its error on those left out,
    in points of the reference."""

    board: str
    models: str
    error: str
    by_doubling: str


class PriceCount(NamedTuple):
    """Machines with a price of a kind, and how many of these prices are older than a year."""

    kind: str
    machines: str
    old: str


@dataclass(frozen=True, kw_only=True)
class ChoosingFigures:
    """What templates/fitpages/methodology/_choosing.html shows."""

    reference: str
    on_reference: str
    estimated: str
    without: str
    least_models: str
    boards: tuple[BoardLine, ...]
    machines: str
    prices: tuple[PriceCount, ...]
    one_time_days: str
    least_tokens_s: str
    least_with_ram: str
    near: str
    pick_tokens_s: str
    pick_near: str
    pick_size: str


def choosing_figures(snapshot: Snapshot) -> ChoosingFigures:
    """The constants of what is chosen, and what this catalog has for it."""
    strengths = [strength(snapshot, model) for model in snapshot.models.values()]
    estimated = [value for value in strengths if value]
    on_reference = sum(value.board == REFERENCE for value in estimated)
    return ChoosingFigures(
        reference=REFERENCE,
        on_reference=f"{on_reference:,}",
        estimated=f"{len(estimated) - on_reference:,}",
        without=f"{len(strengths) - len(estimated):,}",
        least_models=wording.count(estimates.LEAST_MODELS),
        boards=_boards(snapshot),
        machines=f"{len(snapshot.gpus):,}",
        prices=_prices(snapshot),
        one_time_days=str(prices.ONE_TIME_DAYS),
        least_tokens_s=wording.count(LEAST_TOKENS_S),
        least_with_ram=wording.count(LEAST_WITH_RAM_TOKENS_S),
        near=str(relatives.NEAR),
        pick_tokens_s=str(runs.LEAST_TOKENS_S),
        pick_near=str(picks.NEAR),
        pick_size=f"{picks.LEAST_SIZE:.0%}",
    )


def _boards(snapshot: Snapshot) -> tuple[BoardLine, ...]:
    """Those that are off least first. A board whose scores nobody may be shown has no name here either."""
    shown = {score.board for scores in snapshot.scores_of.values() for score in scores if score.shown}
    in_order = sorted(lines(snapshot).items(), key=lambda pair: pair[1].sd)
    return tuple(
        BoardLine(
            board=board if board in shown else "a board that names no licence",
            models=f"{line.models:,}",
            error=f"{line.sd:.0f}",
            by_doubling=f"{line.by_doubling:.1f}",
        )
        for board, line in in_order
    )


def _prices(snapshot: Snapshot) -> tuple[PriceCount, ...]:
    """By kind."""
    of_machines = [prices.costs(snapshot, gpu) for gpu in snapshot.gpus.values()]
    counts = Counter(kind for of_gpu in of_machines for kind in of_gpu)
    today = snapshot.revision.changed_at.date()
    old = Counter(kind for of_gpu in of_machines for kind, cost in of_gpu.items() if cost.is_old(today))
    return tuple(
        PriceCount(wording.sentence(name), f"{counts[kind]:,}", f"{old[kind]:,}") for kind, name in KINDS.items()
    )
