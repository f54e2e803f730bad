"""The best place for a model that does not fit one card: more cards, layers in RAM, experts in RAM.

Each answer is flags and what llama.cpp allocates under exactly these (`fit.allocation`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

from fit.allocation import Allocation, allocate, card_bytes
from fit.extras import draft_buffers, projector_parts
from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType
from fit.memory import Accounting
from fit.workload import ONE_SLOT, Workload

# Cards are filled evenly, in steps of this part of what they offer.
FILLING_STEPS = 64


class Placement(NamedTuple):
    """Flags, and what lies where under them, for a model of so many `layers`, draft layers in the file left out."""

    flags: Flags
    allocation: Allocation
    layers: int
    draft_layers: int

    @property
    def layers_on_cards(self) -> tuple[int, ...]:
        """Whole layers on each card, without draft layers, which are not loaded, and the head."""
        in_file = self.layers + self.draft_layers
        ends = [min(end, self.layers) for end in self.flags.card_ends(in_file)]
        starts = [min(self.flags.layers_in_ram(in_file), self.layers), *ends]
        return tuple(end - start for start, end in zip(starts, ends, strict=False))

    @property
    def ram_bytes(self) -> int:
        """Bytes in RAM."""
        return self.allocation.ram_bytes


def layers_in_ram(
    accounting: Accounting,
    offered: int,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> Placement | None:
    """As many layers on the card as fit, at least one besides the head; None where not even one does."""
    ends, (buffer_bytes,) = _to_pack(accounting, 1, context, cache_type, workload)
    layers = len(ends) - 2
    # So many stay in RAM if what lies there costs the card nothing; more if it does.
    least = max(1, bisect_left(ends, ends[-1] + buffer_bytes - offered))
    tries = (Flags(layers + 1 - in_ram) for in_ram in range(least, layers))
    placement = _first_that_fits(accounting, offered, tries, context, cache_type, workload)
    return placement if placement and any(placement.layers_on_cards) else None


def experts_in_ram(
    accounting: Accounting,
    offered: int,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> Placement | None:
    """Everything on the card but the experts of as few layers as it takes; None if no number of them is enough."""
    ends, total = accounting.weights.expert_ends, accounting.total(context, cache_type, workload)
    if not ends[-1]:
        return None
    counts = range(bisect_left(ends, max(1, total - offered)), len(ends))
    tries = (Flags(cpu_moe_layers=count) for count in counts)
    return _first_that_fits(accounting, offered, tries, context, cache_type, workload)


def _first_that_fits(
    accounting: Accounting,
    offered: int,
    tries: Iterable[Flags],
    context: int,
    cache_type: CacheKind,
    workload: Workload,
) -> Placement | None:
    """The first of these flags under which a single card holds its part; in one slot only that is counted of others."""
    if workload is ONE_SLOT:
        stack, copies = accounting.stack(context, cache_type), accounting.copies(context, cache_type)
        tries = (flags for flags in tries if card_bytes(stack, copies, flags) <= offered)
    placements = (place(accounting, flags, context, cache_type, workload) for flags in tries)
    return next((placement for placement in placements if placement.allocation.fits((offered,))), None)


def split(
    accounting: Accounting,
    offers: Sequence[int],
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
    *,
    peer_copies: bool = True,
) -> Placement | None:
    """The layers over cards that offer these bytes, each filled to the same share of its offer as far as layers go.

    Where the copies of a pipeline do not fit, llama.cpp goes without; None where the layers do not fit even so.
    """
    if not _may_hold(accounting, offers, context, cache_type, workload):
        return None
    for pipeline in (True, False) if peer_copies and len(offers) > 1 and not workload.cache_in_ram else (False,):
        ends, buffers = _to_pack(accounting, len(offers), context, cache_type, workload, pipeline=pipeline)
        counts = _even_counts(ends, offers, buffers)
        if counts:
            flags = Flags(tensor_split=counts)
            return place(accounting, flags, context, cache_type, workload, peer_copies=pipeline)
    return None


def holds(
    accounting: Accounting,
    offers: Sequence[int],
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
) -> bool:
    """Whether `split` finds a place, without looking for the best."""
    if not _may_hold(accounting, offers, context, cache_type, workload):
        return False
    ends, buffers = _to_pack(accounting, len(offers), context, cache_type, workload)
    return _counts(ends, offers, buffers) is not None


def place(
    accounting: Accounting,
    flags: Flags,
    context: int,
    cache_type: CacheKind = CacheType.F16,
    workload: Workload = ONE_SLOT,
    *,
    peer_copies: bool = True,
) -> Placement:
    """What lies where under these flags."""
    allocation = allocate(accounting, flags, context, cache_type, workload, peer_copies=peer_copies)
    return Placement(flags, allocation, len(accounting.weights.layers), accounting.weights.draft_layers)


def _may_hold(
    accounting: Accounting, offers: Sequence[int], context: int, cache_type: CacheKind, workload: Workload
) -> bool:
    """Whether the cards together offer enough, with a buffer on each: quickly told, and most do not."""
    more_buffers = (len(offers) - 1) * accounting.graphs[cache_type].size_bytes(context, workload)
    return accounting.total(context, cache_type, workload) + more_buffers <= sum(offers)


def _to_pack(
    accounting: Accounting,
    cards: int,
    context: int,
    cache_type: CacheKind,
    workload: Workload,
    *,
    pipeline: bool = False,
) -> tuple[tuple[int, ...], list[int]]:
    """Sums of the layers' bytes, and what each card holds besides them: buffers, on the first card a projector.

    Wherever draft layers that run are put, the buffer of their graph goes with the last of them.
    """
    ends = accounting.stack(context, cache_type, workload).total_ends
    held = accounting.copies(context, cache_type, workload).of_cards(cards, pipeline=pipeline)
    held[0] += projector_parts(workload).total_bytes
    if accounting.runs_drafts(workload):
        drafting = accounting.draft_copies(context, workload)
        held = list(map(add, held, draft_buffers(drafting, cards, cards, pipeline=pipeline)))
        buffer_bytes = drafting.graph.size_bytes(context, workload)
        ends = (*ends[:-2], ends[-2] + buffer_bytes, ends[-1] + buffer_bytes)
    return ends, held


def _even_counts(ends: Sequence[int], offers: Sequence[int], buffers: Sequence[int]) -> tuple[int, ...] | None:
    """Layers and head for each card with the smallest share of every offer filled, in steps of 1/64."""
    if _counts(ends, offers, buffers) is None:
        return None
    low, high = 0, FILLING_STEPS
    while high - low > 1:
        middle = (low + high) // 2
        filled = [offered * middle // FILLING_STEPS for offered in offers]
        low, high = (middle, high) if _counts(ends, filled, buffers) is None else (low, middle)
    return _counts(ends, [offered * high // FILLING_STEPS for offered in offers], buffers)


def _counts(ends: Sequence[int], offers: Sequence[int], buffers: Sequence[int]) -> tuple[int, ...] | None:
    """Layers and head for each card, each filled in turn; None where something is left over."""
    counts, first = [], 0
    for offered, buffer_bytes in zip(offers, buffers, strict=True):
        if buffer_bytes > offered:
            return None
        after = bisect_right(ends, ends[first] + offered - buffer_bytes) - 1
        counts.append(after - first)
        first = after
    return tuple(counts) if first == len(ends) - 1 else None
