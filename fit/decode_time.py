"""The time of one token, term by term; every constant is calibrated (`fit.speed_constants`).

    reading  ms = (weights + cache_read x cache + latent_read x latents) / (share x bandwidth)
    share       = efficiency of the class x that of the mix's family x that of experts, at most 1
    layers   ms = layer_ms of the class x (layers + expert_layer x layers of experts + linear_layer x linear ones)
    on cards ms = (reading + layers) / (factor of the machine x factor of the backend)
    token    ms = on cards + what is in RAM / (share of RAM x its pace)

No figure is above what the bandwidth on paper allows for the bytes that are read. Bandwidth is in GB/s, GB is 10^9.
"""

from typing import NamedTuple

from fit.machine import NOT_MEASURED
from fit.ram import UNSTATED_GB_S
from fit.several_cards import ONE_CARD, Run, split_ms
from fit.specs import GpuSpec
from fit.speed_constants import DecodeClass, SpeedConstants
from fit.units import GB
from fit.work import Work

MS_PER_S = 1000
CUDA = "CUDA"
# Chips apart from their class: a P100 lacks the integer dot products that kernels of quantized weights are made of.
APART = frozenset({("nvidia-hbm", "Pascal")})


class Card(NamedTuple):
    """One of the cards: GB/s on paper, the constants of its class, its backend, its speed over its class's, and the
    models that were measured on it."""

    bandwidth_gb_s: float
    decode_class: DecodeClass
    backend: str
    factor: float = 1
    models: int = 0


def class_name(speed_class: str, chip_architecture: str) -> str:
    """The class whose constants count: the card's own, or that of its chip where it is apart."""
    apart = (speed_class, chip_architecture) in APART
    return f"{speed_class}, {chip_architecture}" if apart else speed_class


def card_of(gpu: GpuSpec, constants: SpeedConstants, backend: str = "") -> Card:
    """The card with what was measured of itself; `backend` is the usual one of its class where none is named."""
    decode_class = class_of(class_name(gpu.speed_class, gpu.chip_architecture), constants)
    machine = constants.machines.get(gpu.slug, NOT_MEASURED)
    factor = machine.factor * decode_class.backends.get(backend, 1) if backend else machine.factor
    return Card(gpu.bandwidth, decode_class, backend or decode_class.backend, factor, machine.models)


def class_of(name: str, constants: SpeedConstants) -> DecodeClass:
    """The constants of a class, or those of cards of no known kind."""
    return constants.classes.get(name, constants.other)


def token_ms(
    work: Work, card: Card, constants: SpeedConstants, run: Run = ONE_CARD, least: float | None = None
) -> float:
    """Milliseconds of one token; `least` is `least_ms` on the cards of `run`, where it was worked out before."""
    reading, layers = reading_ms(work, card, constants), layers_ms(work, card.decode_class, constants)
    if run.cards == 1:
        on_cards = (reading + layers) / card.factor
    else:
        on_cards = split_ms(reading / card.factor, layers / card.factor, run, constants, card.backend == CUDA)
    on_cards = max(on_cards, least_ms(work, card.bandwidth_gb_s * run.at_once) if least is None else least)
    return on_cards + ram_ms(work, run.ram_gb_s, constants) if work.has_ram else on_cards


def reading_ms(work: Work, card: Card, constants: SpeedConstants) -> float:
    """Milliseconds that one card takes to read everything that is not in RAM."""
    cache = constants.cache_read * work.cache_bytes
    if work.quantized_cache:
        cache *= constants.quantized_cache[CUDA if card.backend == CUDA else "other"]
    cache += constants.latent_read * work.latent_bytes
    if work.ram_cache_bytes:
        cache *= 1 - work.ram_cache_bytes / (work.cache_bytes + work.latent_bytes)
    share = card.decode_class.efficiency * constants.mixes.get(work.mix, 1)
    if work.expert_layers:
        share *= constants.expert_share
    weights = work.weights_bytes - work.ram_layer_bytes - work.ram_expert_bytes
    return MS_PER_S * (weights + cache) / GB / (min(share, 1) * card.bandwidth_gb_s)


def layers_ms(work: Work, decode_class: DecodeClass, constants: SpeedConstants) -> float:
    """Milliseconds that the layers take besides reading."""
    more = constants.expert_layer * work.expert_layers + constants.linear_layer * work.linear_layers
    return decode_class.layer_ms * (work.layers + more)


def ram_ms(work: Work, ram_gb_s: float | None, constants: SpeedConstants) -> float:
    """Milliseconds that a token waits for what is read from RAM: experts, layers and their cache."""
    layers = (work.ram_layer_bytes + work.ram_cache_bytes) / constants.ram_layers
    return MS_PER_S * (layers + work.ram_expert_bytes / constants.ram_experts) / GB / (ram_gb_s or UNSTATED_GB_S)


def least_ms(work: Work, bandwidth_gb_s: float, ram_gb_s: float | None = None) -> float:
    """Milliseconds that the bandwidth on paper takes for what is read; RAM counts where its pace is named."""
    read_bytes = work.weights_bytes + work.cache_bytes + work.latent_bytes
    if not work.has_ram:
        return MS_PER_S * read_bytes / GB / bandwidth_gb_s
    ms = MS_PER_S * (read_bytes - work.ram_bytes) / GB / bandwidth_gb_s
    return ms + least_ram_ms(work, ram_gb_s) if ram_gb_s else ms


def least_ram_ms(work: Work, ram_gb_s: float) -> float:
    """Of `least_ms` what RAM takes."""
    return MS_PER_S * work.ram_bytes / GB / ram_gb_s
