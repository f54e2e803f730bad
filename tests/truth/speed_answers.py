"""The answers to questions about speed: what a page says, for the kind of RAM that is named or for both usual ends."""

from typing import NamedTuple

from fit import speed
from fit.flags import Flags
from fit.prefill import first_token
from fit.ram import GB_S, RamKind
from fit.several_cards import LAYER_SPLIT
from tests.truth.desk import Desk, cache_types
from tests.truth.questions import Ask
from tests.truth.row import NotAnsweredError

# Tokens in the cache where a question names no depth: half of what llama-bench generates from empty.
SHORT = 64
SHORT_PROMPT = 512


class Ends(NamedTuple):
    """What is said for the two usual ends of RAM, where nobody says which there is."""

    low: float
    high: float

    def nearest(self, figure: float) -> float:
        """The figure where it lies between the two, else the end that it is beyond."""
        return min(max(figure, self.low), self.high)


def decode_tokens_s(desk: Desk, ask: Ask) -> float | Ends:
    """Generation at the depth that is asked for, by llama.cpp's own benchmark."""
    accounting, cards, depth, types = desk.accounting(ask), desk.gpus(ask), ask.depth or SHORT, cache_types(ask)
    if ask.ngl is None and not ask.n_cpu_moe:
        split = ask.split or LAYER_SPLIT
        return speed.decode(accounting, cards[0], depth, types, cards=len(cards), split=split).tokens_s
    flags = Flags(ask.ngl, ask.n_cpu_moe or 0)
    if ask.ram:
        pace = GB_S[RamKind(ask.ram)]
        return speed.decode_offloaded(accounting, cards[0], flags, depth, types, ram_gb_s=pace).tokens_s
    return Ends(*(end.tokens_s for end in speed.at_usual_ends(accounting, cards[0], flags, depth, types)))


def prefill_tokens_s(desk: Desk, ask: Ask) -> float:
    """Over a prompt as long as the depth that is asked for; a quantized cache is read as f16 is."""
    prompt, gpu = ask.depth or SHORT_PROMPT, desk.gpus(ask)[0]
    flags = Flags(ask.ngl, ask.n_cpu_moe or 0)
    wait = first_token(desk.accounting(ask), gpu, prompt, flags=flags, workload=desk.workload(ask))
    if wait is None:
        raise NotAnsweredError(f"the arithmetic or the bus of {gpu.slug} is not known")
    return prompt / wait.seconds
