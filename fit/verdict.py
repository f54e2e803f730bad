"""Everything that a page needs to say about a pair of model and GPU."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fit import rule_of_thumb
from fit.memory import Accounting
from fit.needs import Need, needs
from fit.offer import Offer, offer
from fit.specs import GpuSpec, ModelSpec, QuantSpec


class Answer(Enum):
    """How well a model fits: at the default quantization or better, only below it, or not at all."""

    FITS = "fits"
    FITS_LOW = "fits low"
    DOES_NOT_FIT = "does not fit"


CACHE_TYPES = ("f16", "q8_0")


class Exact(NamedTuple):
    """What the accounting says of a row. `fits` is at the reference context with an f16 cache.

    `longest` is the longest context in tokens that fits, by cache type; 0 where none does.
    """

    accounting: Accounting
    fits: bool
    longest: Mapping[str, int]


class Row(NamedTuple):
    """One quantization of the pair. `fits` and `ceiling_tokens_s` are the rule's, `exact` the accounting's.

    `ceiling_tokens_s` is None where neither says that it fits, or where it is unknown; `exact` is None where the
    model's tensors are not known.
    """

    quant: QuantSpec
    need_bytes: Decimal
    fits: bool
    ceiling_tokens_s: Decimal | None
    exact: Exact | None

    @property
    def advised(self) -> bool:
        """Whether it fits as far as advice goes: the accounting decides where it can."""
        return self.exact.fits if self.exact else self.fits


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The pair at every quantization, best quality first, and what to make of it.

    `usable_bytes` is the rule's, `offer` the accounting's. `recommended` is the best quality that fits, as far as
    advice goes, among those worth recommending, or None.
    """

    usable_bytes: Decimal
    offer: Offer
    rows: tuple[Row, ...]
    recommended: Row | None
    answer: Answer

    @cached_property
    def smallest(self) -> Row:
        """The row that needs the least memory."""
        return min(self.rows, key=lambda row: row.need_bytes)

    @cached_property
    def best(self) -> Row | None:
        """The row that advice is given for: the recommended one, else the best quality that fits."""
        return self.recommended or next((row for row in self.rows if row.advised), None)


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


def assess_needs(model: ModelSpec, gpu: GpuSpec, needed: Sequence[Need], default: QuantSpec) -> Assessment:
    """`assess` for needs of the model that are known already."""
    usable, offered = rule_of_thumb.usable_bytes(gpu), offer(gpu)
    rows = tuple(_row(model, gpu, need, usable, offered) for need in needed)
    recommended = next((row for row in rows if row.advised and row.quant.worth_recommending), None)
    return Assessment(
        usable_bytes=usable, offer=offered, rows=rows, recommended=recommended, answer=_answer(rows, default)
    )


def best_quant(
    model: ModelSpec,
    gpu: GpuSpec,
    quants: Sequence[QuantSpec],
    published_bytes: Mapping[str, int] = MappingProxyType({}),
) -> QuantSpec | None:
    """The quantization of `assess(...).best` without the rest, for lists of many pairs."""
    return best_of(needs(model, quants, published_bytes), gpu)


def best_of(needed: Sequence[Need], gpu: GpuSpec) -> QuantSpec | None:
    """`best_quant` for needs of a model that are known already."""
    usable, offered = rule_of_thumb.usable_bytes(gpu), offer(gpu).total_bytes
    best = None
    for need in needed:
        exact = need.exact_bytes
        if need.rule_bytes <= usable if exact is None else exact <= offered:
            if need.quant.worth_recommending:
                return need.quant
            best = best or need.quant
    return best


def _row(model: ModelSpec, gpu: GpuSpec, need: Need, usable: Decimal, offered: Offer) -> Row:
    fits, exact = need.rule_bytes <= usable, _exact(need, offered.total_bytes)
    is_shown = fits or bool(exact and exact.fits)
    ceiling = rule_of_thumb.ceiling_tokens_s(model, need.quant, gpu) if is_shown else None
    return Row(quant=need.quant, need_bytes=need.rule_bytes, fits=fits, ceiling_tokens_s=ceiling, exact=exact)


def _exact(need: Need, offered_bytes: int) -> Exact | None:
    if need.accounting is None or need.exact_bytes is None:
        return None
    longest = {cache_type: need.accounting.longest_context(offered_bytes, cache_type) for cache_type in CACHE_TYPES}
    return Exact(accounting=need.accounting, fits=need.exact_bytes <= offered_bytes, longest=longest)


def _answer(rows: Sequence[Row], default: QuantSpec) -> Answer:
    fitting = [row for row in rows if row.advised]
    if not fitting:
        return Answer.DOES_NOT_FIT
    at_least_default = any(row.quant.bytes_per_weight >= default.bytes_per_weight for row in fitting)
    return Answer.FITS if at_least_default else Answer.FITS_LOW


def preference(gpu: GpuSpec) -> tuple[Decimal, Decimal, str]:
    """Of cards that hold a model, the humblest comes first: least memory, then least bandwidth."""
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
    needed = needs(model, [quant], published_bytes)
    holding = (gpu for gpu in gpus if needed[0].rule_bytes <= rule_of_thumb.usable_bytes(gpu))
    return next((gpu for gpu in holding if best_of(needed, gpu)), None)
