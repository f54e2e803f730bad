"""What llama.cpp allocates on each card and in RAM for any flags (read off its breakdowns, commit 0c1e57098).

All sizes are in bytes.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from fit.copies import Copies
from fit.extras import draft_buffers, projector_parts
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType
from fit.memory import Accounting
from fit.parts import Parts
from fit.stack import Stack
from fit.workload import ONE_SLOT, Workload


class Allocation(NamedTuple):
    """What lies on each card, and in RAM. `pipeline`: whether the cards work on several batches at once."""

    cards: tuple[Parts, ...]
    ram: Parts
    pipeline: bool

    @property
    def vram_bytes(self) -> int:
        """On all cards together."""
        return sum(card.total_bytes for card in self.cards)

    @property
    def ram_bytes(self) -> int:
        """Weights, cache and buffers in RAM."""
        return self.ram.total_bytes

    def fits(self, offers: Sequence[int]) -> bool:
        """Whether each card holds what lies on it; `offers` are their bytes."""
        return all(card.total_bytes <= offered for card, offered in zip(self.cards, offers, strict=True))


def allocate(
    accounting: Accounting,
    flags: Flags,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
    *,
    peer_copies: bool = True,
) -> Allocation:
    """What lies where for `context` tokens of all slots together, with all that the workload loads.

    `peer_copies`: whether the cards can copy to each other.
    """
    stack = accounting.stack(context, cache_type, workload)
    first, ends = flags.layers_in_ram(stack.layers), flags.card_ends(stack.layers)
    is_whole = not first and not flags.cpu_moe_layers and not workload.cache_in_ram
    pipeline = peer_copies and is_whole and len(ends) > 1
    copies = accounting.copies(context, cache_type, workload)
    buffers = copies.of_cards(len(ends), pipeline=pipeline)
    if workload.op_offload:
        buffers[0] = max(buffers[0], _for_what_is_in_ram(copies, stack, first, flags.cpu_moe_layers))
    ram_buffer = copies.of_ram(pipeline=pipeline)
    if accounting.runs_drafts(workload):
        drafting, card = accounting.draft_copies(context, workload), bisect_right(ends, stack.layers - 1)
        buffers = list(map(add, buffers, draft_buffers(drafting, len(ends), card, pipeline=pipeline)))
        ram_buffer += drafting.of_ram(pipeline=pipeline)
    cards = tuple(
        _on_card(stack, span, buffer, flags, workload)
        for span, buffer in zip(pairwise([first, *ends]), buffers, strict=True)
    )
    ram = _in_ram(accounting, stack, cards, ram_buffer, has_head=first > stack.layers)
    return Allocation((cards[0].plus(projector_parts(workload)), *cards[1:]), ram, pipeline)


def card_bytes(stack: Stack, copies: Copies, flags: Flags) -> int:
    """What lies on a single card in one slot: of `allocate` the total there, for searches that ask for no more."""
    first, end = flags.layers_in_ram(stack.layers), stack.layers + 1
    needed = _for_what_is_in_ram(copies, stack, first, flags.cpu_moe_layers)
    buffer_bytes = max(needed, copies.plain_bytes)
    return stack.weights_between(first, end, flags.cpu_moe_layers) + stack.cache_between(first, end) + buffer_bytes


def _on_card(stack: Stack, span: tuple[int, int], buffer_bytes: int, flags: Flags, workload: Workload) -> Parts:
    """The layers from one number up to another, the head being the last, and a compute buffer."""
    cache_bytes = 0 if workload.cache_in_ram else stack.cache_between(*span)
    return Parts(stack.weights_between(*span, flags.cpu_moe_layers), cache_bytes, buffer_bytes)


def _for_what_is_in_ram(copies: Copies, stack: Stack, layers: int, expert_layers: int) -> int:
    """What the first card's buffer must hold for the first `layers` in RAM, and for the experts of `expert_layers`."""
    needed = copies.for_layers(layers, stack.matrix_ends[layers]) if layers else 0
    experts_bytes = stack.expert_matrix_ends[min(expert_layers, stack.layers)]
    return max(needed, copies.for_experts(experts_bytes)) if experts_bytes else needed


def _in_ram(
    accounting: Accounting, stack: Stack, cards: tuple[Parts, ...], buffer_bytes: int, *, has_head: bool
) -> Parts:
    """What no card holds, and the token embedding, which is always in RAM: a tied head on a card is a copy of it."""
    weights_bytes = accounting.weights.ram_bytes + stack.weight_ends[-1] - sum(card.weights_bytes for card in cards)
    if has_head and not accounting.weights.has_own_head:
        weights_bytes -= accounting.weights.embedding_bytes
    cache_bytes = stack.cache_ends[-1] - sum(card.cache_bytes for card in cards)
    return Parts(weights_bytes, cache_bytes, buffer_bytes)
