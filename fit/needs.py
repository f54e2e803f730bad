"""What a model needs at each quantization, on any GPU: worked out once, asked of many cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from fit import rule_of_thumb
from fit.memory import Accounting, account
from fit.specs import ModelSpec, QuantSpec


@dataclass(frozen=True, kw_only=True, eq=False)
class Need:
    """A model at one quantization. `rule_bytes` is the rule's; `accounting` is None where its tensors are not known."""

    quant: QuantSpec
    rule_bytes: Decimal
    accounting: Accounting | None

    def fits(self, usable_bytes: Decimal, offered_bytes: int) -> bool:
        """Whether it fits as far as advice goes: exactly in what is offered, or by the rule in what is usable."""
        if self.accounting is None:
            return self.rule_bytes <= usable_bytes
        return self.accounting.reference_bytes <= offered_bytes


def needs(
    model: ModelSpec, quants: Sequence[QuantSpec], published_bytes: Mapping[str, int] = MappingProxyType({})
) -> tuple[Need, ...]:
    """The needs at `quants`, in their order. `published_bytes` has sizes of published files by quantization."""
    return tuple(
        Need(
            quant=quant,
            rule_bytes=rule_of_thumb.need_bytes(model, quant),
            accounting=account(model, quant, published_bytes.get(quant.slug)),
        )
        for quant in quants
    )
