"""All about a pair of model and GPU: what fits, at which quantization, with how much context, and what to advise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fit import rule_of_thumb
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import Need, needs
from fit.offer import Offer, offer
from fit.specs import GpuSpec, ModelSpec, QuantSpec

# The types of cache that advice is given for.
ADVISED_CACHE_TYPES = (CacheType.F16, CacheType.Q8_0)


class Verdict(Enum):
    """How well a model fits: at the default quantization or better, only below it, or not at all."""

    FITS = "fits"
    FITS_LOW = "fits low"
    DOES_NOT_FIT = "does not fit"


class ExactFit(NamedTuple):
    """What the accounting says of a quantization. `fits` is at the reference context with an f16 cache.

    `longest_context` is the longest in tokens that fits with an f16 cache; 0 where none does.
    """

    accounting: Accounting
    fits: bool
    longest_context: int
    longest_by_cache: Mapping[CacheType, int]

    def longest_with(self, cache_type: CacheType) -> int:
        """The longest context in tokens that fits with this type of cache, one that advice is given for; 0 where
        llama.cpp refuses the type for this model."""
        return self.longest_by_cache[cache_type]


class QuantFit(NamedTuple):
    """One quantization of the pair.

    `need_bytes`, `fits` and `ceiling_tokens_s` are the rule's: the first is None where it has no figure, the last there
    and where the active parameters are not known. `exact` is the accounting's, None where the model's tensors or the
    mix are not known. `is_made` says whether files of the model are made at this quantization.
    """

    quant: QuantSpec
    need_bytes: Decimal | None
    fits: bool
    ceiling_tokens_s: Decimal | None
    exact: ExactFit | None
    is_made: bool = True

    @property
    def advised(self) -> bool:
        """Whether it fits as far as advice goes: the accounting decides where it can, and files must be made at it."""
        return self.is_made and (self.exact.fits if self.exact else self.fits)

    @property
    def size_bytes(self) -> Decimal | int:
        """What it takes: by the rule where it has a figure, else by the accounting; 0 where neither says."""
        if self.need_bytes is not None:
            return self.need_bytes
        return self.exact.accounting.reference_bytes if self.exact else 0

    @property
    def fits_somehow(self) -> bool:
        """Whether the rule or the accounting says that it fits."""
        return self.fits or bool(self.exact and self.exact.fits)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The pair at every quantization that is shown always, best quality first, and what to make of it.

    `usable_bytes` is the rule's, `offer` the accounting's. `recommended` is the best quality that fits, as far as
    advice goes, among those worth recommending, or None. `lower` are the counted quantizations below, where nothing of
    `quants` fits as far as advice goes and one of them does; elsewhere it is empty.
    """

    usable_bytes: Decimal
    offer: Offer
    quants: tuple[QuantFit, ...]
    recommended: QuantFit | None
    verdict: Verdict
    lower: tuple[QuantFit, ...] = ()

    def quant(self, slug: str) -> QuantFit:
        """The quantization of this slug; KeyError where the pair was not assessed at it."""
        return self._by_slug[slug]

    @cached_property
    def _by_slug(self) -> Mapping[str, QuantFit]:
        return {fit.quant.slug: fit for fit in (*self.quants, *self.lower)}

    @cached_property
    def smallest(self) -> QuantFit:
        """Of the quantizations that files are made at, the one that needs the least memory."""
        return min((fit for fit in self.quants if fit.is_made), key=lambda fit: fit.size_bytes)

    @cached_property
    def best_lower(self) -> QuantFit | None:
        """The best of `lower` that fits; None where none does."""
        return next((fit for fit in self.lower if fit.advised), None)

    @cached_property
    def best(self) -> QuantFit | None:
        """The quantization that advice is given for: the recommended one, else the best quality that fits."""
        return self.recommended or next((fit for fit in self.quants if fit.advised), None)


def assess(
    model: ModelSpec,
    gpu: GpuSpec,
    quants: Sequence[QuantSpec],
    default: QuantSpec,
    published_bytes: Mapping[str, int] = MappingProxyType({}),
) -> Assessment:
    """Assess a pair at `quants` (best quality first, at least one); `default` is the popular one.

    `published_bytes` has the sizes of published files by the slug of their quantization.
    """
    return assess_needs(model, gpu, needs(model, quants, published_bytes), default)


def assess_needs(
    model: ModelSpec,
    gpu: GpuSpec,
    model_needs: Sequence[Need],
    default: QuantSpec,
    lower: Callable[[], Sequence[Need]] = tuple,
) -> Assessment:
    """`assess` for needs of the model that are known already.

    `lower` gives the needs at the quantizations below them, and is asked only where none of them fits.
    """
    assessment = _assessment(model, gpu, model_needs, default, rule_of_thumb.usable_bytes(gpu))
    if assessment.best:
        return assessment
    fits_below = _lower(model, gpu, assessment, lower())
    return replace(assessment, lower=fits_below) if fits_below else assessment


def _lower(model: ModelSpec, gpu: GpuSpec, assessment: Assessment, lower_needs: Sequence[Need]) -> tuple[QuantFit, ...]:
    """Those that can be counted, for the rule of thumb says nothing of them; none where not even one of them fits."""
    counted = [need for need in lower_needs if need.accounting]
    if not best_of(counted, gpu):
        return ()
    return tuple(_quant_fit(model, gpu, need, assessment.usable_bytes, assessment.offer) for need in counted)


def _assessment(
    model: ModelSpec, gpu: GpuSpec, model_needs: Sequence[Need], default: QuantSpec, usable: Decimal
) -> Assessment:
    offered = offer(gpu)
    fits = tuple(_quant_fit(model, gpu, need, usable, offered) for need in model_needs)
    recommended = next((fit for fit in fits if fit.advised and fit.quant.worth_recommending), None)
    return Assessment(
        usable_bytes=usable, offer=offered, quants=fits, recommended=recommended, verdict=_verdict(fits, default)
    )


def assess_by_rule(
    model: ModelSpec, gpu: GpuSpec, model_needs: Sequence[Need], default: QuantSpec, *, cards: int
) -> Assessment:
    """Equal `cards` together, by the rule of thumb alone, which adds their memory up; `offer` is that of one."""
    usable = rule_of_thumb.usable_bytes(gpu, cards)
    rule_needs = [need._replace(exact_bytes=None, accounting=None) for need in model_needs]
    return _assessment(model, gpu, rule_needs, default, usable)


def best_quant(
    model: ModelSpec,
    gpu: GpuSpec,
    quants: Sequence[QuantSpec],
    published_bytes: Mapping[str, int] = MappingProxyType({}),
) -> QuantSpec | None:
    """The quantization of `assess(...).best` without the rest, for lists of many pairs."""
    return best_of(needs(model, quants, published_bytes), gpu)


def best_of(model_needs: Sequence[Need], gpu: GpuSpec) -> QuantSpec | None:
    """`best_quant` for needs of a model that are known already."""
    offered = offer(gpu).total_bytes
    best = None
    for need in model_needs:
        exact = need.exact_bytes
        if fits_by_rule(need, gpu) if exact is None else exact <= offered:
            if need.quant.worth_recommending:
                return need.quant
            best = best or need.quant
    return best


def fits_by_rule(need: Need, gpu: GpuSpec) -> bool:
    """Whether advice may follow the rule of thumb, and it says yes."""
    return need.is_made and need.rule_bytes is not None and need.rule_bytes <= rule_of_thumb.usable_bytes(gpu)


def _quant_fit(model: ModelSpec, gpu: GpuSpec, need: Need, usable: Decimal, offered: Offer) -> QuantFit:
    return QuantFit(
        quant=need.quant,
        need_bytes=need.rule_bytes,
        fits=need.rule_bytes is not None and need.rule_bytes <= usable,
        ceiling_tokens_s=rule_of_thumb.ceiling_tokens_s(model, need.quant, gpu),
        exact=_exact_fit(need, offered.total_bytes),
        is_made=need.is_made,
    )


def _exact_fit(need: Need, offered_bytes: int) -> ExactFit | None:
    if need.accounting is None or need.exact_bytes is None:
        return None
    longest = {
        kind: need.accounting.longest_context(offered_bytes, kind) if kind in need.accounting.cache_types else 0
        for kind in ADVISED_CACHE_TYPES
    }
    return ExactFit(
        accounting=need.accounting,
        fits=need.exact_bytes <= offered_bytes,
        longest_context=longest[CacheType.F16],
        longest_by_cache=longest,
    )


def _verdict(fits: Sequence[QuantFit], default: QuantSpec) -> Verdict:
    advised = [fit for fit in fits if fit.advised]
    if not advised:
        return Verdict.DOES_NOT_FIT
    return Verdict.FITS if any(is_at_least(fit.quant, default) for fit in advised) else Verdict.FITS_LOW


def is_at_least(quant: QuantSpec, default: QuantSpec) -> bool:
    """Whether a quantization is the default or a better one, by the rule's bytes per weight.

    Without a figure the default is a native level, and what is made besides is hardly smaller: it counts as good.
    """
    if quant.bytes_per_weight is None or default.bytes_per_weight is None:
        return quant is default or default.bytes_per_weight is None
    return quant.bytes_per_weight >= default.bytes_per_weight
