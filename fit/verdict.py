"""The one answer to a pair: whether the GPU runs the model, at which level, with how much context, how fast.

Every surface of the site says what `assess` says. Sizes are in bytes, contexts in tokens, speeds in tokens per second
of one stream. What advice keeps free of a card is kept free here too (`fit.advice`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from fit import rule_of_thumb, speed
from fit.advice import advised_bytes, longest_advised
from fit.candidates import ANY_TIMES, Candidates, LevelSizes, Offload
from fit.computer import computer_gib
from fit.flags import Flags
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.ram import GB_S, RamKind
from fit.specs import GpuSpec, QuantSpec
from fit.speed import Estimate

# On the card: slower than a slow reader is not in practice.
LEAST_TOKENS_S = 2
# With a part in RAM, and the RAM that most new computers have.
LEAST_WITH_RAM_TOKENS_S = 5
USUAL_RAM = RamKind.DDR5_2
# The shortest context that is of any use.
SHORTEST_CONTEXT = 2048


class Kind(Enum):
    """The five answers, the best first."""

    __hash__ = object.__hash__  # Enum's own runs in Python, and members are looked up by the dozen for each page.

    ON_CARD = "on the card"
    WITH_RAM = "with RAM"
    SHORT = "short"
    NOT_IN_PRACTICE = "not in practice"
    NO = "no"


# The answers that begin with yes.
YES = frozenset({Kind.ON_CARD, Kind.WITH_RAM, Kind.SHORT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer. `context` is the one that it speaks for; `takes_bytes` is counted with it, on the card and in RAM
    alike; a model that lies in both takes some buffers twice, which are not in it.

    `quant` is the level advised; of a no it is the default. `offload` is what lies in RAM, and `computer_gib` the
    computer that has so much, None where more than the largest is needed. `quantized_context` is what a q8_0 cache
    holds where less than the shortest of the contexts that advice is for fits. `is_below`: the level is below those
    worth recommending. Without tensors the rule of thumb answers, which knows no context: 0, and no speed.
    """

    kind: Kind
    quant: QuantSpec
    context: int = 0
    cache_type: CacheType = CacheType.F16
    takes_bytes: int = 0
    available_bytes: int = 0
    speed: Estimate | None = None
    offload: Offload | None = None
    computer_gib: int | None = None
    quantized_context: int = 0
    is_below: bool = False
    is_counted: bool = True

    @property
    def says_yes(self) -> bool:
        """Whether the answer begins with yes."""
        return self.kind in YES

    @property
    def flags(self) -> Flags:
        """What llama.cpp is told of what lies where."""
        return self.offload.flags if self.offload else Flags()


def assess(candidates: Candidates, gpu: GpuSpec, available_bytes: int | None = None) -> Verdict:
    """The answer; `available_bytes` is what there is for a model, None what advice uses of the GPU as it is usually
    run."""
    if not candidates.is_counted:
        return _by_rule(candidates, gpu)
    asked = Asked(candidates, gpu, advised_bytes(gpu) if available_bytes is None else available_bytes)
    slow: Verdict | None = None
    for answer in asked.answers():
        if answer.kind is not Kind.NOT_IN_PRACTICE:
            return answer
        slow = _less_slow(slow, answer)
    return slow or asked.no()


def _less_slow(first: Verdict | None, other: Verdict) -> Verdict:
    """Of answers that are not in practice the first; of those on the card alone the fastest."""
    if first is None:
        return other
    if first.offload or other.offload or first.speed is None or other.speed is None:
        return first
    return other if other.speed.tokens_s > first.speed.tokens_s else first


def short_way(candidates: Candidates, gpu: GpuSpec, available_bytes: int) -> Verdict | None:
    """What the card holds alone of a model that is better run with a part in RAM; None where that is of no use."""
    answers = Asked(candidates, gpu, available_bytes).short()
    return next((answer for answer in answers if answer.kind is Kind.SHORT), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A model, a card and the bytes that there are. Answers come in the order of their kinds; what runs, but slower
    than is of use, is not in practice."""

    candidates: Candidates
    gpu: GpuSpec
    available_bytes: int

    def answers(self) -> Iterator[Verdict]:
        """What would do, the best first."""
        level = None
        for level in self.candidates.advised(self.available_bytes):
            yield from self._on_card(level)
        if level is None:
            yield from self.with_ram(self.candidates.levels.default, self.candidates.contexts[-1])
            yield from self.short()

    def no(self) -> Verdict:
        """What the default takes with the shortest of the contexts."""
        quant, context = self.candidates.levels.default, self.candidates.contexts[-1]
        takes_bytes = self._accounting(quant).total(context)
        return Verdict(
            kind=Kind.NO, quant=quant, context=context, takes_bytes=takes_bytes, available_bytes=self.available_bytes
        )

    def _on_card(self, level: LevelSizes) -> Iterator[Verdict]:
        """With the longest of the contexts; a shorter one where that is too slow."""
        for context, size in zip(self.candidates.contexts, level.sizes, strict=True):
            if size <= self.available_bytes:
                yield self._alone(Kind.ON_CARD, level.quant, context)

    def with_ram(self, quant: QuantSpec, context: int) -> Iterator[Verdict]:
        """A level with experts or layers in RAM, the faster of the two; nothing for memory that is the system's own."""
        if self.gpu.unified_memory:
            return
        faster = fastest_offload(self.candidates, quant, self.gpu, self.available_bytes, context)
        if faster is None:
            return
        offload, estimate = faster
        computer = computer_gib(offload.ram_bytes)
        is_of_use = computer and estimate.tokens_s >= LEAST_WITH_RAM_TOKENS_S
        yield Verdict(
            kind=Kind.WITH_RAM if is_of_use else Kind.NOT_IN_PRACTICE,
            quant=quant,
            context=context,
            takes_bytes=self._accounting(quant).total(context),
            available_bytes=self.available_bytes,
            speed=estimate,
            offload=offload,
            computer_gib=computer,
        )

    def short(self) -> Iterator[Verdict]:
        """The smallest level worth recommending; where that leaves nothing, the best or the smallest below."""
        if not self.candidates.may_hold(self.available_bytes, ANY_TIMES):
            return
        smallest = self.candidates.smallest
        answer = self._shorter(smallest.quant) if smallest else None
        if answer:
            yield answer
            return
        if below := self.candidates.best_below(self.available_bytes):
            context = self.candidates.longest(below, self.available_bytes)
            yield self._alone(Kind.SHORT, below.quant, context, is_below=True)
        elif (last := self.candidates.smallest_below) and (answer := self._shorter(last.quant, is_below=True)):
            yield answer

    def _shorter(self, quant: QuantSpec, *, is_below: bool = False) -> Verdict | None:
        """A level with less than the shortest context that advice is for, or only with a quantized cache."""
        accounting = self._accounting(quant)
        full, quantized = (
            min(accounting.native_context, longest_advised(accounting, self.available_bytes, kind))
            if kind in accounting.cache_types
            else 0
            for kind in (CacheType.F16, CacheType.Q8_0)
        )
        context, cache_type = (full, CacheType.F16) if full >= SHORTEST_CONTEXT else (quantized, CacheType.Q8_0)
        if context < SHORTEST_CONTEXT:
            return None
        return self._alone(Kind.SHORT, quant, context, cache_type, is_below=is_below, quantized_context=quantized)

    def _alone(
        self,
        kind: Kind,
        quant: QuantSpec,
        context: int,
        cache_type: CacheType = CacheType.F16,
        *,
        is_below: bool = False,
        quantized_context: int = 0,
    ) -> Verdict:
        """Everything on the card."""
        accounting = self._accounting(quant)
        estimate = speed.decode(accounting, self.gpu, context, cache_type)
        return Verdict(
            kind=kind if estimate.tokens_s >= LEAST_TOKENS_S else Kind.NOT_IN_PRACTICE,
            quant=quant,
            context=context,
            cache_type=cache_type,
            takes_bytes=accounting.total(context, cache_type),
            available_bytes=self.available_bytes,
            speed=estimate,
            quantized_context=quantized_context,
            is_below=is_below,
        )

    def _accounting(self, quant: QuantSpec) -> Accounting:
        accounting = self.candidates.need(quant).accounting
        assert accounting
        return accounting


def fastest_offload(
    candidates: Candidates, quant: QuantSpec, gpu: GpuSpec, available_bytes: int, context: int
) -> tuple[Offload, Estimate] | None:
    """The faster of the ways to leave a part in RAM, on the RAM that most computers have; None where there is none."""
    accounting = candidates.need(quant).accounting
    ways = candidates.offloads(quant, available_bytes, context)
    if accounting is None or not ways:
        return None
    pace = GB_S[USUAL_RAM]
    paced = [(way, speed.decode_offloaded(accounting, gpu, way.flags, context, ram_gb_s=pace)) for way in ways]
    return max(paced, key=lambda way: way[1].tokens_s)


def _by_rule(candidates: Candidates, gpu: GpuSpec) -> Verdict:
    """Where the tensors are not known: the best level worth recommending that fits by the rule of thumb."""
    usable = rule_of_thumb.usable_bytes(gpu)
    needs = [candidates.need(quant) for quant in candidates.levels.worthy]
    best = next((need for need in needs if need.rule_bytes is not None and need.rule_bytes <= usable), None)
    need = best or candidates.default
    return Verdict(
        kind=Kind.ON_CARD if best else Kind.NO,
        quant=need.quant,
        takes_bytes=int(need.rule_bytes or 0),
        available_bytes=int(usable),
        is_counted=False,
    )
