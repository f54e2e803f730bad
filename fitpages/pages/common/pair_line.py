"""A pair in one line of a list: its answer, in the words of every list."""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.kv_cache import CacheType
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer
from fitpages.pages.common import answer_words
from fitpages.text import figures

# Beside a level that nothing was counted for.
BY_RULE = "by the rule of thumb"
Q8_CACHE = "q8_0 cache"
MEASURED = "measured"


class PairLine(NamedTuple):
    """The answer to a pair as a line shows it. Figures are bare, for the heads of columns have the units."""

    answer: Answer

    @property
    def model(self) -> PublishedModel:
        return self.answer.model

    @property
    def gpu(self) -> PublishedGpu:
        return self.answer.gpu

    @property
    def address(self) -> str:
        return self.answer.address

    @property
    def parameters(self) -> str:
        return figures.parameters(self.model.spec.parameters)

    @property
    def memory(self) -> str:
        """Of the machine, in GiB."""
        return figures.bare_nameplate(nameplate_gib(self.gpu.spec))

    @property
    def kind(self) -> str:
        """What the answer is, in words: "on the card"."""
        return answer_words.kind_words(self.answer)

    @property
    def level(self) -> str:
        return answer_words.level(self.answer)

    @property
    def level_note(self) -> str:
        """Beside the level, where the rule of thumb stands in; else nothing."""
        verdict = self.answer.verdict
        return "" if verdict.is_counted or verdict.kind is Kind.NO else BY_RULE

    @property
    def context(self) -> str:
        return answer_words.context(self.answer)

    @property
    def context_note(self) -> str:
        """Beside the context, where a cache has to be quantized for it; else nothing."""
        return "" if self.answer.verdict.cache_type is CacheType.F16 else Q8_CACHE

    @property
    def takes(self) -> str:
        """What it takes with that context, RAM included, in GiB; of a no, the default with the shortest context."""
        verdict = self.answer.verdict
        return figures.bare_gibibytes(verdict.takes_bytes) if verdict.is_counted else figures.NOT_SHOWN

    @property
    def in_ram(self) -> str:
        """What of it lies in RAM, in GiB; a dash where nothing does."""
        offload = self.answer.verdict.offload
        return figures.bare_gibibytes(offload.ram_bytes) if offload else figures.NOT_SHOWN

    @property
    def tokens_s(self) -> str:
        return answer_words.tokens_s(self.answer)

    @property
    def speed_note(self) -> str:
        """Beside the speed, where it was measured; else nothing."""
        return MEASURED if self.answer.measured else ""

    @property
    def speed(self) -> float:
        """What lists are sorted by; 0 where none is known."""
        return self.answer.tokens_s or 0


def pair_line(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PairLine:
    """The line of the pair; the snapshot has at least one quantization."""
    return PairLine(answer(snapshot, model, gpu))
