"""In which order cards are wanted."""

from decimal import Decimal

from fit.specs import GpuSpec


def preference(gpu: GpuSpec) -> tuple[Decimal, Decimal, str]:
    """Of cards that hold a model, the smallest comes first: least memory, then least bandwidth."""
    return gpu.nameplate_gb, gpu.bandwidth_gb_s, gpu.slug
