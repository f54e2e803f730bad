"""A measured speed as the estimate sees it: what was read for a token, on what, how fast; and the estimate of it."""

from dataclasses import dataclass
from functools import cached_property

from fit.architecture import Architecture
from fit.decode_time import Card, class_name, class_of, token_ms
from fit.machine import NOT_MEASURED
from fit.programs import benchmark_ms, tokens_s
from fit.several_cards import LAYER_SPLIT, TENSOR_SPLIT, Run
from fit.spans import laptops_of, span_of
from fit.specs import GpuSpec
from fit.speed_constants import DecodeClass, Range, SpeedConstants, load_constants
from fit.units import GB
from fit.work import Work


@dataclass(frozen=True, kw_only=True, eq=False)
class Observation:
    """A measured speed with everything that the estimate needs. `runtime` is a key of the constants' runtimes.

    `card` is what is left out when one card is left out, `model` when one model of a card is. `offload` is what the
    source says of RAM; `says_what_is_in_ram` where it says how much, which `work` then holds. `ram_gb_s`: GB/s on paper
    of that RAM, None where the source does not name it. `backend` is "" where it does not name one.
    """

    slug: str
    label: str
    card: str
    model: str
    gpu: GpuSpec | None
    speed_class: str
    bandwidth_gb_s: float
    work: Work
    depth: int
    architecture: Architecture | None
    parameters: int | None
    cards: int
    split: str
    offload: str
    says_what_is_in_ram: bool
    ram_gb_s: float | None
    runtime: str
    backend: str
    is_old_build: bool
    for_calibration: bool
    tokens_s: float
    rule_tokens_s: float | None

    @property
    def is_plain(self) -> bool:
        """One GPU with everything on it."""
        return self.cards == 1 and not self.offload

    @property
    def calibrates(self) -> bool:
        """Whether decoding is calibrated on it: trusted, plain, of a build of today."""
        return self.for_calibration and self.is_plain and not self.is_old_build

    @cached_property
    def class_name(self) -> str:
        """The class whose constants count for it."""
        return class_name(self.speed_class, self.gpu.chip_architecture if self.gpu else "")

    @cached_property
    def run(self) -> Run:
        """How it was spread; a split by row has no estimate of its own, and counts as one by layer."""
        return Run(self.cards, TENSOR_SPLIT if self.split == TENSOR_SPLIT else LAYER_SPLIT, self.ram_gb_s)


def predicted_tokens_s(
    observation: Observation,
    constants: SpeedConstants | None = None,
    decode_class: DecodeClass | None = None,
    *,
    factor: float | None = None,
) -> float:
    """Tokens per second that the estimate says of an observation, by the program and the build that were measured.

    `factor` stands for that of its machine, 1 for a machine of which nothing was measured.
    """
    constants = constants or load_constants()
    card = card_of(observation, constants, decode_class, factor)
    ms = token_ms(observation.work, card, constants, observation.run)
    if observation.is_old_build:
        ms += constants.old_build_ms.get(card.backend, 0)
    return tokens_s(ms, observation.runtime, constants)


def own_ms(observation: Observation, constants: SpeedConstants) -> float:
    """Milliseconds that a measured token took by llama.cpp's own benchmark and a build of today, had it been those."""
    ms = benchmark_ms(observation.tokens_s, observation.runtime, constants)
    if observation.is_old_build:
        ms -= constants.old_build_ms.get(card_of(observation, constants).backend, 0)
    return ms


def card_of(
    observation: Observation,
    constants: SpeedConstants,
    decode_class: DecodeClass | None = None,
    factor: float | None = None,
) -> Card:
    """The card that was measured, by its class and what else was measured of it."""
    decode_class = decode_class or class_of(observation.class_name, constants)
    machine = constants.machines.get(observation.card, NOT_MEASURED)
    own = machine.factor if factor is None else factor
    return Card(
        bandwidth_gb_s=observation.bandwidth_gb_s,
        decode_class=decode_class,
        backend=observation.backend or decode_class.backend,
        factor=own * decode_class.backends.get(observation.backend, 1),
        models=machine.models,
    )


def range_of(observation: Observation, constants: SpeedConstants) -> Range:
    """The range of its class, or of machines that were measured where it is one of two models and more."""
    card = card_of(observation, constants)
    laptops = laptops_of(observation.gpu, constants)
    return span_of(card.decode_class, card.models, observation.work.mixture, laptops)


def bandwidth_tokens_s(observation: Observation) -> float:
    """What a pure bandwidth rule says: everything read once, at the bandwidth on paper of one card."""
    return observation.bandwidth_gb_s * GB / observation.work.read_bytes


def cards_at_once(observation: Observation) -> int:
    """Cards whose bandwidth adds up: all of them, but for a split by layer."""
    return 1 if observation.split == LAYER_SPLIT else observation.cards
