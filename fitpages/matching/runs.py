"""What a machine runs of the common models, on the card and with a part in RAM: what picks are chosen from."""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import COMFORTABLE_CONTEXT, longest_advised
from fit.kv_cache import CacheType
from fit.speed import Estimate
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer, candidates
from fitpages.matching.beside import Ram, longest_with, speed_with, takes_ram
from fitpages.matching.popularity import common_models
from fitpages.per_snapshot import per_snapshot

# What a pick makes, in tokens per second: as fast as one reads along.
LEAST_TOKENS_S = 15


class Run(NamedTuple):
    """A model as it runs: its answer, tokens per second with the context of that, and the range of these, None where
    they were measured. `ram` is what a part of it lies in, None of what is on the card alone."""

    answer: Answer
    tokens_s: float
    estimate: Estimate | None
    ram: Ram | None = None

    @property
    def model(self) -> PublishedModel:
        return self.answer.model

    @property
    def ram_bytes(self) -> int:
        return self.answer.verdict.offload.ram_bytes if self.ram and self.answer.verdict.offload else 0

    @property
    def is_enough(self) -> bool:
        """On the card with 16K or the native context, as fast as one reads along."""
        context = min(COMFORTABLE_CONTEXT, self.model.native_context or COMFORTABLE_CONTEXT)
        is_long = self.answer.verdict.kind is Kind.ON_CARD and self.answer.verdict.context >= context
        return is_long and self.tokens_s >= LEAST_TOKENS_S

    def longest(self, snapshot: Snapshot) -> int:
        """The longest context, in tokens."""
        return longest_with(snapshot, self.answer, self.ram) if self.ram else longest_alone(snapshot, self.answer)


def run(snapshot: Snapshot, answered: Answer, ram: Ram | None) -> Run | None:
    """The answer with this RAM; None where nothing comes of it."""
    verdict = answered.verdict
    if verdict.kind in (Kind.ON_CARD, Kind.SHORT) and answered.tokens_s:
        return Run(answered, answered.tokens_s, None if answered.measured else verdict.speed)
    estimate = speed_with(snapshot, answered, ram) if ram else None
    return Run(answered, estimate.tokens_s, estimate, ram) if estimate else None


def longest_alone(snapshot: Snapshot, answered: Answer) -> int:
    """The longest context that the card holds at the level advised, as the pair's table says it; 0 where not counted.

    Of a short answer that rests on a quantized cache it is that cache's.
    """
    accounting = candidates(snapshot, answered.model).need(answered.verdict.quant).accounting
    if accounting is None:
        return 0
    kind = answered.verdict.cache_type if answered.verdict.cache_type is CacheType.Q8_0 else CacheType.F16
    return longest_advised(accounting, answered.verdict.available_bytes, kind)


@per_snapshot
def common_answers(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[Answer, ...]:
    """To all common models, the most taken first."""
    return tuple(answer(snapshot, model, gpu) for model in common_models(snapshot))


@per_snapshot
def runs(snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None) -> tuple[Run, ...]:
    """Of the common models those that run, the most taken first."""
    beside = ram if takes_ram(gpu) else None
    made = (run(snapshot, answered, beside) for answered in common_answers(snapshot, gpu))
    return tuple(of_model for of_model in made if of_model)
