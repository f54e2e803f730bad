"""What to run on a machine, by use: what editors picked for its memory class where that holds on this very machine,
else the strongest that does, by our own estimate.

A pick is on the card with 16K or the native context, and makes 15 tokens per second or more; on a machine where
nothing does it is the strongest that runs at all. Of models about as strong as the strongest those of a year before
older ones, then one that was not picked for another use, then the one that most people take. A model of less than two
thirds of the size is none of these, for boards tell small ones apart badly, nor one whose successor is.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from catalog.models import Pick
from catalog.snapshot import PublishedGpu, PublishedModel, PublishedPick, Snapshot
from fit.prefill import Wait
from fit.ram import RamKind
from fit.verdict import Kind
from fitpages.matching.answers import Answer
from fitpages.matching.beside import USUAL, Ram, takes_ram, wait
from fitpages.matching.popularity import taken
from fitpages.matching.runs import Run, runs
from fitpages.matching.strength import strength
from fitpages.matching.wanted import HOLDS, LARGE, LEAST_WITH_RAM, NOTHING, WANTED, Narrowed, Wanted
from fitpages.matching.worth import worth
from fitpages.per_snapshot import per_snapshot

# Points of strength that are none: by so much two scores of one board differ from one week to the next.
NEAR = 15
LEAST_SIZE = 2 / 3
MUCH_LARGER = 1.5
# Of equals those released within so many days of the newest stand before others.
NEW_DAYS = 365
# The memory of classes of picks, in GB: cards with memory of their own, and one pool. A class ends at the next.
CARD_CLASSES, CARDS_END = (8, 12, 16, 24, 32), 48
POOL_CLASSES, POOLS_END = (64, 128), 192


# What is beside a card of a class, as the form of a pick says it: with 16 GB and less, and above.
RAM_GIB, RAM_GIB_ABOVE, SMALL_GB = 32, 64, 16


class MachinePick(NamedTuple):
    """A model for a use; `wanted_ram` where one with a part in RAM was looked for.

    `is_enough`: it is as long and as fast as a pick should be. `picked_on` is when editors picked it, None where the
    rule did.
    """

    use: str
    wanted_ram: bool
    name: str
    run: Run
    longest: int
    wait: Wait | None
    reason: str
    picked_on: datetime.date | None
    is_enough: bool

    @property
    def answer(self) -> Answer:
        return self.run.answer

    @property
    def model(self) -> PublishedModel:
        return self.run.model

    @property
    def with_ram(self) -> bool:
        return self.run.ram is not None


class _Choice(NamedTuple):
    run: Run
    reason: str
    picked_on: datetime.date | None = None


@per_snapshot
def picks(snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None) -> tuple[MachinePick, ...]:
    """In the order of the uses, those with a part in RAM last; none where nothing common runs."""
    return _picks(snapshot, gpu, ram, _picked(snapshot))


def proposed(snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None) -> tuple[MachinePick, ...]:
    """What the rule picks, whatever editors did."""
    return _picks(snapshot, gpu, ram, {})


EditorsPicks = Mapping[tuple[str, bool, int], PublishedPick]


def _picks(snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None, picked: EditorsPicks) -> tuple[MachinePick, ...]:
    chosen: list[MachinePick] = []
    for wanted in (of_all for of_all in WANTED if not _is_of_ram_alone(of_all, gpu)):
        candidates, is_enough = _candidates(snapshot, gpu, ram, wanted, chosen)
        narrowed = wanted.narrow(snapshot, candidates)
        of_editors = picked.get((wanted.use, wanted.with_ram, memory_class(gpu)))
        choice = _editors(of_editors, narrowed) or _strongest(snapshot, narrowed, chosen)
        if choice and not _is_no_larger(wanted, choice, chosen):
            chosen.append(_pick(snapshot, wanted, choice, is_enough))
    return tuple(chosen)


def _is_no_larger(wanted: Wanted, choice: _Choice, chosen: Sequence[MachinePick]) -> bool:
    """Of the large one in one pool: that it is not much larger than the one for all uses. With RAM it is another."""
    usual = next((pick.model.spec.parameters for pick in chosen if pick.use == wanted.use), 0)
    is_large = choice.run.model.spec.parameters >= MUCH_LARGER * usual
    return wanted.with_ram and choice.run.ram is None and not is_large


def _is_of_ram_alone(wanted: Wanted, gpu: PublishedGpu) -> bool:
    """Of one pool the largest is asked for, but nothing twice."""
    return wanted.with_ram and wanted.use != Pick.Use.ALL_ROUND and not takes_ram(gpu)


def usual_picks(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[MachinePick, ...]:
    """With the RAM that is usual beside a card."""
    return picks(snapshot, gpu, USUAL if takes_ram(gpu) else None)


def _candidates(
    snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None, wanted: Wanted, chosen: Sequence[MachinePick]
) -> tuple[list[Run], bool]:
    """What runs so, and whether as a pick should."""
    of_gpu = runs(snapshot, gpu, ram)
    if wanted.with_ram and takes_ram(gpu):
        return _with_ram(snapshot, [run for run in of_gpu if run.ram], wanted, chosen), True
    alone = [run for run in of_gpu if not run.ram]
    enough = [run for run in alone if run.is_enough]
    if enough:
        return enough, True
    return [run for run in alone if run.answer.verdict.kind is Kind.ON_CARD] or alone, False


def _with_ram(snapshot: Snapshot, beside: list[Run], wanted: Wanted, chosen: Sequence[MachinePick]) -> list[Run]:
    """For code those that are stronger than what the card holds alone; else all."""
    fast = [run for run in beside if run.tokens_s >= LEAST_WITH_RAM] or beside
    alone = next((pick for pick in chosen if pick.use == wanted.use == Pick.Use.CODE), None)
    return [run for run in fast if alone is None or worth(snapshot, run.model) > worth(snapshot, alone.model)]


def _editors(picked: PublishedPick | None, narrowed: Narrowed) -> _Choice | None:
    """The editors' pick, where it is among what does."""
    run = next((run for run in narrowed.runs if picked and run.model.slug == picked.model), None)
    return _Choice(run, picked.reason, picked.picked_on) if picked and run else None


@per_snapshot
def _picked(snapshot: Snapshot) -> EditorsPicks:
    return {(pick.use, pick.with_ram, pick.memory_class): pick for pick in snapshot.picks}


def memory_class(gpu: PublishedGpu) -> int:
    """The class of picks that a machine is in, in GB; 0 where there is none."""
    is_pool = gpu.spec.unified_memory
    classes, end = (POOL_CLASSES, POOLS_END) if is_pool else (CARD_CLASSES, CARDS_END)
    memory = gpu.spec.nameplate_gb
    return max((size for size in classes if size <= memory < end), default=0)


def class_ram(memory_gb: int) -> Ram:
    """The RAM that picks of a class are held against."""
    return Ram(RAM_GIB if memory_gb <= SMALL_GB else RAM_GIB_ABOVE, RamKind.DDR5_2)


def _strongest(snapshot: Snapshot, narrowed: Narrowed, chosen: Sequence[MachinePick]) -> _Choice | None:
    """Of those about as strong as the strongest the new ones, then one that stands for no other use yet."""
    equals = _equals(snapshot, narrowed.runs)
    if not equals:
        return None
    used = [pick.model.slug for pick in chosen]
    run = min(equals, key=lambda run: (used.count(run.model.slug), -taken(snapshot, run.model), run.model.slug))
    return _Choice(run, _reason(narrowed.because, len(equals), is_scored=bool(strength(snapshot, run.model))))


def _reason(because: str, equals: int, *, is_scored: bool) -> str:
    if because.startswith(HOLDS):
        return f"{because} of what runs here."
    if because.startswith(NOTHING):
        because = f"{because} does so well here: the strongest for all uses"
    if not is_scored:
        return f"{because}, if it is as strong as others with just as many weights: no board lists it."
    among = ", one of several about as strong" if equals > 1 else ""
    return f"{because} by our estimate{among}."


def _equals(snapshot: Snapshot, candidates: Sequence[Run]) -> list[Run]:
    """About as strong as the strongest, not much smaller, not more than a year older than the newest of these, and not
    succeeded by one of them."""
    best = max(candidates, key=lambda run: worth(snapshot, run.model), default=None)
    if best is None:
        return []
    least, least_size = worth(snapshot, best.model) - NEAR, LEAST_SIZE * best.model.spec.parameters
    near = [run for run in candidates if worth(snapshot, run.model) >= least]
    alike = [run for run in near if run.model.spec.parameters >= least_size]
    newest, slugs = max(_day(run) for run in alike), {run.model.slug for run in alike}
    return [run for run in alike if newest - _day(run) <= NEW_DAYS and run.model.successor not in slugs]


def _day(run: Run) -> int:
    return (run.model.release_date or datetime.date.min).toordinal()


def _pick(snapshot: Snapshot, wanted: Wanted, choice: _Choice, is_enough: bool) -> MachinePick:
    return MachinePick(
        use=wanted.use,
        wanted_ram=wanted.with_ram,
        name=LARGE if wanted.with_ram and choice.run.ram is None else wanted.name,
        run=choice.run,
        longest=choice.run.longest(snapshot),
        wait=wait(snapshot, choice.run.answer),
        reason=choice.reason,
        picked_on=choice.picked_on,
        is_enough=is_enough,
    )
