"""The guide to quantization: what it is, what each level needs and loses, and which to choose."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.memory import REFERENCE_CONTEXT
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.pairs import Pair
from fitpages.pages.common.page import Page
from fitpages.pages.guides import quality, sentences
from fitpages.pages.guides.pair_figures import (
    PairFigures,
    advised_quant,
    fits_by_both,
    further_links,
    links_to,
    pair_figures,
)
from fitpages.site import Link
from fitpages.text import figures


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What the default saves against the best quality there is."""

    top: str
    default: str
    share: str


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """One quantization: its bytes per weight, and what each example model needs at it."""

    name: str
    is_default: bool
    bytes_per_weight: str
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TradeRow:
    """One quantization of both models of a trade."""

    name: str
    larger: PairFigures
    smaller: PairFigures


@dataclass(frozen=True, kw_only=True)
class Trade:
    """A larger model at fewer bits against a smaller one at more, on one card: each at the level advised there."""

    larger: PairFigures
    smaller: PairFigures
    rows: tuple[TradeRow, ...]


@dataclass(frozen=True, kw_only=True)
class SpeedGain:
    """One pair at two quantizations that fit: `faster` reads fewer bytes for a token."""

    slower: PairFigures
    faster: PairFigures
    ratio: str


@dataclass(frozen=True, kw_only=True)
class QuantizationGuidePage(Page):
    """What its template shows. Examples are None where there are none."""

    template: ClassVar[str] = "fitpages/guides/quantization.html"

    default: str
    saving: Saving | None
    overhead: str
    context: str
    needs_sizes: str
    needs_models: tuple[Link, ...]
    need_rows: tuple[NeedRow, ...]
    quality_rows: tuple[quality.QualityRow, ...]
    other_quality_rows: tuple[quality.QualityRow, ...]
    measurements: tuple[quality.QualityMeasurement, ...]
    step_up: quality.Step | None
    step_down: quality.Step | None
    trade: Trade | None
    speed: SpeedGain | None
    mixture: PairFigures | None
    pairs: tuple[Link, ...]
    further: tuple[Link, ...]


def build(snapshot: Snapshot) -> QuantizationGuidePage:
    """The guide, with the figures of this snapshot."""
    models = _models(snapshot)
    trade, speed, mixture = _trade(snapshot), _speed(snapshot), _mixture(snapshot)
    pairs = [trade.larger, trade.smaller] if trade else []
    pairs += [speed.faster] if speed else []
    pairs += [mixture] if mixture else []
    return QuantizationGuidePage(
        title="Quantization: what each level needs and what it costs",
        description="What quantization does to a language model: memory at each level for real models, measured loss "
        "of quality, speed, and which GGUF file to choose.",
        heading="Quantization, and which level to choose",
        address=addresses.QUANTIZATION_GUIDE,
        crumb="Quantization",
        default=snapshot.default_quant.short_name,
        saving=_saving(snapshot),
        overhead=figures.percent(rule_of_thumb.OVERHEAD - 1),
        context=figures.tokens(REFERENCE_CONTEXT),
        needs_sizes=sentences.sizes({model.name: model.spec.parameters for model in models}),
        needs_models=tuple(Link(model.name, addresses.model(model.slug)) for model in models),
        need_rows=tuple(_need_row(snapshot, quant, models) for quant in snapshot.quants),
        quality_rows=quality.quality_rows(snapshot),
        other_quality_rows=quality.other_quality_rows(snapshot),
        measurements=quality.measurements(snapshot),
        step_up=quality.step_up(snapshot),
        step_down=quality.step_down(snapshot),
        trade=trade,
        speed=speed,
        mixture=mixture,
        pairs=links_to(pairs),
        further=further_links(
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory runs"),
        ),
    )


def _models(snapshot: Snapshot) -> list[PublishedModel]:
    """A small and a large model that most readers know."""
    small = examples.dense_model(snapshot, "llama-3-1-8b", 8 * 10**9)
    large = examples.dense_model(snapshot, "llama-3-3-70b", 70 * 10**9)
    return list(dict.fromkeys(model for model in (small, large) if model))


def _saving(snapshot: Snapshot) -> Saving | None:
    default = snapshot.default_quant
    top = snapshot.quants[0]
    if default.spec.rule_bytes_per_weight >= top.spec.rule_bytes_per_weight:
        return None
    share = 1 - default.spec.rule_bytes_per_weight / top.spec.rule_bytes_per_weight
    return Saving(top=top.short_name, default=default.short_name, share=figures.percent(share))


def _need_row(snapshot: Snapshot, quant: PublishedQuant, models: list[PublishedModel]) -> NeedRow:
    needs = (rule_of_thumb.need_bytes(model.spec, quant.spec) for model in models)
    return NeedRow(
        name=quant.name,
        is_default=quant.slug == snapshot.default_quant.slug,
        bytes_per_weight=figures.bytes_per_weight(quant.spec.rule_bytes_per_weight),
        needs=tuple(figures.memory(need) for need in needs),
    )


def _trade(snapshot: Snapshot) -> Trade | None:
    """None unless both models fit the card, and the larger one only at fewer bits than the smaller."""
    card = examples.card(snapshot, "rtx-4090", 24)
    large = examples.dense_model(snapshot, "qwen2-5-32b", 32 * 10**9)
    small = examples.dense_model(snapshot, "qwen2-5-14b", 14 * 10**9)
    if not (card and large and small) or large.spec.parameters <= small.spec.parameters:
        return None
    larger, smaller = Pair(large, card), Pair(small, card)
    low, high = advised_quant(snapshot, larger), advised_quant(snapshot, smaller)
    if low is None or high is None or low.spec.rule_bytes_per_weight >= high.spec.rule_bytes_per_weight:
        return None
    rows = tuple(
        TradeRow(
            name=quant.name,
            larger=pair_figures(snapshot, larger, quant),
            smaller=pair_figures(snapshot, smaller, quant),
        )
        for quant in snapshot.quants
    )
    return Trade(
        larger=pair_figures(snapshot, larger, low),
        smaller=pair_figures(snapshot, smaller, high),
        rows=rows,
    )


def _speed(snapshot: Snapshot) -> SpeedGain | None:
    """The best and the default quantization that fit a common card; None unless these are two."""
    card = examples.card(snapshot, "rtx-3060-12", 12)
    model = examples.dense_model(snapshot, "llama-3-1-8b", 8 * 10**9)
    default = snapshot.default_quant
    if card is None or model is None:
        return None
    fitting = [quant for quant in snapshot.quants if fits_by_both(snapshot, Pair(model, card), quant)]
    if default not in fitting or fitting[0].spec.rule_bytes_per_weight <= default.spec.rule_bytes_per_weight:
        return None
    return SpeedGain(
        slower=pair_figures(snapshot, Pair(model, card), fitting[0]),
        faster=pair_figures(snapshot, Pair(model, card), default),
        ratio=figures.times(fitting[0].spec.rule_bytes_per_weight / default.spec.rule_bytes_per_weight),
    )


def _mixture(snapshot: Snapshot) -> PairFigures | None:
    """A mixture of experts at the default quantization on a card that holds it; None where it does not."""
    card = examples.card(snapshot, "rtx-4090", 24)
    model = examples.mixture(snapshot, "qwen3-30b-a3b", 30 * 10**9)
    if card is None or model is None:
        return None
    pair, default = Pair(model, card), snapshot.default_quant
    return pair_figures(snapshot, pair, default) if fits_by_both(snapshot, pair, default) else None
