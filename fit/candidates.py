"""A model at every level that a verdict may speak of, each with what it takes at the contexts that advice is for.

Sizes are in bytes on one card; they are worked out once a model and kept, for lists ask of hundreds of cards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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

    @property
    def is_counted(self) -> bool:
        """Whether the tensors are known; else only the rule of thumb can be asked."""
        return self.default.accounting is not None

    @property
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
        return self._sized(self.levels.worthy)

    @cached_property
    def below(self) -> tuple[LevelSizes, ...]:
        """Counted levels below those worth recommending, best quality first."""
        return self._sized(self.levels.below)

    @cached_property
    def least_bytes(self) -> int:
        """What the smallest level worth recommending takes with 8K or the native context; 0 where there is none."""
        return min((level.least_bytes for level in self.worthy), default=0)

    def need(self, quant: QuantSpec) -> Need:
        """The model at a level, with its accounting where there is one; kept once it was asked for."""
        return self._needs[quant]

    def advised(self, available_bytes: int) -> Sequence[LevelSizes]:
        """The level advised, then those below it; empty where none worth recommending leaves 8K or the native context.

        Advised is the best that leaves 16K, or the native context; where that would be below the default, the default
        as long as it leaves 8K; else the best that leaves 8K.
        """
        fitting = [place for place, level in enumerate(self.worthy) if level.least_bytes <= available_bytes]
        comfortable = (place for place in fitting if self.worthy[place].comfortable_bytes <= available_bytes)
        first = next(comfortable, len(self.worthy))
        if first > self._default_place:
            first = self._default_place if self._default_place in fitting else 0
        return [self.worthy[place] for place in fitting if place >= first]

    def longest(self, level: LevelSizes, available_bytes: int) -> int:
        """The longest of `contexts` that a level leaves; there is one."""
        sized = zip(self.contexts, level.sizes, strict=True)
        return next(context for context, size in sized if size <= available_bytes)

    def offloads(
        self, quant: QuantSpec, available_bytes: int, context: int, cache_type: CacheKind = CacheType.F16
    ) -> tuple[Offload, ...]:
        """The ways to run a level with experts, or else whole layers, in RAM; none where neither is enough."""
        return self._ways[_Place(quant, available_bytes, context, cache_type)]

    @cached_property
    def _default_place(self) -> int:
        """Where the default is among `worthy`; after them all where it is not worth recommending."""
        quants = [level.quant for level in self.worthy]
        return quants.index(self.levels.default) if self.levels.default in quants else len(quants)

    @cached_property
    def _needs(self) -> Mapping[QuantSpec, Need]:
        return WorkedOut(self._need)

    def _need(self, quant: QuantSpec) -> Need:
        by_rule, accounting = need_by_rule(self.model, quant), self._account(self.model, quant)
        return (
            by_rule._replace(exact_bytes=accounting.reference_bytes, accounting=accounting) if accounting else by_rule
        )

    @cached_property
    def _ways(self) -> Mapping[_Place, tuple[Offload, ...]]:
        return WorkedOut(self._offloads)

    def _offloads(self, place: _Place) -> tuple[Offload, ...]:
        accounting = self.need(place.quant).accounting
        if accounting is None:
            return ()
        placed = [make(accounting, *place[1:]) for make in (placement.experts_in_ram, placement.layers_in_ram)]
        return tuple(Offload(way.flags, way.ram_bytes, way.allocation.cards[0].total_bytes) for way in placed if way)

    def _sized(self, quants: Sequence[QuantSpec]) -> tuple[LevelSizes, ...]:
        """Worked out apart from what the model keeps: of a model's many levels few are ever advised."""
        if self.model.memory is None:
            return ()
        apart = replace(self.model)
        accountings = ((quant, self._account(apart, quant)) for quant in quants)
        return tuple(self._sizes(quant, accounting) for quant, accounting in accountings if accounting)

    def _sizes(self, quant: QuantSpec, accounting: Accounting) -> LevelSizes:
        comfortable = accounting.total(min(COMFORTABLE_CONTEXT, accounting.native_context))
        return LevelSizes(quant, comfortable, tuple(accounting.total(context) for context in self.contexts))

    def _account(self, model: ModelSpec, quant: QuantSpec) -> Accounting | None:
        return account(model, quant, self.published_bytes.get(quant.slug))
