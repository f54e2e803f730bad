"""A measured speed as the estimate sees it: what was read for a token, on what, how fast; and the estimate of it."""

from dataclasses import dataclass

from fit.architecture import Architecture
from fit.specs import GpuSpec
from fit.speed import MS_PER_S, Work, ram_ms, token_ms
from fit.speed_constants import DecodeClass, Range, SpeedConstants, load_constants
from fit.units import GB

# Cards split by layer run one after the other; by row or tensor parallel, at once.
LAYER_SPLIT = "layer"


@dataclass(frozen=True, kw_only=True, eq=False)
class Observation:
    """A measured speed with everything that the estimate needs. `runtime` is a key of the constants' runtimes.

    `card` is what is left out when one card is left out. `ram_bytes` are those of `work` that are read from RAM;
    None where the source does not say how much stays there.
    """

    slug: str
    label: str
    card: str
    gpu: GpuSpec | None
    speed_class: str
    bandwidth_gb_s: float
    work: Work
    architecture: Architecture | None
    cards: int
    split: str
    offload: str
    ram_bytes: float | None
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


def predicted_tokens_s(
    observation: Observation, constants: SpeedConstants | None = None, decode_class: DecodeClass | None = None
) -> float:
    """Tokens per second that the estimate says of an observation, by the program and the build that were measured."""
    constants = constants or load_constants()
    decode_class = decode_class or _decode_class(observation, constants)
    work, ram_bytes = observation.work, min(observation.ram_bytes or 0, observation.work.weights_bytes)
    if ram_bytes:
        work = work._replace(weights_bytes=work.weights_bytes - ram_bytes)
    ms = token_ms(work, observation.bandwidth_gb_s, decode_class, constants)
    ms += (observation.cards - 1) * constants.card_ms
    ms += ram_ms(ram_bytes, constants)
    if observation.is_old_build:
        ms += constants.old_build_ms.get(observation.backend, 0)
    return MS_PER_S / ms * constants.runtimes.get(observation.runtime, 1)


def _decode_class(observation: Observation, constants: SpeedConstants) -> DecodeClass:
    return constants.classes.get(observation.speed_class, constants.other)


def range_of(observation: Observation, constants: SpeedConstants) -> Range:
    """The range of its class."""
    decode_class = _decode_class(observation, constants)
    return decode_class.mixture if observation.work.mixture else decode_class.dense


def bandwidth_tokens_s(observation: Observation) -> float:
    """What a pure bandwidth rule says: everything read once, at the bandwidth on paper of one card."""
    return observation.bandwidth_gb_s * GB / read_bytes(observation)


def read_bytes(observation: Observation) -> float:
    """Bytes that a token reads."""
    return observation.work.weights_bytes + observation.work.cache_bytes


def cards_at_once(observation: Observation) -> int:
    """Cards whose bandwidth adds up: all of them, but for a split by layer."""
    return 1 if observation.split == LAYER_SPLIT else observation.cards
