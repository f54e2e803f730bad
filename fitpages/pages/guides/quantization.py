"""The guide to quantization: what it is, what each level needs and loses, and which to choose."""

from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import rule_of_thumb
from fit.advice import ADVISED_CONTEXTS
from fitpages import addresses
from fitpages.matching import examples
from fitpages.matching.changed import EVERYTHING
from fitpages.pages.common.data_changed import data_changed
from fitpages.pages.common.page import Page
from fitpages.pages.guides import quality, sentences
from fitpages.pages.guides.level_examples import SpeedGain, Trade, speed_gain, trade
from fitpages.pages.guides.pair_figures import PairFigures, further_links, links_to, on_card, pair_figures
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
    changed: Link


def build(snapshot: Snapshot) -> QuantizationGuidePage:
    """The guide, with the figures of this snapshot."""
    models = _models(snapshot)
    of_trade, speed, mixture = trade(snapshot), speed_gain(snapshot), _mixture(snapshot)
    pairs = [of_trade.larger, of_trade.smaller] if of_trade else []
    pairs += [speed.pair] if speed else []
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
        context=figures.tokens(ADVISED_CONTEXTS[-1]),
        needs_sizes=sentences.sizes({model.name: model.spec.parameters for model in models}),
        needs_models=tuple(Link(model.name, addresses.model(model.slug)) for model in models),
        need_rows=tuple(_need_row(snapshot, quant, models) for quant in snapshot.quants),
        quality_rows=quality.quality_rows(snapshot),
        other_quality_rows=quality.other_quality_rows(snapshot),
        measurements=quality.measurements(snapshot),
        step_up=quality.step_up(snapshot),
        step_down=quality.step_down(snapshot),
        trade=of_trade,
        speed=speed,
        mixture=mixture,
        pairs=links_to(pairs),
        further=further_links(
            Link("Running models locally", addresses.LOCAL_GUIDE, "what each size of memory runs"),
        ),
        changed=data_changed(snapshot, EVERYTHING),
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


def _mixture(snapshot: Snapshot) -> PairFigures | None:
    """A mixture of experts on a card that runs it alone; None where it does not."""
    card = examples.card(snapshot, "rtx-4090", 24)
    model = examples.mixture(snapshot, "qwen3-30b-a3b-instruct-2507", 30 * 10**9)
    there = on_card(snapshot, model, card) if card and model else None
    return pair_figures(there) if there else None
