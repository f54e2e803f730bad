"""The figures in what the methodology says of the speed estimate: every constant as it was calibrated."""

from dataclasses import dataclass

from fit.decode_time import CUDA
from fit.mix_families import USUAL
from fit.several_cards import MOST_GAIN
from fit.speed_constants import SpeedConstants, load_constants
from fitpages.pages.common.programs import runtimes
from fitpages.text import figures, wording
from fitpages.text.speed_classes import class_name


@dataclass(frozen=True, kw_only=True)
class SpeedClass:
    """The constants of a class of cards."""

    name: str
    backend: str
    efficiency: str
    layer: str
    utilization: str
    cards: str


@dataclass(frozen=True, kw_only=True)
class SpeedFigures:
    """What templates/fitpages/methodology/_speed.html shows. The last of `classes` is for cards of any other kind.

    `backends` and `programs` say what others reach, `mixes` what families of mixes do; `expert_layer` and
    `linear_layer` are how many plain layers such a one counts as; `generations` are those of cards with a utilization
    of their own: Apple M5 (Apple, one die) 238%.
    """

    cache_read: str
    latent_read: str
    quantized_cache: str
    expert_layer: str
    expert_share: str
    linear_layer: str
    mixes: str
    backends: str
    programs: str
    old_builds: str
    card_ms: str
    card_share: str
    most_gain: str
    ram_layers: str
    ram_experts: str
    classes: tuple[SpeedClass, ...]
    generations: str


def speed_figures() -> SpeedFigures:
    """The constants of the calibration."""
    constants = load_constants()
    return SpeedFigures(
        cache_read=f"{constants.cache_read:.2f}",
        latent_read=f"{constants.latent_read:.1f}",
        quantized_cache=_quantized_cache(constants),
        expert_layer=f"{1 + constants.expert_layer:.2f}",
        expert_share=f"{constants.expert_share:.0%}",
        linear_layer=f"{1 + constants.linear_layer:.2f}",
        mixes=_mixes(constants),
        backends=_backends(constants),
        programs=runtimes(constants.runtimes),
        old_builds=_old_builds(constants),
        card_ms=f"{constants.card_ms:.2f} ms",
        card_share=f"{constants.card_share:.0%}",
        most_gain=f"{MOST_GAIN:g}",
        ram_layers=f"{constants.ram_layers:.0%}",
        ram_experts=f"{constants.ram_experts:.0%}",
        classes=(*(_class(constants, slug) for slug in constants.classes), _any_other(constants)),
        generations=_generations(constants),
    )


def _quantized_cache(constants: SpeedConstants) -> str:
    on_cuda, other = (constants.quantized_cache[kind] for kind in (CUDA, "other"))
    return f"{on_cuda:.1f} times on CUDA and {other:.1f} times elsewhere"


def _mixes(constants: SpeedConstants) -> str:
    """What families of mixes reach of the share of four- to six-bit ones: "Q3_K 83%"."""
    return wording.listed([f"{name} {share:.0%}" for name, share in constants.mixes.items() if name != USUAL])


def _backends(constants: SpeedConstants) -> str:
    """What another backend reaches of the class's usual one."""
    told = [
        f"{backend} {factor:.0%} of {decode.backend} on {class_name(slug)}"
        for slug, decode in constants.classes.items()
        for backend, factor in decode.backends.items()
    ]
    return wording.listed(told) if told else ""


def _old_builds(constants: SpeedConstants) -> str:
    return wording.listed([f"{ms:.1f} ms on {backend}" for backend, ms in constants.old_build_ms.items()])


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
        backend=decode.backend or figures.NOT_SHOWN,
        layer=f"{decode.layer_ms:.3f} ms",
        utilization=f"{prefill.utilization:.0%}" if prefill else figures.NOT_SHOWN,
        cards=f"{decode.cards}",
    )


def _any_other(constants: SpeedConstants) -> SpeedClass:
    return SpeedClass(
        name="Any other kind",
        efficiency=f"{constants.other.efficiency:.0%}",
        backend=figures.NOT_SHOWN,
        layer=f"{constants.other.layer_ms:.3f} ms",
        utilization=f"{constants.prefill_other.utilization:.0%}",
        cards="0",
    )
