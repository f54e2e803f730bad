"""A measured speed as the estimate sees it: what was read for a token, on what, how fast; and the estimate of it."""

from dataclasses import dataclass

from fit.architecture import Architecture
from fit.specs import GpuSpec
from fit.speed import GB, MS_PER_S, Work, token_ms
from fit.speed_constants import DecodeClass, Range, SpeedConstants, constants

# Cards split by layer run one after the other; by row or tensor parallel, at once.
LAYER_SPLIT = "layer"


@dataclass(frozen=True, kw_only=True, eq=False)
class Measurement:
    """A benchmark with everything that the estimate needs. `runtime` is a key of the constants' runtimes.

    `card` is what is left out when one card is left out. `ram_bytes` are those of `work` that are read from RAM;
    None where the benchmark does not say how much stays there.
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
    prefill_tokens_s: float | None
    prefill_tokens: int | None
    parameters_per_token: int | None
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
    found: Measurement, known: SpeedConstants | None = None, of_class: DecodeClass | None = None
) -> float:
    """Tokens per second that the estimate says of a measurement, by the program and the build that were measured."""
    known = known or constants()
    of_class = of_class or known.classes.get(found.speed_class, known.other)
    work, ram_bytes = found.work, min(found.ram_bytes or 0, found.work.weights_bytes)
    if ram_bytes:
        work = work._replace(weights_bytes=work.weights_bytes - ram_bytes)
    ms = token_ms(work, found.bandwidth_gb_s, of_class, known) + (found.cards - 1) * known.card_ms
    ms += MS_PER_S * ram_bytes / GB / known.ram_gb_s
    if found.is_old_build:
        ms += known.old_build_ms.get(found.backend, 0)
    return MS_PER_S / ms * known.runtimes.get(found.runtime, 1)


def range_of(found: Measurement, known: SpeedConstants) -> Range:
    """The range of its class."""
    of_class = known.classes.get(found.speed_class, known.other)
    return of_class.mixture if found.work.mixture else of_class.dense


def bandwidth_tokens_s(found: Measurement) -> float:
    """What a pure bandwidth rule says: everything read once, at the bandwidth on paper of one card."""
    return found.bandwidth_gb_s * GB / read_bytes(found)


def read_bytes(found: Measurement) -> float:
    """Bytes that a token reads."""
    return found.work.weights_bytes + found.work.cache_bytes


def cards_at_once(found: Measurement) -> int:
    """Cards whose bandwidth adds up: all of them, but for a split by layer."""
    return 1 if found.split == LAYER_SPLIT else found.cards
