"""What a model needs at each quantization, on any GPU: worked out once, asked of many cards."""

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from fit import rule_of_thumb
from fit.memory import REFERENCE_CONTEXT, Accounting
from fit.specs import ModelSpec, QuantSpec


class Need(NamedTuple):
    """A model at one quantization: bytes by the rule, and exactly at the reference context.

    `rule_bytes` is None where the rule has no figure for the quantization; `accounting` and `exact_bytes` are None
    where the model's tensors or the mix are not known. `is_made` is False where nobody makes files of the model at this
    quantization: then it stands for the rule alone, and nothing is advised for it.
    """

    quant: QuantSpec
    rule_bytes: Decimal | None
    exact_bytes: int | None
    accounting: Accounting | None
    is_made: bool = True

    @property
    def size_bytes(self) -> Decimal | int:
        """What it needs: by the rule where it has a figure, else exactly; 0 where neither says."""
        return self.rule_bytes if self.rule_bytes is not None else self.exact_bytes or 0


def needs(
    model: ModelSpec,
    quants: Sequence[QuantSpec],
    published_bytes: Mapping[str, int] = MappingProxyType({}),
    made: Container[QuantSpec] | None = None,
) -> tuple[Need, ...]:
    """The needs at `quants`, in their order. `published_bytes` has sizes of published files by quantization.

    `made` are those at which files are made; None says all.
    """
    return tuple(
        _need(model, quant, published_bytes.get(quant.slug))
        if made is None or quant in made
        else need_by_rule(model, quant)._replace(is_made=False)
        for quant in quants
    )


def account(model: ModelSpec, quant: QuantSpec, published_bytes: int | None = None) -> Accounting | None:
    """The accounting of a model at a quantization; None where its architecture or the mix is not known.

    `published_bytes` is the size of a published file, preferred over the computed one.
    """
    return model.memory.at(quant.mix, published_bytes) if model.memory else None


def bytes_apart(
    model: ModelSpec, quants: Sequence[QuantSpec], published_bytes: Mapping[str, int] = MappingProxyType({})
) -> tuple[int | None, ...]:
    """Exact bytes at the reference context at each of `quants`; None where they cannot be counted.

    No accountings are kept for it: each is asked for once, and the layers of twenty mixes of every model would take a
    process more memory than everything else.
    """
    return tuple(_reference_bytes(model, quant, published_bytes.get(quant.slug)) for quant in quants)


def _reference_bytes(model: ModelSpec, quant: QuantSpec, published_bytes: int | None) -> int | None:
    memory = model.memory
    if memory is None:
        return None
    sizes = memory.sizes(quant.mix, published_bytes, [min(REFERENCE_CONTEXT, memory.native_context)])
    return sizes[0] if sizes else None


def need_by_rule(model: ModelSpec, quant: QuantSpec) -> Need:
    """The need by the rule of thumb alone."""
    rule_bytes = None if quant.bytes_per_weight is None else rule_of_thumb.need_bytes(model, quant)
    return Need(quant=quant, rule_bytes=rule_bytes, exact_bytes=None, accounting=None)


def _need(model: ModelSpec, quant: QuantSpec, published_bytes: int | None) -> Need:
    need, accounting = need_by_rule(model, quant), account(model, quant, published_bytes)
    return need._replace(exact_bytes=accounting.reference_bytes, accounting=accounting) if accounting else need
