"""A pair in one line of a list: the best quantization that fits, what it takes, its ceiling."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb, speed
from fit.assessment import is_at_least
from fit.expected import SHORT_CONTEXT
from fit.needs import Need
from fitpages import addresses
from fitpages.matching.fits import best_quant, need_at, needs_of
from fitpages.matching.levels import levels
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """What is known of a pair before it is written down. `quant` is None where nothing fits.

    `is_at_least_default`: it fits at the quantization that advice is given for, or at a better one. `need` is that of
    `quant`, or of the smallest level that files are made at.
    """

    model: PublishedModel
    gpu: PublishedGpu
    quant: PublishedQuant | None
    is_at_least_default: bool
    need: Need
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
    def address(self) -> str:
        return addresses.pair(self.model.slug, self.gpu.slug)

    @property
    def best(self) -> str:
        return self.quant.name if self.quant else "does not fit"

    @property
    def takes(self) -> str:
        """As counted, in GiB; a dash where the tensors are not known."""
        return figures.NOT_SHOWN if self.need.exact_bytes is None else figures.counted(self.need.exact_bytes)

    @property
    def by_rule(self) -> str:
        """Under the quantization where nothing is counted: "303.6 GB by the rule"; else nothing."""
        if self.need.exact_bytes is not None or self.need.rule_bytes is None:
            return ""
        return f"{figures.memory(self.need.rule_bytes)} by the rule"

    @property
    def ceiling(self) -> str:
        return figures.ceiling(self.ceiling_tokens_s)


def pair_line(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> PairLine:
    """The pair at its best quantization; where none fits, the need of the smallest."""
    best = best_quant(snapshot, model, gpu)
    need = need_at(snapshot, model, best) if best else _smallest_need(snapshot, model)
    return PairLine(
        model=model,
        gpu=gpu,
        quant=best,
        is_at_least_default=best is not None and _is_at_least_default(snapshot, model, best),
        need=need,
        expected_tokens_s=_expected(gpu, need) if best else None,
        ceiling_tokens_s=rule_of_thumb.ceiling_tokens_s(model.spec, need.quant, gpu.spec) if best else None,
    )


@per_snapshot
def _is_at_least_default(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant) -> bool:
    return is_at_least(quant.spec, levels(snapshot, model).default)


@per_snapshot
def _smallest_need(snapshot: Snapshot, model: PublishedModel) -> Need:
    """Of the levels that files are made at."""
    return min((need for need in needs_of(snapshot, model) if need.is_made), key=lambda need: need.size_bytes)


def _expected(gpu: PublishedGpu, need: Need) -> float | None:
    """With a short context and everything on the GPU."""
    if need.accounting is None:
        return None
    context = min(SHORT_CONTEXT, need.accounting.context_limit)
    return speed.decode(need.accounting, gpu.spec, context).tokens_s
