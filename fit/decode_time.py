"""The time of one token, term by term; every constant is calibrated (`fit.speed_constants`).

    reading  ms = (weights + cache_read x cache + latent_read x latents) / (share x bandwidth)
    share       = efficiency of the class x that of the mix's family x that of experts, at most 1
    layers   ms = layer_ms of the class x (layers + expert_layer x layers of experts + linear_layer x linear ones)
    on cards ms = (reading + layers) / (factor of the machine x factor of the backend)
    token    ms = on cards + what is in RAM / (share of RAM x its pace)

No figure is above what the bandwidth on paper allows for the bytes that are read. Bandwidth is in GB/s, GB is 10^9.
"""

from typing import NamedTuple

from fit.ram import UNSTATED_GB_S
from fit.several_cards import LAYER_SPLIT, ONE_CARD, Run, split_ms
from fit.specs import GpuSpec
from fit.speed_constants import DecodeClass, SpeedConstants
from fit.units import GB
from fit.work import Work

MS_PER_S = 1000
CUDA = "CUDA"
# Chips apart from their class: a P100 lacks the integer dot products that kernels of quantized weights are made of.
APART = frozenset({("nvidia-hbm", "Pascal")})


class Card(NamedTuple):
    """One of the cards: GB/s on paper, the constants of its class, its backend, and its speed over its class's."""

    bandwidth_gb_s: float
    decode_class: DecodeClass
    backend: str
    factor: float = 1


def class_name(speed_class: str, chip_architecture: str) -> str:
    """The class whose constants count: the card's own, or that of its chip where it is apart."""
    apart = (speed_class, chip_architecture) in APART
    return f"{speed_class}, {chip_architecture}" if apart else speed_class


def card_of(gpu: GpuSpec, constants: SpeedConstants, backend: str = "") -> Card:
    """The card with what was measured of itself; `backend` is the usual one of its class where none is named."""
    decode_class = class_of(class_name(gpu.speed_class, gpu.chip_architecture), constants)
    machine = constants.machines.get(gpu.slug)
    return Card(
        bandwidth_gb_s=gpu.bandwidth,
        decode_class=decode_class,
        backend=backend or decode_class.backend,
        factor=(machine.factor if machine else 1) * decode_class.backends.get(backend, 1),
    )


def class_of(name: str, constants: SpeedConstants) -> DecodeClass:
    """The constants of a class, or those of cards of no known kind."""
    return constants.classes.get(name, constants.other)


def token_ms(work: Work, card: Card, constants: SpeedConstants, run: Run = ONE_CARD) -> float:
    """Milliseconds of one token."""
    reading, layers = reading_ms(work, card, constants), layers_ms(work, card.decode_class, constants)
    on_cards = split_ms(reading / card.factor, layers / card.factor, run, constants, card.backend == CUDA)
    at_once = 1 if run.split == LAYER_SPLIT else run.cards
    return max(on_cards, least_ms(work, card.bandwidth_gb_s * at_once)) + ram_ms(work, run.ram_gb_s, constants)


def reading_ms(work: Work, card: Card, constants: SpeedConstants) -> float:
    """Milliseconds that one card takes to read everything that is not in RAM."""
    cache_read = constants.cache_read
    if work.quantized_cache:
        cache_read *= constants.quantized_cache[CUDA if card.backend == CUDA else "other"]
    in_ram = work.ram_cache_bytes / (work.cache_bytes + work.latent_bytes) if work.ram_cache_bytes else 0
    cache = (cache_read * work.cache_bytes + constants.latent_read * work.latent_bytes) * (1 - in_ram)
    share = card.decode_class.efficiency * constants.mixes.get(work.mix, 1)
    if work.mixture:
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
    on_cards = MS_PER_S * (work.read_bytes - work.ram_bytes) / GB / bandwidth_gb_s
    return on_cards + (MS_PER_S * work.ram_bytes / GB / ram_gb_s if ram_gb_s else 0)
