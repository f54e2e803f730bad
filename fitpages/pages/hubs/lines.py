"""The lines of a hub, grouped by what their answers are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fit.verdict import YES, Kind
from fitpages.pages.common.answer_words import IN_MEMORY, KEYS, KINDS
from fitpages.pages.common.pair_line import PairLine
from fitpages.text import wording


@dataclass(frozen=True, kw_only=True)
class GroupKind:
    """A group by the name that lines have for their kind. `many` is said of how many there are, where it is a yes."""

    kind: Kind
    anchor: str
    heading: str
    many: str


def _group_kind(kind: Kind, heading: str, many: str = "", anchor: str = "") -> GroupKind:
    return GroupKind(kind=kind, anchor=anchor or KEYS[kind], heading=heading, many=many)


# In the order of the kinds, the best first. Memory that is shared is no card's.
GROUPS: Mapping[str, GroupKind] = {
    KINDS[Kind.ON_CARD]: _group_kind(Kind.ON_CARD, "On the card", "on the card"),
    IN_MEMORY: _group_kind(Kind.ON_CARD, "In memory", "in shared memory", anchor="in-memory"),
    KINDS[Kind.WITH_RAM]: _group_kind(Kind.WITH_RAM, "With a part in RAM", "with a part in RAM"),
    KINDS[Kind.SHORT]: _group_kind(Kind.SHORT, "Short", "only short"),
    KINDS[Kind.NOT_IN_PRACTICE]: _group_kind(Kind.NOT_IN_PRACTICE, "Not in practice"),
    KINDS[Kind.NO]: _group_kind(Kind.NO, "No"),
}


# Lines by the names of their kinds.
Groups = Mapping[str, Sequence[PairLine]]


@dataclass(frozen=True, kw_only=True)
class LineGroup:
    """Lines with answers of one kind. `runs`: they have a level, a context and a speed; `with_ram`: some of them have a
    part in RAM."""

    anchor: str
    heading: str
    count: str
    runs: bool
    with_ram: bool
    lines: tuple[PairLine, ...]


def by_kind(lines: Iterable[PairLine]) -> Groups:
    """The lines of each group, the best first; groups may be empty. The order within one is that of `lines`."""
    groups: dict[str, list[PairLine]] = {name: [] for name in GROUPS}
    for line in lines:
        groups[line.kind].append(line)
    return groups


def line_groups(groups: Groups) -> tuple[LineGroup, ...]:
    """`by_kind` as a hub shows it; empty groups are left out."""
    return tuple(_group(GROUPS[name], lines) for name, lines in groups.items() if lines)


def _group(kind: GroupKind, lines: Sequence[PairLine]) -> LineGroup:
    return LineGroup(
        anchor=kind.anchor,
        heading=kind.heading,
        count=f"{len(lines):,}",
        runs=kind.kind is not Kind.NO,
        with_ram=any(line.answer.verdict.offload for line in lines),
        lines=tuple(lines),
    )


def how_many_run(groups: Groups) -> int:
    """How many answers begin with yes."""
    return sum(len(lines) for name, lines in groups.items() if GROUPS[name].kind in YES)


def how_many(groups: Groups, of: str, it: str = "") -> str:
    """ "356 of 427 models here run: 310 on the card, 40 with a part in RAM and 6 only short." """
    run, total = how_many_run(groups), sum(map(len, groups.values()))
    if not run:
        return f"None of the {total:,} {of} here runs{it}."
    first = f"{run:,} of {total:,} {of} here run{'s' if run == 1 else ''}{it}"
    many = {GROUPS[name].many: len(lines) for name, lines in groups.items() if lines and GROUPS[name].many}
    if len(many) == 1:
        return f"{first} {next(iter(many))}."
    return f"{first}: {wording.listed([f'{number:,} {where}' for where, number in many.items()])}."
