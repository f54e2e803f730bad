"""Which card to want for a model."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from fit.assessment import best_of, fits_by_rule
from fit.needs import needs
from fit.specs import GpuSpec, ModelSpec, QuantSpec


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

    It holds it by the rule of thumb, where that has a figure, and exactly where the tensors are known: no advice must
    contradict another.
    """
    (need,) = needs(model, [quant], published_bytes)
    holding = (gpu for gpu in gpus if need.rule_bytes is None or fits_by_rule(need, gpu))
    return next((gpu for gpu in holding if best_of([need], gpu)), None)
