"""What the arithmetic needs to know of a GPU, a model and a quantization, and nothing more.

Specs are frozen, keyword-only, and refuse nonsense when they are made, so that no formula has to.
Decimal, not float: a verdict at the boundary must not depend on binary rounding.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from fit.architecture import Architecture
from fit.model_memory import ModelMemory
from fit.offer import GpuMemory


class SpecError(ValueError):
    """A spec was given a figure that no GPU, model or quantization can have."""


def _require_positive(name: str, value: Decimal | int) -> None:
    if not (Decimal(value).is_finite() and value > 0):
        raise SpecError(f"{name} must be a finite number above zero, not {value}")


@dataclass(frozen=True, kw_only=True)
class GpuSpec(GpuMemory):
    """One GPU: its memory, and `bandwidth_gb_s`, its memory bandwidth in GB/s.

    `usable_share` is the part of the nameplate that the rule of thumb counts on; None takes the rule's own.
    `compute_tflops` is its arithmetic at half precision, of the matrix units where it has them. `laptop`: it is built
    into one, whose maker chooses how much power it gets.
    """

    slug: str
    bandwidth_gb_s: Decimal
    usable_share: Decimal | None = None
    compute_tflops: Decimal | None = None
    chip_architecture: str = ""
    laptop: bool = False

    def __post_init__(self) -> None:
        _require_positive("nameplate_gb", self.nameplate_gb)
        _require_positive("bandwidth_gb_s", self.bandwidth_gb_s)
        if self.usable_share is not None:
            _require_positive("usable_share", self.usable_share)
            if self.usable_share > 1:
                raise SpecError(f"usable_share must be at most 1, not {self.usable_share}")
        if self.compute_tflops is not None:
            _require_positive("compute_tflops", self.compute_tflops)
        if self.reported_mib is not None:
            _require_positive("reported_mib", self.reported_mib)
        if self.carve_out_gb is not None:
            _require_positive("carve_out_gb", self.carve_out_gb)

    @cached_property
    def bandwidth(self) -> float:
        """`bandwidth_gb_s` for estimates, which are no verdicts and need no Decimal."""
        return float(self.bandwidth_gb_s)


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """One language model, by its number of weights (without vision or audio towers and draft layers).

    A mixture of experts reads only `active_parameters` for each token; None says that nobody published it. Contexts are
    in tokens; the extended one needs rope scaling, and is None where there is none. Without an architecture only the
    rule of thumb can be asked.
    """

    slug: str
    parameters: int
    active_parameters: int | None = None
    mixture_of_experts: bool = False
    architecture: Architecture | None = None
    native_context: int | None = None
    extended_context: int | None = None

    def __post_init__(self) -> None:
        _require_positive("parameters", self.parameters)
        if self.active_parameters is not None:
            _require_positive("active_parameters", self.active_parameters)
            if self.active_parameters > self.parameters:
                raise SpecError("active_parameters must not exceed parameters")

    @property
    def parameters_per_token(self) -> int | None:
        """Weights read to produce one token; None for a mixture whose active count is unknown."""
        return self.active_parameters if self.mixture_of_experts else self.parameters

    @cached_property
    def memory(self) -> ModelMemory | None:
        """What it takes in memory, exactly; None where its architecture or its context is not known."""
        if self.architecture is None or self.native_context is None:
            return None
        return ModelMemory(
            architecture=self.architecture,
            native_context=self.native_context,
            context_limit=self.extended_context or self.native_context,
        )


class Shown(Enum):
    """When the page of a model shows a quantization; one shown always is in the rule of thumb's table."""

    ALWAYS = "always"
    NOTHING_BETTER = "lower"
    FOLDED = "folded"


@dataclass(frozen=True, kw_only=True)
class QuantSpec:
    """One quantization: the rule's bytes per weight, what editors say of it, and the mix of its tensors' types.

    `bytes_per_weight` is None where the rule of thumb has no figure: only the founding table's levels have one.
    """

    slug: str
    bytes_per_weight: Decimal | None = None
    worth_recommending: bool = True
    mix: str = ""
    shown: Shown = Shown.ALWAYS

    def __post_init__(self) -> None:
        if self.bytes_per_weight is not None:
            _require_positive("bytes_per_weight", self.bytes_per_weight)

    def __hash__(self) -> int:
        """By its slug: pages look up what is kept of a level dozens of times, and no two of a catalog have the same."""
        return hash(self.slug)

    def __eq__(self, other: object) -> bool:
        """By every figure, the slug first: a level is looked for among the others of its model for every answer."""
        if self is other or not isinstance(other, QuantSpec):
            return self is other
        return self.slug == other.slug and vars(self) == vars(other)

    @property
    def rule_bytes_per_weight(self) -> Decimal:
        """`bytes_per_weight` of a quantization in the rule's table; SpecError for any other."""
        if self.bytes_per_weight is None:
            raise SpecError(f"the rule of thumb has no bytes per weight for {self.slug}")
        return self.bytes_per_weight
