"""The answer to a pair as every surface gives it: the verdict, and a measurement where the very pair has one."""

from typing import NamedTuple

from catalog.snapshot import PublishedBenchmark, PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.candidates import Candidates
from fit.same_answer import stays
from fit.verdict import Verdict, assess
from fitpages import addresses
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import levels
from fitpages.matching.measured import measured_at
from fitpages.per_snapshot import per_snapshot


class Answer(NamedTuple):
    """What is said of a pair. `measured` is of the pair or its twin, at the level and about the context of the verdict;
    it stands before the estimate."""

    model: PublishedModel
    gpu: PublishedGpu
    quant: PublishedQuant
    verdict: Verdict
    measured: PublishedBenchmark | None

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)

    @property
    def tokens_s(self) -> float | None:
        """Tokens per second at the context of the verdict, measured or expected; None where neither is known."""
        if self.measured:
            return float(self.measured.decode_tokens_s)
        return self.verdict.speed.tokens_s if self.verdict.speed else None


@per_snapshot
def candidates(snapshot: Snapshot, model: PublishedModel) -> Candidates:
    """The model at every level that a verdict may speak of; the snapshot has at least one quantization."""
    return Candidates(model=model.spec, levels=levels(snapshot, model), published_bytes=file_sizes(snapshot, model))


def answer(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer:
    """The answer to the pair."""
    return _with_measured(snapshot, model, gpu, assess(candidates(snapshot, model), gpu.spec))


def answer_after(before: Snapshot, answered: Answer, after: Snapshot) -> Answer:
    """The answer to the same pair in another picture, where neither of its records is another."""
    model, gpu, verdict = answered.model, answered.gpu, answered.verdict
    levels_before, levels_after = candidates(before, model), candidates(after, model)
    if levels_before is not levels_after and not stays(verdict, levels_before, levels_after):
        verdict = assess(levels_after, gpu.spec)
    return _with_measured(after, model, gpu, verdict)


def _with_measured(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, verdict: Verdict) -> Answer:
    measured = measured_at(snapshot, model, gpu, verdict) if verdict.speed and not verdict.offload else None
    return Answer(model, gpu, snapshot.quant_of[verdict.quant.slug], verdict, measured)
