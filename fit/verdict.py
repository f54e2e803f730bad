"""Everything that a page needs to say about a pair of model and GPU."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fit import rule_of_thumb
from fit.specs import GpuSpec, ModelSpec, QuantSpec


class Answer(Enum):
    """How well a model fits: at the default quantization or better, only below it, or not at all."""

    FITS = "fits"
    FITS_LOW = "fits low"
    DOES_NOT_FIT = "does not fit"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One quantization of the pair. `ceiling_tokens_s` is None where it does not fit or is unknown."""

    quant: QuantSpec
    need_bytes: Decimal
    fits: bool
    ceiling_tokens_s: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The pair at every quantization, best quality first, and what to make of it.

    `recommended` is the best quality that fits among those worth recommending, or None.
    """

    usable_bytes: Decimal
    rows: tuple[Row, ...]
    recommended: Row | None
    answer: Answer

    @property
    def smallest(self) -> Row:
        """The row that needs the least memory."""
        return min(self.rows, key=lambda row: row.need_bytes)

    @property
    def best(self) -> Row | None:
        """The row that advice is given for: the recommended one, else the best quality that fits."""
        return self.recommended or next((row for row in self.rows if row.fits), None)


def assess(model: ModelSpec, gpu: GpuSpec, quants: Sequence[QuantSpec], default: QuantSpec) -> Assessment:
    """Assess a pair at `quants` (best quality first, at least one); `default` is the popular one."""
    usable = rule_of_thumb.usable_bytes(gpu)
    rows = tuple(_row(model, gpu, quant, usable) for quant in quants)
    recommended = next((row for row in rows if row.fits and row.quant.worth_recommending), None)
    return Assessment(usable_bytes=usable, rows=rows, recommended=recommended, answer=_answer(rows, default))


def best_quant(model: ModelSpec, gpu: GpuSpec, quants: Sequence[QuantSpec]) -> QuantSpec | None:
    """`assess(...).best` without the rest, for lists of many pairs."""
    usable = rule_of_thumb.usable_bytes(gpu)
    best = None
    for quant in quants:
        if rule_of_thumb.need_bytes(model, quant) <= usable:
            if quant.worth_recommending:
                return quant
            best = best or quant
    return best


def _row(model: ModelSpec, gpu: GpuSpec, quant: QuantSpec, usable: Decimal) -> Row:
    need = rule_of_thumb.need_bytes(model, quant)
    fits = need <= usable
    ceiling = rule_of_thumb.ceiling_tokens_s(model, quant, gpu) if fits else None
    return Row(quant=quant, need_bytes=need, fits=fits, ceiling_tokens_s=ceiling)


def _answer(rows: Sequence[Row], default: QuantSpec) -> Answer:
    fitting = [row for row in rows if row.fits]
    if not fitting:
        return Answer.DOES_NOT_FIT
    at_least_default = any(row.quant.bytes_per_weight >= default.bytes_per_weight for row in fitting)
    return Answer.FITS if at_least_default else Answer.FITS_LOW


def preference(gpu: GpuSpec) -> tuple[Decimal, Decimal, str]:
    """Of cards that hold a model, the humblest comes first: least memory, then least bandwidth."""
    return gpu.nameplate_gb, gpu.bandwidth_gb_s, gpu.slug


def card_to_want(model: ModelSpec, quant: QuantSpec, gpus: Iterable[GpuSpec]) -> GpuSpec | None:
    """Of `gpus`, in order of `preference`, the first that holds the model; None where none does."""
    need = rule_of_thumb.need_bytes(model, quant)
    return next((gpu for gpu in gpus if need <= rule_of_thumb.usable_bytes(gpu)), None)
