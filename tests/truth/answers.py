"""The answer to each figure that a question can ask for. All come from `fit`; here they are only put together."""

from collections.abc import Callable
from typing import NamedTuple

from fit import kv_cache, placement
from fit.allocation import Allocation, allocate
from fit.extras import draft_layer_parts
from fit.flags import Flags
from fit.kv_cache import CacheProfile
from fit.offer import context_bytes
from fit.tensors import count_parameters, has_output_matrix
from fit.workload import Workload
from tests.truth.desk import Desk, cache_types, offered
from tests.truth.memory_rows import recurrent_bytes
from tests.truth.questions import Ask
from tests.truth.row import NotAnsweredError
from tests.truth.speed_answers import Ends, decode_tokens_s, prefill_tokens_s

# Parts of a cache by what questions call them: what is kept, in which cells. None stands for anything.
PARTS: dict[str, tuple[str | None, str]] = {
    "windowed": (None, "windowed"),
    "ratio-4": ("keys", "ratio 4"),
    "ratio-128": ("keys", "ratio 128"),
    "index": ("index", "ratio 4"),
    "windowed keys": ("keys", "windowed"),
    "windowed values": ("values", "windowed"),
}
WHOLE_WINDOWS, ROUTED_EXPERTS, IN_FILE = "whole windows", "routed experts", "file"


class Answer(NamedTuple):
    """Our figure, or the reason why we have none."""

    ours: float | bool | Ends | None
    reason: str = ""


def answer(desk: Desk, what: str, ask: Ask) -> Answer:
    """What we say to a question."""
    if what not in ANSWERS:
        return Answer(None, f"nobody here answers {what}")
    try:
        return Answer(ANSWERS[what](desk, ask))
    except NotAnsweredError as reason:
        return Answer(None, str(reason))


def _file_bytes(desk: Desk, ask: Ask) -> int:
    if ask.part == ROUTED_EXPERTS:
        return desk.weights(ask).expert_ends[-1]
    file = desk.own_file(ask)
    return ask.file_bytes or (file.size_bytes if file else desk.weights(ask).file_bytes)


def _parameters(desk: Desk, ask: Ask) -> int:
    architecture = desk.architecture(ask)
    if ask.part == IN_FILE and has_output_matrix(architecture) and architecture.tie_embeddings:
        return count_parameters(architecture) + architecture.vocab_size * architecture.hidden_size
    return count_parameters(architecture)


def _bits_per_weight(desk: Desk, ask: Ask) -> float:
    return 8 * _file_bytes(desk, ask) / _parameters(desk, ask)


def _cache_bytes(desk: Desk, ask: Ask) -> int:
    profile, server = _cache_profile(desk, ask), desk.workload(ask, whole_window=ask.part == WHOLE_WINDOWS)
    return profile.size_bytes(_context(ask), server) + _draft_cache_bytes(desk, ask, server)


def _draft_cache_bytes(desk: Desk, ask: Ask, server: Workload) -> int:
    """The cache of draft layers that run."""
    layers = draft_layer_parts(desk.architecture(ask), desk.weights(ask), _context(ask), server) if ask.draft else ()
    return sum(layer.cache_bytes for layer in layers)


def _cache_profile(desk: Desk, ask: Ask) -> CacheProfile:
    """The cache without the states of recurrent layers, or the part of it that is asked for."""
    architecture = desk.architecture(ask)
    parts = kv_cache.cache_parts(architecture, cache_types(ask))
    if ask.part in PARTS:
        kept, where = PARTS[ask.part]
        asked = [part for (name, cells), part in parts.items() if kept in (None, name) and cells == where]
        if len(asked) != 1:
            raise NotAnsweredError(f"the cache of {ask.model} has no part {ask.part}")
        return asked[0]
    profile = kv_cache.cache_profile(architecture, cache_types(ask))
    return profile._replace(state_bytes=0) if not profile.compressed else profile


def _cache_bytes_per_token(desk: Desk, ask: Ask) -> float:
    profile = _cache_profile(desk, ask)
    if ask.part in PARTS:
        return sum(size for _, size in profile.windows)
    return profile.cell_bytes + sum(size / ratio for ratio, size in profile.compressed)


def _recurrent_bytes(desk: Desk, ask: Ask) -> int:
    return desk.workload(ask).states * recurrent_bytes(desk.architecture(ask))


def _weights_vram_bytes(desk: Desk, ask: Ask) -> int:
    return desk.accounting(ask).weights_bytes


def _weights_ram_bytes(desk: Desk, ask: Ask) -> int:
    return desk.weights(ask).ram_bytes


def _allocation(desk: Desk, ask: Ask) -> Allocation:
    """What lies on each card: all of it, or what -ngl and --n-cpu-moe leave there; equal cards share evenly.

    Cards that compute each layer together form no pipeline.
    """
    flags = Flags(ask.ngl, ask.n_cpu_moe or 0, (1,) * max(1, len(ask.cards)))
    pipeline = ask.split != "tensor"
    accounting, server = desk.accounting(ask), desk.workload(ask)
    return allocate(accounting, flags, _context(ask), cache_types(ask), server, peer_copies=pipeline)


def _compute_bytes(desk: Desk, ask: Ask) -> int:
    return sum(card.compute_bytes for card in _allocation(desk, ask).cards)


def _total_vram_bytes(desk: Desk, ask: Ask) -> int:
    contexts = sum(context_bytes(gpu) for gpu in desk.gpus(ask)) if ask.with_context else 0
    return _allocation(desk, ask).vram_bytes + contexts


def _offer_bytes(desk: Desk, ask: Ask) -> int:
    return sum(_offers(desk, ask))


def _offers(desk: Desk, ask: Ask) -> tuple[int, ...]:
    return tuple(offered(gpu, ask) for gpu in desk.gpus(ask))


def _fits(desk: Desk, ask: Ask) -> bool:
    """Whether each card holds its part."""
    return _allocation(desk, ask).fits(_offers(desk, ask))


def _longest_context(desk: Desk, ask: Ask) -> int:
    return desk.accounting(ask).longest_context(_offer_bytes(desk, ask), cache_types(ask), desk.workload(ask))


def _n_cpu_moe(desk: Desk, ask: Ask) -> int:
    accounting, server = desk.accounting(ask), desk.workload(ask)
    offload = placement.experts_in_ram(accounting, _offer_bytes(desk, ask), _context(ask), cache_types(ask), server)
    if offload is None:
        raise NotAnsweredError("no number of layers is enough")
    return offload.flags.cpu_moe_layers


def _bandwidth_gb_s(desk: Desk, ask: Ask) -> float:
    return desk.gpus(ask)[0].bandwidth


def _context(ask: Ask) -> int:
    if ask.context is None:
        raise NotAnsweredError("the question names no context")
    return ask.context


SPEEDS = ("decode_tokens_s", "prefill_tokens_s")
ANSWERS: dict[str, Callable[[Desk, Ask], float | bool | Ends]] = {
    "file_bytes": _file_bytes,
    "parameters": _parameters,
    "bits_per_weight": _bits_per_weight,
    "cache_bytes": _cache_bytes,
    "cache_bytes_per_token": _cache_bytes_per_token,
    "recurrent_bytes": _recurrent_bytes,
    "weights_vram_bytes": _weights_vram_bytes,
    "weights_ram_bytes": _weights_ram_bytes,
    "compute_bytes": _compute_bytes,
    "total_vram_bytes": _total_vram_bytes,
    "offer_bytes": _offer_bytes,
    "fits": _fits,
    "longest_context": _longest_context,
    "n_cpu_moe": _n_cpu_moe,
    "bandwidth_gb_s": _bandwidth_gb_s,
    "decode_tokens_s": decode_tokens_s,
    "prefill_tokens_s": prefill_tokens_s,
}
