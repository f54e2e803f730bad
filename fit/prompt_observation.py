"""A measured prompt as the estimate sees it: how many tokens after how many others, on what, how fast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from fit.architecture import Architecture
from fit.bus import bus_gb_s, copied_gb
from fit.flags import Flags
from fit.machine import NOT_MEASURED
from fit.memory import Accounting
from fit.prefill import MS_PER_S, Reached, compute_seconds, reached_by
from fit.prefill_constants import PrefillConstants, PromptTerms, of_class
from fit.prompt import PromptWork
from fit.specs import GpuSpec

OWN_PROGRAM = "llama.cpp"


@dataclass(frozen=True, kw_only=True, eq=False)
class PromptObservation:
    """A measured prompt with everything that the estimate needs.

    `work` is that of the prompt after `depth` tokens, in micro-batches of `micro_batch`. `accounting` and `flags` say
    what was copied from RAM; None where everything was on the card, or where the source does not say what lay in RAM.
    `by_units`: whether the backend has the matrix units for the file's type; without, the row stands for no other.
    """

    slug: str
    label: str
    card: str
    model: str
    gpu: GpuSpec
    architecture: Architecture
    work: PromptWork
    depth: int
    micro_batch: int
    accounting: Accounting | None
    flags: Flags | None
    runtime: str
    backend: str
    cards: int
    offload: str
    is_old_build: bool
    for_calibration: bool
    by_units: bool
    tokens_s: float

    @cached_property
    def tflops(self) -> float:
        """The arithmetic of its card on paper; 0 where it is not known."""
        return float(self.gpu.compute_tflops or 0)

    @property
    def mixture(self) -> bool:
        return bool(self.work.expert_tflop)

    @property
    def linear(self) -> bool:
        """Whether some layers have linear attention."""
        return bool(self.work.linear_batches)

    @property
    def calibrates(self) -> bool:
        """Whether prompts are calibrated on it: trusted, everything on one card, of a build of today."""
        is_plain = self.cards == 1 and not self.offload
        return self.for_calibration and is_plain and not self.is_old_build and self.by_units

    @property
    def by_own_program(self) -> bool:
        """Whether llama.cpp itself measured it."""
        return self.runtime.startswith(OWN_PROGRAM)

    @property
    def copies(self) -> bool:
        """Whether it says what was copied from RAM, on one card of a known bus."""
        return self.accounting is not None and self.cards == 1 and bus_gb_s(self.gpu) is not None


def prompt_tokens_s(observation: PromptObservation, constants: PrefillConstants, *, own: bool = False) -> float:
    """Tokens per second that the estimate says, by the backend and the program that were measured; `own` with what the
    measurements of the very card say."""
    reached = reached_in(observation, constants)
    seconds = seconds_in(observation, reached, constants.terms, layer_ms_in(observation, constants))
    if own:
        seconds /= constants.machines.get(observation.card, NOT_MEASURED).factor
    return observation.work.tokens / (seconds + copied_seconds(observation))


def reached_in(observation: PromptObservation, constants: PrefillConstants) -> Reached:
    """What the card reaches by the backend and the program of the observation."""
    reached = reached_by(observation.gpu, constants)
    backend = constants.backends.get(of_class(observation.gpu.speed_class, observation.backend), 1)
    program = constants.programs.get(observation.runtime)
    if program is None:
        matrices_tflops, attention_tflops = (tflops * backend for tflops in reached[:2])
    else:
        matrices_tflops = reached.matrices_tflops * backend * program.utilization
        attention_tflops = matrices_tflops * program.attention
    return Reached(matrices_tflops, attention_tflops, reached.bandwidth_gb_s)


def layer_ms_in(observation: PromptObservation, constants: PrefillConstants) -> float:
    """Milliseconds that its program takes longer for a layer and micro-batch."""
    program = constants.programs.get(observation.runtime)
    return program.layer_ms if program else 0


def seconds_in(observation: PromptObservation, reached: Reached, terms: PromptTerms, layer_ms: float) -> float:
    """Seconds of its prompt, but for what was copied."""
    return compute_seconds(observation.work, reached, terms) + observation.work.layer_batches * layer_ms / MS_PER_S


def copied_seconds(observation: PromptObservation) -> float:
    """Seconds in which the bus copied what lay in RAM."""
    bus = bus_gb_s(observation.gpu)
    if observation.accounting is None or observation.flags is None or not bus:
        return 0
    tokens, micro_batch = observation.work.tokens, observation.micro_batch
    return copied_gb(observation.accounting.weights, observation.flags, tokens, micro_batch) / bus


def by_card(observations: Iterable[PromptObservation]) -> Mapping[str, list[PromptObservation]]:
    """The observations of each card, in order."""
    cards: dict[str, list[PromptObservation]] = {}
    for observation in observations:
        cards.setdefault(observation.card, []).append(observation)
    return cards
