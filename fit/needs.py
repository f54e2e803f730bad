"""What a model needs at each quantization, on any GPU: worked out once, asked of many cards."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from fit import rule_of_thumb
from fit.memory import Accounting
from fit.specs import ModelSpec, QuantSpec


class Need(NamedTuple):
    """A model at one quantization: bytes by the rule, and exactly at the reference context.

    `accounting` and `exact_bytes` are None where the model's tensors are not known.
    """

    quant: QuantSpec
    rule_bytes: Decimal
    exact_bytes: int | None
    accounting: Accounting | None


def needs(
    model: ModelSpec, quants: Sequence[QuantSpec], published_bytes: Mapping[str, int] = MappingProxyType({})
) -> tuple[Need, ...]:
    """The needs at `quants`, in their order. `published_bytes` has sizes of published files by quantization."""
    return tuple(_need(model, quant, published_bytes.get(quant.slug)) for quant in quants)


def account(model: ModelSpec, quant: QuantSpec, published_bytes: int | None = None) -> Accounting | None:
    """The accounting of a model at a quantization; None where its architecture or the mix is not known.

    `published_bytes` is the size of a published file, preferred over the computed one.
    """
    return model.memory.at(quant.mix, published_bytes) if model.memory else None


def need_by_rule(model: ModelSpec, quant: QuantSpec) -> Need:
    """The need by the rule of thumb alone."""
    return Need(quant=quant, rule_bytes=rule_of_thumb.need_bytes(model, quant), exact_bytes=None, accounting=None)


def _need(model: ModelSpec, quant: QuantSpec, published_bytes: int | None) -> Need:
    need, accounting = need_by_rule(model, quant), account(model, quant, published_bytes)
    return need._replace(exact_bytes=accounting.reference_bytes, accounting=accounting) if accounting else need
