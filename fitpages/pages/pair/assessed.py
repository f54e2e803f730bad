"""What the sections of a pair's page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True, eq=False)
class AssessedPair:
    """A pair and the answer to it.

    `quant` is the level of the verdict, and `accounting` the model there, None where nothing is counted; `rows` are the
    levels that stand in the table, best quality first. `files` are those that a command names, by the slug of their
    level; `machine` is the one to want, None where this one will do.
    """

    snapshot: Snapshot
    model: PublishedModel
    gpu: PublishedGpu
    answer: Answer
    verdict: Verdict
    quant: PublishedQuant
    candidates: Candidates
    accounting: Accounting | None
    uses: tuple[Use, ...]
    rows: tuple[LevelRow, ...]
    files: Mapping[str, PublishedFile]
    about_model: AboutModel
    about_gpu: AboutGpu
    machine: PublishedGpu | None

    def short_name(self, row: LevelRow) -> str:
        return self.snapshot.quant_of[row.quant.slug].short_name

    @property
    def card(self) -> str:
        """The GPU with its article."""
        return self.about_gpu.card


def assessed_pair(snapshot: Snapshot, pair: Pair) -> AssessedPair:
    """The pair assessed; the snapshot has at least one quantization."""
    model, gpu = pair.model, pair.gpu
    of_pair, of_model = answer(snapshot, model, gpu), candidates(snapshot, model)
    return AssessedPair(
        snapshot=snapshot,
        model=model,
        gpu=gpu,
        answer=of_pair,
        verdict=of_pair.verdict,
        quant=of_pair.quant,
        candidates=of_model,
        accounting=of_model.need(of_pair.verdict.quant).accounting,
        uses=uses(of_model, of_pair.verdict, gpu.spec),
        rows=level_rows(of_model, of_pair.verdict, gpu.spec),
        files=files_by_level(snapshot, model),
        about_model=about_model(snapshot, model),
        about_gpu=about_gpu(snapshot, gpu),
        machine=advised_machine(snapshot, of_pair),
    )
