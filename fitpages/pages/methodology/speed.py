"""The figures in what the methodology says of the speed estimate: every constant as it was calibrated."""

from dataclasses import dataclass

from fit.speed_constants import SpeedConstants, load_constants
from fitpages.text import figures
from fitpages.text.speed_classes import class_name


@dataclass(frozen=True, kw_only=True)
class SpeedClass:
    """The constants of a class of cards."""

    name: str
    efficiency: str
    overhead: str
    utilization: str
    cards: str


@dataclass(frozen=True, kw_only=True)
class SpeedFigures:
    """What templates/fitpages/methodology/_speed.html shows. The last of `classes` is for cards of any other kind.

    `generations` are those of cards with a utilization of their own: Apple M5 (Apple, one die) 238%.
    """

    cache_read: str
    layer_ms: str
    mixture_efficiency: str
    mixture_ms: str
    card_ms: str
    ram: str
    classes: tuple[SpeedClass, ...]
    generations: str


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
        generations=_generations(constants),
    )


def _generations(constants: SpeedConstants) -> str:
    own = ((*slug.partition(", "), prefill) for slug, prefill in constants.prefill.items() if ", " in slug)
    return ", ".join(
        f"{generation} ({class_name(class_slug)}) {prefill.utilization:.0%}"
        for class_slug, _, generation, prefill in own
    )


def _class(constants: SpeedConstants, slug: str) -> SpeedClass:
    decode, prefill = constants.classes[slug], constants.prefill.get(slug)
    return SpeedClass(
        name=class_name(slug),
        efficiency=f"{decode.efficiency:.0%}",
        overhead=f"{decode.overhead_ms:.2f} ms",
        utilization=f"{prefill.utilization:.0%}" if prefill else figures.NOT_SHOWN,
        cards=f"{decode.dense.cards}",
    )


def _any_other(constants: SpeedConstants) -> SpeedClass:
    return SpeedClass(
        name="Any other kind",
        efficiency=f"{constants.other.efficiency:.0%}",
        overhead=f"{constants.other.overhead_ms:.2f} ms",
        utilization=f"{constants.prefill_other.utilization:.0%}",
        cards=f"{constants.other.dense.cards}",
    )
