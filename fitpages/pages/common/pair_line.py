"""A pair in one line of a list: the best quantization that fits, what it needs, its ceiling."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb, speed
from fit.expected import SHORT_CONTEXT
from fit.specs import QuantSpec
from fit.verdict import is_at_least
from fitpages import addresses
from fitpages.matching.fits import best_quant, needs_of
from fitpages.matching.indexing import smallest_quant
from fitpages.matching.levels import default_of, levels
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """What is known of a pair before it is written down. `quant` is None where nothing fits.

    `default` is the quantization that advice is given for.
    """

    model: PublishedModel
    gpu: PublishedGpu
    quant: PublishedQuant | None
    default: PublishedQuant
    need_bytes: Decimal | int
    ceiling_tokens_s: Decimal | None
    expected_tokens_s: float | None

    @property
    def expected(self) -> str:
        """Under the ceiling: "expect 98", or nothing."""
        return f"expect {figures.expected(self.expected_tokens_s)}" if self.expected_tokens_s else ""

    @property
    def speed(self) -> Decimal:
        """What lists are sorted by: what is expected, or else the ceiling; 0 where there is neither."""
        return Decimal(self.expected_tokens_s or 0) or self.ceiling_tokens_s or Decimal(0)

    @property
    def is_at_least_default(self) -> bool:
        """Whether it fits at the model's default or better."""
        return self.quant is not None and is_at_least(self.quant.spec, self.default.spec)

    @property
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)

    @property
    def best(self) -> str:
        return self.quant.name if self.quant else "does not fit"

    @property
    def need(self) -> str:
        return figures.memory(self.need_bytes)

    @property
    def ceiling(self) -> str:
        return figures.ceiling(self.ceiling_tokens_s)


def pair_line(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PairLine:
    """The pair at its best quantization; where none fits, the need of the smallest."""
    best = best_quant(snapshot, model, gpu)
    quant = best.spec if best else _smallest(snapshot, model)
    return PairLine(
        model=model,
        gpu=gpu,
        quant=best,
        default=default_of(snapshot, model),
        need_bytes=_need_bytes(snapshot, model, quant),
        expected_tokens_s=_expected(snapshot, model, gpu, quant) if best else None,
        ceiling_tokens_s=rule_of_thumb.ceiling_tokens_s(model.spec, quant, gpu.spec) if best else None,
    )


def _smallest(snapshot: Snapshot, model: PublishedModel) -> QuantSpec:
    default = levels(snapshot, model).default
    return smallest_quant(snapshot) if default.bytes_per_weight is not None else default


def _need_bytes(snapshot: Snapshot, model: PublishedModel, quant: QuantSpec) -> Decimal | int:
    """By the rule; exactly of a level that the rule does not know."""
    return next(need.size_bytes for need in needs_of(snapshot, model) if need.quant is quant)


def _expected(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu, quant: QuantSpec) -> float | None:
    """With a short context and everything on the GPU."""
    need = next(need for need in needs_of(snapshot, model) if need.quant is quant)
    if need.accounting is None:
        return None
    context = min(SHORT_CONTEXT, need.accounting.context_limit)
    return speed.decode(need.accounting, gpu.spec, context).tokens_s
