"""The levels of a question that is a pair and nothing else, as the page of the pair shows them."""

from dataclasses import dataclass
from functools import cached_property

from catalog.snapshot import PublishedGpu, PublishedQuant, Snapshot
from fit.candidates import Candidates
from fit.level_rows import LevelRow, level_rows
from fit.verdict import Verdict
from fitpages.matching.answers import Answer, candidates


@dataclass(frozen=True, kw_only=True)
class PairLevels:
    """What the table of every level is made from."""

    snapshot: Snapshot
    answer: Answer

    @property
    def gpu(self) -> PublishedGpu:
        return self.answer.gpu

    @property
    def candidates(self) -> Candidates:
        return candidates(self.snapshot, self.answer.model)

    @property
    def verdict(self) -> Verdict:
        return self.answer.verdict

    @property
    def quant(self) -> PublishedQuant:
        return self.answer.quant

    @cached_property
    def rows(self) -> tuple[LevelRow, ...]:
        return level_rows(self.candidates, self.verdict, self.gpu.spec)
