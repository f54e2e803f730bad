"""All about a pair of model and GPU: what fits, at which quantization, with how much context, and what to advise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fit import rule_of_thumb
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.needs import Need, need_by_rule, needs
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
        """The longest context in tokens that fits with this type of cache, one that advice is given for."""
        return self.longest_by_cache[cache_type]


class QuantFit(NamedTuple):
    """One quantization of the pair. `fits` and `ceiling_tokens_s` are the rule's, `exact` the accounting's.

    `ceiling_tokens_s` is None where the active parameters are not known, `exact` where the model's tensors are not.
    """

    quant: QuantSpec
    need_bytes: Decimal
    fits: bool
    ceiling_tokens_s: Decimal | None
    exact: ExactFit | None

    @property
    def advised(self) -> bool:
        """Whether it fits as far as advice goes: the accounting decides where it can."""
        return self.exact.fits if self.exact else self.fits

    @property
    def fits_somehow(self) -> bool:
        """Whether the rule or the accounting says that it fits."""
        return self.fits or bool(self.exact and self.exact.fits)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The pair at every quantization, best quality first, and what to make of it.

    `usable_bytes` is the rule's, `offer` the accounting's. `recommended` is the best quality that fits, as far as
    advice goes, among those worth recommending, or None.
    """

    usable_bytes: Decimal
    offer: Offer
    quants: tuple[QuantFit, ...]
    recommended: QuantFit | None
    verdict: Verdict

    def quant(self, slug: str) -> QuantFit:
        """The quantization of this slug; KeyError where the pair was not assessed at it."""
        return self._by_slug[slug]

    @cached_property
    def _by_slug(self) -> Mapping[str, QuantFit]:
        return {fit.quant.slug: fit for fit in self.quants}

    @cached_property
    def smallest(self) -> QuantFit:
        """The quantization that needs the least memory."""
        return min(self.quants, key=lambda fit: fit.need_bytes)

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


def assess_needs(model: ModelSpec, gpu: GpuSpec, model_needs: Sequence[Need], default: QuantSpec) -> Assessment:
    """`assess` for needs of the model that are known already."""
    return _assessment(model, gpu, model_needs, default, rule_of_thumb.usable_bytes(gpu))


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
    model: ModelSpec, gpu: GpuSpec, quants: Sequence[QuantSpec], default: QuantSpec, *, cards: int
) -> Assessment:
    """Equal `cards` together, by the rule of thumb alone, which adds their memory up; `offer` is that of one."""
    usable = rule_of_thumb.usable_bytes(gpu, cards)
    rule_needs = [need_by_rule(model, quant) for quant in quants]
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
        if need.rule_bytes <= rule_of_thumb.usable_bytes(gpu) if exact is None else exact <= offered:
            if need.quant.worth_recommending:
                return need.quant
            best = best or need.quant
    return best


def _quant_fit(model: ModelSpec, gpu: GpuSpec, need: Need, usable: Decimal, offered: Offer) -> QuantFit:
    return QuantFit(
        quant=need.quant,
        need_bytes=need.rule_bytes,
        fits=need.rule_bytes <= usable,
        ceiling_tokens_s=rule_of_thumb.ceiling_tokens_s(model, need.quant, gpu),
        exact=_exact_fit(need, offered.total_bytes),
    )


def _exact_fit(need: Need, offered_bytes: int) -> ExactFit | None:
    if need.accounting is None or need.exact_bytes is None:
        return None
    longest = {kind: need.accounting.longest_context(offered_bytes, kind) for kind in ADVISED_CACHE_TYPES}
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
    at_least_default = any(fit.quant.bytes_per_weight >= default.bytes_per_weight for fit in advised)
    return Verdict.FITS if at_least_default else Verdict.FITS_LOW


def preference(gpu: GpuSpec) -> tuple[Decimal, Decimal, str]:
    """Of cards that hold a model, the smallest comes first: least memory, then least bandwidth."""
    return gpu.nameplate_gb, gpu.bandwidth_gb_s, gpu.slug


def card_to_want(
    model: ModelSpec,
    quant: QuantSpec,
    gpus: Iterable[GpuSpec],
    published_bytes: Mapping[str, int] = MappingProxyType({}),
) -> GpuSpec | None:
    """Of `gpus`, in order of `preference`, the first that holds the model; None where none does.

    It holds it by the rule of thumb, and exactly where the tensors are known: no advice must contradict another.
    """
    model_needs = needs(model, [quant], published_bytes)
    holding = (gpu for gpu in gpus if model_needs[0].rule_bytes <= rule_of_thumb.usable_bytes(gpu))
    return next((gpu for gpu in holding if best_of(model_needs, gpu)), None)
