"""The wait for the first token: how long a card reads a prompt.

    s = (matrices + experts / mixture_efficiency + attention / attention share) / (utilization x arithmetic per second)
        + hidden_passes x hidden states / bandwidth + micro-batches x linear attention layers x linear_layer_ms
        + what is copied from RAM / bus

Constants are those of the card's class and generation (`fit.prefill_constants`); a card that was measured has its own
factor. One stream, llama.cpp. GB is 10^9 bytes.
"""

from typing import NamedTuple

from fit.bus import bus_gb_s, copied_gb
from fit.decode_time import card_of
from fit.flags import Flags
from fit.machine import NOT_MEASURED, Machine
from fit.memory import Accounting
from fit.per_card import per_card
from fit.prefill_constants import PrefillClass, PrefillConstants, PromptTerms, Span, of_class
from fit.prompt import PromptWork, prompt_work
from fit.specs import GpuSpec
from fit.speed_constants import SpeedConstants, load_constants
from fit.workload import ONE_SLOT, Workload

MS_PER_S = 1000
# From so many models on, a machine's range is that of measured machines; before, that of its class.
MEASURED_MODELS = 2


class Wait(NamedTuple):
    """Seconds until the first token, and where four of five measurements fall.

    It rests on `models` that were measured on this very card, and on `cards` of its class.
    """

    seconds: float
    low: float
    high: float
    cards: int
    models: int


class Reached(NamedTuple):
    """What a card has and reaches: `tflops` of matrices and of attention, and `bandwidth_gb_s`."""

    matrices_tflops: float
    attention_tflops: float
    bandwidth_gb_s: float


def first_token(
    accounting: Accounting,
    gpu: GpuSpec,
    prompt: int,
    *,
    depth: int = 0,
    flags: Flags | None = None,
    workload: Workload = ONE_SLOT,
) -> Wait | None:
    """The wait after a prompt of `prompt` tokens, with `depth` tokens in the cache before.

    None where the card's arithmetic is not known, or its bus where `flags` keep something in RAM.
    """
    copied = _copied_seconds(accounting, gpu, flags, prompt, workload)
    if gpu.compute_tflops is None or copied is None:
        return None
    constants = load_constants()
    card = prompted(gpu, constants)
    work = _work(accounting, prompt, depth, workload)
    seconds = compute_seconds(work, card.reached, constants.prefill.terms) / card.machine.factor + copied
    span = card.mixture if accounting.is_mixture else card.dense
    return Wait(seconds, seconds / span.high, seconds / span.low, card.cards, card.machine.models)


def _work(accounting: Accounting, prompt: int, depth: int, workload: Workload) -> PromptWork:
    if workload is ONE_SLOT and not depth:
        return accounting.prompts[prompt]
    return prompt_work(accounting.stack_work, prompt, depth=depth, micro_batch=workload.computed_tokens)


class Prompted(NamedTuple):
    """What waits for a card have in common: what it reaches, its own factor, its ranges, and the cards of its class."""

    reached: Reached
    machine: Machine
    dense: Span
    mixture: Span
    cards: int


@per_card
def prompted(gpu: GpuSpec, of_speed: SpeedConstants) -> Prompted:
    """Of a card whose arithmetic is known."""
    constants = of_speed.prefill
    machine = constants.machines.get(gpu.slug, NOT_MEASURED)
    dense, mixture = (span_of(gpu.speed_class, machine, constants, mixture=mixture) for mixture in (False, True))
    reached = by_usual_backend(reached_by(gpu, constants), gpu, of_speed)
    return Prompted(reached, machine, dense, mixture, class_of(gpu.speed_class, constants).cards)


def compute_seconds(work: PromptWork, reached: Reached, terms: PromptTerms) -> float:
    """Seconds of a prompt with everything on the card."""
    matrices = work.dense_tflop + work.expert_tflop / terms.mixture_efficiency
    return (
        matrices / reached.matrices_tflops
        + work.attention_tflop / reached.attention_tflops
        + terms.hidden_passes * work.hidden_gb / reached.bandwidth_gb_s
        + work.linear_batches * terms.linear_layer_ms / MS_PER_S
    )


def reached_by(gpu: GpuSpec, constants: PrefillConstants) -> Reached:
    """What a card reaches by its class and generation; what makes a generation faster at matrices does not help
    attention."""
    prefill_class = class_of(gpu.speed_class, constants)
    generation = constants.generations.get(of_class(gpu.speed_class, gpu.chip_architecture), 1)
    tflops = float(gpu.compute_tflops or 0) * prefill_class.utilization
    return Reached(tflops * generation, tflops * prefill_class.attention, gpu.bandwidth)


def by_usual_backend(reached: Reached, gpu: GpuSpec, constants: SpeedConstants) -> Reached:
    """What it reaches by the backend that the speed of generation is for."""
    backend = card_of(gpu, constants).backend
    factor = constants.prefill.backends.get(of_class(gpu.speed_class, backend), 1)
    return reached._replace(
        matrices_tflops=reached.matrices_tflops * factor, attention_tflops=reached.attention_tflops * factor
    )


def class_of(speed_class: str, constants: PrefillConstants) -> PrefillClass:
    """The constants of a class, or those of cards of no known kind."""
    return constants.classes.get(speed_class, constants.other)


def span_of(speed_class: str, machine: Machine, constants: PrefillConstants, *, mixture: bool) -> Span:
    """The range: of measured machines where this is one, else of its class."""
    if machine.models >= MEASURED_MODELS:
        return constants.measured_mixture if mixture else constants.measured_dense
    prefill_class = class_of(speed_class, constants)
    return prefill_class.mixture if mixture else prefill_class.dense


def _copied_seconds(
    accounting: Accounting, gpu: GpuSpec, flags: Flags | None, prompt: int, workload: Workload
) -> float | None:
    """Seconds in which the bus copies what lies in RAM; None where that is not what happens, or how fast is unknown."""
    if workload.cache_in_ram:
        return None
    copied = copied_gb(accounting.weights, flags, prompt, workload.computed_tokens) if flags else 0
    if not copied:
        return 0
    bus = bus_gb_s(gpu)
    return copied / bus if bus and workload.op_offload else None
