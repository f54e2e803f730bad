"""The figures in what the methodology says of the speed estimate: every constant as it was calibrated."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.speed_classes import class_name
from fit.bus import BUS_SHARE
from fit.decode_time import CUDA
from fit.mix_families import USUAL
from fit.prefill_constants import PrefillClass, PrefillConstants
from fit.several_cards import MOST_GAIN
from fit.speed_constants import DecodeClass, SpeedConstants, load_constants
from fitpages.pages.common.programs import runtimes
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class SpeedClass:
    """The constants of a class of cards."""

    name: str
    backend: str
    efficiency: str
    layer: str
    utilization: str
    attention: str
    prompt_cards: str
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
    mixture_prefill: str
    hidden_passes: str
    linear_layer_ms: str
    bus_share: str
    generations: str
    prompt_backends: str


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
        mixture_prefill=f"{constants.prefill.terms.mixture_efficiency:.0%}",
        hidden_passes=f"{constants.prefill.terms.hidden_passes:.0f}",
        linear_layer_ms=f"{constants.prefill.terms.linear_layer_ms:.2f} ms",
        bus_share=f"{BUS_SHARE:.0%}",
        generations=_generations(constants.prefill),
        prompt_backends=_of_classes(constants.prefill.backends, "{:.2f}"),
    )


def _quantized_cache(constants: SpeedConstants) -> str:
    on_cuda, other = (constants.quantized_cache[kind] for kind in (CUDA, "other"))
    return f"{on_cuda:.1f} times on CUDA and {other:.1f} times elsewhere"


def _mixes(constants: SpeedConstants) -> str:
    """What families of mixes reach of the share of others: "MXFP4 116%"."""
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
        backend=decode.backend or figures.NOT_SHOWN,
        layer=f"{decode.layer_ms:.3f} ms",
        cards=f"{decode.cards}",
        utilization=f"{prefill.utilization:.0%}" if prefill else figures.NOT_SHOWN,
        attention=f"{prefill.attention:.0%}" if prefill else figures.NOT_SHOWN,
        prompt_cards=f"{prefill.cards}" if prefill else figures.NOT_SHOWN,
    )
