"""What the sections of a pair's page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from catalog.snapshot import PublishedFile, PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.candidates import Candidates
from fit.level_rows import LevelRow, level_rows
from fit.memory import Accounting
from fit.uses import Use, uses
from fit.verdict import Verdict
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.files import files_by_level
from fitpages.matching.machines import advised_machine
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.about_gpu import AboutGpu, about_gpu
from fitpages.pages.pair.about_model import AboutModel, about_model


@dataclass(frozen=True, kw_only=True)
class AssessedPair:
    """A pair and the answer to it. `files` are those that a command names, by the slug of their level; `machine` is the
    one to want, None where this one will do."""

    snapshot: Snapshot
    pair: Pair
    answer: Answer
    candidates: Candidates
    about_model: AboutModel
    about_gpu: AboutGpu
    machine: PublishedGpu | None

    @property
    def model(self) -> PublishedModel:
        return self.pair.model

    @property
    def gpu(self) -> PublishedGpu:
        return self.pair.gpu

    @property
    def verdict(self) -> Verdict:
        return self.answer.verdict

    @property
    def quant(self) -> PublishedQuant:
        """The level of the verdict."""
        return self.answer.quant

    @cached_property
    def accounting(self) -> Accounting | None:
        """At the level of the verdict; None where nothing is counted."""
        return self.candidates.need(self.verdict.quant).accounting

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        return uses(self.candidates, self.verdict, self.gpu.spec)

    @cached_property
    def rows(self) -> tuple[LevelRow, ...]:
        """Every level that stands in the table, best quality first."""
        return level_rows(self.candidates, self.verdict, self.gpu.spec)

    @cached_property
    def files(self) -> Mapping[str, PublishedFile]:
        return files_by_level(self.snapshot, self.model)

    def short_name(self, row: LevelRow) -> str:
        return self.snapshot.quant_of[row.quant.slug].short_name

    @property
    def card(self) -> str:
        """The GPU with its article."""
        return self.about_gpu.card


def assessed_pair(snapshot: Snapshot, pair: Pair) -> AssessedPair:
    """The pair assessed; the snapshot has at least one quantization."""
    of_pair = answer(snapshot, pair.model, pair.gpu)
    return AssessedPair(
        snapshot=snapshot,
        pair=pair,
        answer=of_pair,
        candidates=candidates(snapshot, pair.model),
        about_model=about_model(snapshot, pair.model),
        about_gpu=about_gpu(snapshot, pair.gpu),
        machine=advised_machine(snapshot, of_pair),
    )
