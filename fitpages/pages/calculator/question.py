"""What the calculator was asked exactly, with what was left open filled in."""

from dataclasses import dataclass
from typing import Any

from fit.advice import advised_bytes
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import offer
from fit.ram import GB_S, RamKind
from fit.several_cards import LAYER_SPLIT
from fit.specs import GpuSpec
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked. `gpu` is None where its bandwidth is not known; `offers` are bytes of each card, `advised` those
    that advice uses of it. `ram_gb_s` is GB/s on paper, None where no RAM was named; `has_ram`: there is RAM beside the
    card's memory; `one_pool` where a part in RAM was asked for and there is none."""

    gpu: GpuSpec | None
    offers: tuple[int, ...]
    advised: tuple[int, ...]
    context: int
    cache_type: CacheType
    offload: str
    has_ram: bool
    one_pool: bool
    split: str
    ram_gb_s: float | None

    @property
    def cards(self) -> int:
        return len(self.offers)

    @property
    def offered(self) -> str:
        """What the cards offer, in words."""
        each = figures.counted(self.offers[0])
        return f"{each} each" if self.cards > 1 else each


def question(values: dict[str, Any], gpu: GpuSpec, accounting: Accounting) -> Question:
    """The question of a valid form; the context goes no further than the model's."""
    has_bandwidth = values["gpu"] or values.get("bandwidth")
    return Question(
        gpu=gpu if has_bandwidth else None,
        offers=(offer(gpu).total_bytes,) * values["cards"],
        advised=(advised_bytes(gpu),) * values["cards"],
        context=min(values.get("context") or accounting.reference_context, accounting.context_limit),
        cache_type=CacheType(values.get("cache") or CacheType.F16),
        offload="" if gpu.unified_memory else values.get("offload") or "",
        has_ram=not gpu.unified_memory,
        one_pool=gpu.unified_memory and bool(values.get("offload")),
        split=values.get("split") or LAYER_SPLIT,
        ram_gb_s=_ram_gb_s(values),
    )


def _ram_gb_s(values: dict[str, Any]) -> float | None:
    """One's own figure comes before that of the kind from the list."""
    if values.get("ram_bandwidth"):
        return float(values["ram_bandwidth"])
    return GB_S[RamKind(values["ram"])] if values.get("ram") else None
