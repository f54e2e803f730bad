"""What quantization does to quality, as far as it was measured, for the guide on quantization."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.snapshot import PublishedQuant, Snapshot
from fitpages.pages.common.sources import Source, as_sources
from fitpages.text import figures
from fitpages.text.figures import times


@dataclass(frozen=True, kw_only=True)
class QualityRow:
    """What was measured of one quantization; a dash where nothing was."""

    name: str
    perplexity: str
    rise: str
    divergence: str
    words: str


@dataclass(frozen=True, kw_only=True)
class QualityMeasurement:
    """What was measured, and where that is published."""

    basis: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """From the default quantization to its neighbour: the change in memory and in KL divergence.

    `memory` is in percent of the default's need; `divergence` is how many times as much the worse of the two has.
    """

    default: str
    neighbour: str
    memory: str
    divergence: str


def quality_rows(snapshot: Snapshot) -> tuple[QualityRow, ...]:
    """The usual quantizations, best quality first."""
    return _rows(snapshot.quants)


def other_quality_rows(snapshot: Snapshot) -> tuple[QualityRow, ...]:
    """All other quantizations, best quality first."""
    return _rows(quant for quant in snapshot.all_quants if quant not in snapshot.quants)


def _rows(quants: Iterable[PublishedQuant]) -> tuple[QualityRow, ...]:
    return tuple(
        QualityRow(
            name=quant.name,
            perplexity=_measured(quant.perplexity, 3),
            rise=_signed(quant.perplexity_rise, 3),
            divergence=_measured(quant.kl_divergence, 4),
            words=quant.quality,
        )
        for quant in quants
    )


def measurements(snapshot: Snapshot) -> tuple[QualityMeasurement, ...]:
    """What the measured rows rest on; one entry where all rest on the same."""
    bases = dict.fromkeys(
        (quant.quality_basis, quant.quality_source) for quant in snapshot.all_quants if is_measured(quant)
    )
    return tuple(
        QualityMeasurement(basis=basis or "not stated", sources=as_sources((source,) if source else ()))
        for basis, source in bases
    )


def is_measured(quant: PublishedQuant) -> bool:
    return any(value is not None for value in (quant.perplexity, quant.perplexity_rise, quant.kl_divergence))


def step_up(snapshot: Snapshot) -> Step | None:
    """To the next better quantization; None where there is none, or its divergence was not measured lower."""
    return _step(snapshot, -1)


def step_down(snapshot: Snapshot) -> Step | None:
    """To the next smaller quantization; None where there is none, or its divergence was not measured higher."""
    return _step(snapshot, 1)


def _step(snapshot: Snapshot, places: int) -> Step | None:
    default = snapshot.default_quant
    position = snapshot.quants.index(default) + places
    if not 0 <= position < len(snapshot.quants):
        return None
    neighbour = snapshot.quants[position]
    better, worse = (neighbour, default) if places < 0 else (default, neighbour)
    change = neighbour.spec.rule_bytes_per_weight / default.spec.rule_bytes_per_weight - 1
    if change * places >= 0 or not better.kl_divergence or not worse.kl_divergence:
        return None
    if worse.kl_divergence <= better.kl_divergence:
        return None
    return Step(
        default=default.short_name,
        neighbour=neighbour.short_name,
        memory=figures.percent(abs(change)),
        divergence=times(worse.kl_divergence / better.kl_divergence),
    )


def _measured(value: Decimal | None, places: int) -> str:
    return figures.NOT_SHOWN if value is None else f"{figures.rounded(value, places)}"


def _signed(value: Decimal | None, places: int) -> str:
    return figures.NOT_SHOWN if value is None else f"{figures.rounded(value, places):+}"
