"""The figures in what the methodology says of the speed estimate: every constant as it was calibrated."""

from collections.abc import Mapping
from dataclasses import dataclass

from fit.bus import BUS_SHARE
from fit.prefill_constants import PrefillClass, PrefillConstants
from fit.speed_constants import DecodeClass, SpeedConstants, load_constants
from fitpages.text import figures
from fitpages.text.speed_classes import class_name


@dataclass(frozen=True, kw_only=True)
class SpeedClass:
    """The constants of a class of cards."""

    name: str
    efficiency: str
    overhead: str
    utilization: str
    attention: str
    prompt_cards: str
    cards: str


@dataclass(frozen=True, kw_only=True)
class SpeedFigures:
    """What templates/fitpages/methodology/_speed.html shows. The last of `classes` is for cards of any other kind.

    `generations` are those whose utilization is another than their class's: Apple M5 (Apple, one die) 238%; `backends`
    by how much each is faster or slower than the class.
    """

    cache_read: str
    layer_ms: str
    mixture_efficiency: str
    mixture_ms: str
    card_ms: str
    ram: str
    classes: tuple[SpeedClass, ...]
    mixture_prefill: str
    hidden_passes: str
    linear_layer_ms: str
    bus_share: str
    generations: str
    backends: str


def speed_figures() -> SpeedFigures:
    """The constants of the calibration."""
    constants = load_constants()
    return SpeedFigures(
        cache_read=f"{constants.cache_read:g}",
        layer_ms=f"{constants.layer_ms:.3f} ms",
        mixture_efficiency=f"{constants.mixture_efficiency:.0%}",
        mixture_ms=f"{constants.mixture_ms:.2f} ms",
        card_ms=f"{constants.card_ms:.2f} ms",
        ram=f"{figures.expected(constants.ram_gb_s)} GB/s",
        classes=(*(_class(constants, slug) for slug in constants.classes), _any_other(constants)),
        mixture_prefill=f"{constants.prefill.terms.mixture_efficiency:.0%}",
        hidden_passes=f"{constants.prefill.terms.hidden_passes:.0f}",
        linear_layer_ms=f"{constants.prefill.terms.linear_layer_ms:.2f} ms",
        bus_share=f"{BUS_SHARE:.0%}",
        generations=_generations(constants.prefill),
        backends=_of_classes(constants.prefill.backends, "{:.2f}"),
    )


def _generations(constants: PrefillConstants) -> str:
    """The utilization of each generation of chips."""
    utilizations = {
        key: factor * constants.classes[key.partition(", ")[0]].utilization
        for key, factor in constants.generations.items()
    }
    return _of_classes(utilizations, "{:.0%}")


def _of_classes(values: Mapping[str, float], form: str) -> str:
    """What classes have of their own: "Apple M5 (Apple, one die) 238%"."""
    parts = ((*key.partition(", "), form.format(value)) for key, value in values.items())
    return ", ".join(f"{name} ({class_name(slug)}) {text}" for slug, _, name, text in parts)


def _class(constants: SpeedConstants, slug: str) -> SpeedClass:
    return _shown(class_name(slug), constants.classes[slug], constants.prefill.classes.get(slug))


def _any_other(constants: SpeedConstants) -> SpeedClass:
    return _shown("Any other kind", constants.other, constants.prefill.other)


def _shown(name: str, decode: DecodeClass, prefill: PrefillClass | None) -> SpeedClass:
    return SpeedClass(
        name=name,
        efficiency=f"{decode.efficiency:.0%}",
        overhead=f"{decode.overhead_ms:.2f} ms",
        cards=f"{decode.dense.cards}",
        utilization=f"{prefill.utilization:.0%}" if prefill else figures.NOT_SHOWN,
        attention=f"{prefill.attention:.0%}" if prefill else figures.NOT_SHOWN,
        prompt_cards=f"{prefill.cards}" if prefill else figures.NOT_SHOWN,
    )
