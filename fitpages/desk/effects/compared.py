"""Two pictures of the catalog held against each other, pair by pair: what readers would see change.

Answers are those of every page (`fitpages.matching.answers`); nothing is worked out in another way here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.specs import QuantSpec
from fit.verdict import Kind
from fitpages.desk.effects import sentences
from fitpages.desk.effects.affected import Both
from fitpages.desk.effects.changes import Change, First, Largest
from fitpages.desk.effects.said import reads_otherwise
from fitpages.matching.answers import Answer, answer, answer_after
from fitpages.matching.indexing import smallest_quant, worth_indexing
from fitpages.matching.pairs import Pair
from fitpages.pages.common import answer_words

FLIPS_SHOWN, LARGEST_SHOWN, INDEX_SHOWN = 20, 8, 8


class Kinds(NamedTuple):
    """How many pairs are answered in this way before and after; of None, how many there are not."""

    kind: Kind | None
    before: int
    after: int

    @property
    def name(self) -> str:
        """As lists name it."""
        return answer_words.KINDS[self.kind] if self.kind else "no page"

    @property
    def before_text(self) -> str:
        """How many now: 1,204."""
        return f"{self.before:,}"

    @property
    def after_text(self) -> str:
        """How many after it."""
        return f"{self.after:,}"


@dataclass(frozen=True, kw_only=True)
class Effects:
    """What readers would see change among `pairs`. `changed` read otherwise, `flipped` of them with another kind of
    answer; `flips`, `speeds`, `needs` and what search engines are told of are the first or the largest."""

    pairs: int
    changed: int
    flipped: int
    appear: int
    vanish: int
    kinds: tuple[Kinds, ...]
    flips: tuple[Change, ...]
    speeds: tuple[Change, ...]
    needs: tuple[Change, ...]
    newly_indexed: int
    no_longer_indexed: int
    newly: tuple[Change, ...]
    no_longer: tuple[Change, ...]

    @property
    def sentences(self) -> list[str]:
        """What changes, in whole sentences, the gravest first."""
        pages = [sentences.of_vanishing(self.vanish), sentences.of_appearing(self.appear)]
        answers = sentences.of_answers(self.pairs - self.vanish - self.appear, self.changed, self.flipped)
        index = [sentences.no_longer_indexed(self.no_longer_indexed), sentences.newly_indexed(self.newly_indexed)]
        return [sentence for sentence in (*pages, answers, *index) if sentence]


def compare(before: Snapshot, after: Snapshot, pairs: Iterable[Both]) -> Effects:
    """The effects among the pairs; those that stand first are shown first."""
    tally = Tally(before, after)
    for pair in pairs:
        tally.add(pair)
    return tally.effects()


class Tally:
    """What was seen so far."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self.before, self.after = before, after
        # The gate asks it of no pair whose records stay: the quantization that it is about is the same.
        self.same_smallest = _smallest(before) == _smallest(after)
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[tuple[Kind | None, Kind | None]] = Counter()
        self.flips, self.newly, self.no_longer = First(FLIPS_SHOWN), First(INDEX_SHOWN), First(INDEX_SHOWN)
        self.speeds, self.needs = Largest(LARGEST_SHOWN), Largest(LARGEST_SHOWN)

    def add(self, both: Both) -> None:
        """Take a pair into account."""
        self.counts["pairs"] += 1
        before, after = _pair(both.model.before, both.gpu.before), _pair(both.model.after, both.gpu.after)
        answered = _answer(self.before, before)
        change = Change(both, answered, self._answer_after(both, answered, after))
        self.kinds[_kind(change.before), _kind(change.after)] += 1
        self._add_index(before, after, change)
        if change.before is None or change.after is None:
            self.counts["appear" if change.before is None else "vanish"] += 1
        elif reads_otherwise(change.before, change.after):
            self._add_change(change, change.before, change.after)

    def _answer_after(self, both: Both, answered: Answer | None, after: Pair | None) -> Answer | None:
        """What becomes of an answer; where neither record is another the one before may tell."""
        if answered and both.model.is_same and both.gpu.is_same and self.after.quants:
            return answer_after(self.before, answered, self.after)
        return _answer(self.after, after)

    def _add_change(self, change: Change, before: Answer, after: Answer) -> None:
        self.counts["changed"] += 1
        if before.verdict.kind is not after.verdict.kind:
            self.counts["flipped"] += 1
            self.flips.add(change)
        self.speeds.add(_times(before.tokens_s, after.tokens_s), change)
        self.needs.add(_times(before.verdict.takes_bytes, after.verdict.takes_bytes), change)

    def _add_index(self, before: Pair | None, after: Pair | None, change: Change) -> None:
        both = change.pair
        if self.same_smallest and both.model.is_same and both.gpu.is_same:
            return
        was, becomes = _is_indexed(self.before, before), _is_indexed(self.after, after)
        if was != becomes:
            self.counts["newly_indexed" if becomes else "no_longer_indexed"] += 1
            (self.newly if becomes else self.no_longer).add(change)

    def effects(self) -> Effects:
        """What was seen."""
        names = ("pairs", "changed", "flipped", "appear", "vanish", "newly_indexed", "no_longer_indexed")
        return Effects(
            **{name: self.counts[name] for name in names},
            kinds=tuple(self._kinds()),
            flips=self.flips.changes(),
            speeds=self.speeds.changes(),
            needs=self.needs.changes(),
            newly=self.newly.changes(),
            no_longer=self.no_longer.changes(),
        )

    def _kinds(self) -> Iterator[Kinds]:
        for kind in (*Kind, None):
            before = sum(count for (first, _), count in self.kinds.items() if first is kind)
            after = sum(count for (_, last), count in self.kinds.items() if last is kind)
            if before or after:
                yield Kinds(kind, before, after)


def _pair(model: PublishedModel | None, gpu: PublishedGpu | None) -> Pair | None:
    return Pair(model, gpu) if model and gpu else None


def _answer(snapshot: Snapshot, pair: Pair | None) -> Answer | None:
    return answer(snapshot, pair.model, pair.gpu) if pair and snapshot.quants else None


def _smallest(snapshot: Snapshot) -> QuantSpec | None:
    return smallest_quant(snapshot) if snapshot.quants else None


def _is_indexed(snapshot: Snapshot, pair: Pair | None) -> bool:
    return bool(pair and snapshot.quants and worth_indexing(snapshot, pair))


def _kind(answer_of_pair: Answer | None) -> Kind | None:
    return answer_of_pair.verdict.kind if answer_of_pair else None


def _times(before: float | None, after: float | None) -> float:
    """How far apart two figures are, as the size of a logarithm; 0 where either is not known."""
    return abs(log(after / before)) if before and after else 0
