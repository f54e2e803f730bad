"""A model at every level that a verdict may speak of, each with what it takes at the contexts that advice is for.

Sizes are in bytes on one card. A level is sized when it is asked for, and once in the life of its model: lists ask of
hundreds of cards, and an edit of another record changes nothing of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile
from typing import NamedTuple

from fit import placement
from fit.advice import COMFORTABLE_CONTEXT, contexts_of
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType
from fit.levels import Levels
from fit.memory import Accounting
from fit.needs import Need, account, need_by_rule
from fit.specs import ModelSpec, QuantSpec
from fit.worked_out import WorkedOut

# The weights at the default are less than so many times those at any level worth recommending (Q3_K_M: 1.3), and at any
# level at all (2 bits: 2.4).
WORTHY_TIMES, ANY_TIMES = 2, 4
# A page asks for the same few places again, and a card has its own: those of all cards would be kept for nothing.
MOST_PLACES = 64


class LevelSizes(NamedTuple):
    """A level with an f16 cache. `comfortable_bytes` is at 16K or the native context; `sizes` are at each of the
    contexts that advice is given for, the longest first."""

    quant: QuantSpec
    comfortable_bytes: int
    sizes: tuple[int, ...]

    @property
    def least_bytes(self) -> int:
        """At the shortest of these contexts: 8K or the native one."""
        return self.sizes[-1]


class Offload(NamedTuple):
    """A way to leave a part in RAM: the flags for it, and the bytes there and on the card."""

    flags: Flags
    ram_bytes: int
    card_bytes: int


class _Place(NamedTuple):
    """Where a level is put: on so many bytes of a card, for so many tokens."""

    quant: QuantSpec
    available_bytes: int
    context: int
    cache_type: CacheKind


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """`published_bytes` has the sizes of published files by the slug of their level."""

    model: ModelSpec
    levels: Levels
    published_bytes: Mapping[str, int]

    @cached_property
    def is_counted(self) -> bool:
        """Whether the tensors are known; else only the rule of thumb can be asked."""
        return self.default.accounting is not None

    @cached_property
    def default(self) -> Need:
        """At the model's default level."""
        return self.need(self.levels.default)

    @cached_property
    def contexts(self) -> tuple[int, ...]:
        """Those that advice is given for, in tokens, the longest first."""
        return contexts_of(self.model.native_context or 0)

    @cached_property
    def worthy(self) -> tuple[LevelSizes, ...]:
        """Levels worth recommending that can be counted, best quality first."""
        return self._counted(self.levels.worthy)

    @cached_property
    def below(self) -> tuple[LevelSizes, ...]:
        """Counted levels below those worth recommending, best quality first."""
        return self._counted(self.levels.below)

    @cached_property
    def smallest(self) -> LevelSizes | None:
        """The smallest level worth recommending; None where none can be counted."""
        return _smallest(self.worthy)

    @cached_property
    def smallest_below(self) -> LevelSizes | None:
        """The smallest level of all that can be counted and are not worth recommending."""
        return _smallest(self.below)

    def need(self, quant: QuantSpec) -> Need:
        """The model at a level, with its accounting where there is one; kept once it was asked for."""
        return self._needs[quant]

    def advised(self, available_bytes: int) -> Iterator[LevelSizes]:
        """The level advised, then those below it; none where none worth recommending leaves 8K or the native context.

        Advised is the best that leaves 16K, or the native context; where that would be below the default, the default
        as long as it leaves 8K; else the best that leaves 8K. Levels are sized as they are asked for.
        """
        if not self.may_hold(available_bytes):
            return
        first = self._first_advised(available_bytes)
        for quant in self.levels.worthy[first:]:
            level = self._levels[quant]
            if level and level.least_bytes <= available_bytes:
                yield level

    def _first_advised(self, available_bytes: int) -> int:
        """The place of the level advised among those worth recommending; the first where none is."""
        for place, quant in enumerate(self.down_to_default):
            level = self._levels[quant]
            if level and level.comfortable_bytes <= available_bytes:
                return place
        default, last = self._levels[self.levels.default], self.down_to_default[-1:]
        fits = default and default.least_bytes <= available_bytes and last == (self.levels.default,)
        return len(self.down_to_default) - 1 if fits else 0

    @cached_property
    def down_to_default(self) -> tuple[QuantSpec, ...]:
        """Of the levels worth recommending those from the best to the default; all where it is none of them."""
        worthy = self.levels.worthy
        return worthy[: worthy.index(self.levels.default) + 1] if self.levels.default in worthy else worthy

    def advises_alike(self, other: "Candidates", quant: QuantSpec, available_bytes: int) -> bool:
        """Whether `advised` comes to a level in both by the same steps: the best comfortable one is it or is above it,
        and down to it all that it is chosen from is the same. Both are of one model."""
        level, place = self._levels[quant], self._places.get(quant)
        if level is None or place is None or level.comfortable_bytes > available_bytes:
            return False
        return place < other._alike[self] and self.may_hold(available_bytes) and other.may_hold(available_bytes)

    @cached_property
    def _alike(self) -> Mapping["Candidates", int]:
        """How many levels worth recommending, from the best to the default, others have alike, with their sizes."""
        return WorkedOut(self._alike_with)

    def _alike_with(self, other: "Candidates") -> int:
        pairs = zip(self.down_to_default, other.down_to_default, strict=False)
        alike = (
            quant == of_other and self.published_bytes.get(quant.slug) == other.published_bytes.get(quant.slug)
            for quant, of_other in pairs
        )
        return sum(takewhile(bool, alike))

    @cached_property
    def _places(self) -> Mapping[QuantSpec, int]:
        return {quant: place for place, quant in enumerate(self.down_to_default)}

    def holds(self, available_bytes: int) -> bool:
        """Whether some level is advised. The smallest come first, for one is enough; none is a fifth smaller than the
        last by quality."""
        if not self.may_hold(available_bytes):
            return False
        counted = (level for quant in reversed(self.levels.worthy) if (level := self._levels[quant]))
        last = next(counted, None)
        if last is None or last.least_bytes * 4 > available_bytes * 5:
            return False
        return any(level.least_bytes <= available_bytes for level in chain((last,), counted))

    def best_below(self, available_bytes: int) -> LevelSizes | None:
        """The best of the levels below those worth recommending that leaves 8K or the native context."""
        return next((level for level in self.below if level.least_bytes <= available_bytes), None)

    def may_hold(self, available_bytes: int, times: int = WORTHY_TIMES) -> bool:
        """Whether a level may fit of which the default's weights are so many times; quickly told, and most do not."""
        accounting = self.default.accounting
        return accounting is None or accounting.weights_bytes <= times * available_bytes

    def longest(self, level: LevelSizes, available_bytes: int) -> int:
        """The longest of `contexts` that a level leaves; there is one."""
        sized = zip(self.contexts, level.sizes, strict=True)
        return next(context for context, size in sized if size <= available_bytes)

    def offloads(
        self, quant: QuantSpec, available_bytes: int, context: int, cache_type: CacheKind = CacheType.F16
    ) -> tuple[Offload, ...]:
        """The ways to run a level with experts, or else whole layers, in RAM; none where neither is enough."""
        if len(self._ways) >= MOST_PLACES:
            self._ways.clear()
        return self._ways[_Place(quant, available_bytes, context, cache_type)]

    @cached_property
    def _needs(self) -> Mapping[QuantSpec, Need]:
        return WorkedOut(self._need)

    def _need(self, quant: QuantSpec) -> Need:
        by_rule, accounting = need_by_rule(self.model, quant), self._account(self.model, quant)
        return (
            by_rule._replace(exact_bytes=accounting.reference_bytes, accounting=accounting) if accounting else by_rule
        )

    @cached_property
    def _ways(self) -> WorkedOut[_Place, tuple[Offload, ...]]:
        return WorkedOut(self._offloads)

    def _offloads(self, place: _Place) -> tuple[Offload, ...]:
        accounting = self.need(place.quant).accounting
        if accounting is None:
            return ()
        placed = [make(accounting, *place[1:]) for make in (placement.experts_in_ram, placement.layers_in_ram)]
        return tuple(Offload(way.flags, way.ram_bytes, way.allocation.cards[0].total_bytes) for way in placed if way)

    @cached_property
    def _levels(self) -> Mapping[QuantSpec, LevelSizes | None]:
        return WorkedOut(self._sized)

    def _counted(self, quants: Sequence[QuantSpec]) -> tuple[LevelSizes, ...]:
        return tuple(level for quant in quants if (level := self._levels[quant]))

    def _sized(self, quant: QuantSpec) -> LevelSizes | None:
        memory = self.model.memory
        if memory is None:
            return None
        comfortable = min(COMFORTABLE_CONTEXT, memory.native_context)
        sizes = memory.sizes(quant.mix, self.published_bytes.get(quant.slug), (comfortable, *self.contexts))
        return LevelSizes(quant, sizes[0], sizes[1:]) if sizes else None

    def _account(self, model: ModelSpec, quant: QuantSpec) -> Accounting | None:
        return account(model, quant, self.published_bytes.get(quant.slug))


def _smallest(levels: Sequence[LevelSizes]) -> LevelSizes | None:
    return min(levels, key=lambda level: level.least_bytes, default=None)
