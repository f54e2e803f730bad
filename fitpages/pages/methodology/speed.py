"""What the methodology says of the speed estimate: its formulas, and every constant as it was calibrated."""

from dataclasses import dataclass

from fit.speed_constants import SpeedConstants, load_constants
from fitpages.pages.accuracy import sentences
from fitpages.text import figures


@dataclass(frozen=True)
class SpeedClass:
    """The constants of a class of cards."""

    name: str
    efficiency: str
    overhead: str
    utilization: str
    cards: str


@dataclass(frozen=True, kw_only=True)
class SpeedText:
    """Everything that templates/fitpages/_speed.html shows."""

    cache_read: str
    layer_ms: str
    mixture_efficiency: str
    mixture_ms: str
    card_ms: str
    ram: str
    classes: tuple[SpeedClass, ...]
    other: SpeedClass
    generations: str


def speed_text() -> SpeedText:
    """The text, with its figures from the calibration."""
    constants = load_constants()
    return SpeedText(
        cache_read=f"{constants.cache_read:g}",
        layer_ms=f"{constants.layer_ms:.3f} ms",
        mixture_efficiency=f"{constants.mixture_efficiency:.0%}",
        mixture_ms=f"{constants.mixture_ms:.2f} ms",
        card_ms=f"{constants.card_ms:.2f} ms",
        ram=f"{figures.expected(constants.ram_gb_s)} GB/s",
        classes=tuple(_class(constants, name) for name in constants.classes),
        other=_class(constants, ""),
        generations=_generations(constants),
    )


def _generations(constants: SpeedConstants) -> str:
    """The generations of cards with a utilization of their own: "Apple M5 (Apple, one die) 238%"."""
    own = ((*name.partition(", "), prefill) for name, prefill in constants.prefill.items() if ", " in name)
    return ", ".join(
        f"{generation} ({sentences.line_name(class_slug)}) {prefill.utilization:.0%}"
        for class_slug, _, generation, prefill in own
    )


def _class(constants: SpeedConstants, name: str) -> SpeedClass:
    decode, prefill = constants.classes.get(name, constants.other), constants.prefill.get(name)
    return SpeedClass(
        name=sentences.line_name(name) if name else "Any other kind",
        efficiency=f"{decode.efficiency:.0%}",
        overhead=f"{decode.overhead_ms:.2f} ms",
        utilization=f"{(prefill or constants.prefill_other).utilization:.0%}"
        if prefill or not name
        else figures.NOT_SHOWN,
        cards=f"{decode.dense.cards}",
    )
