"""What is loaded beside a model: a block of draft layers that runs, and a projector for pictures.

Read off llama.cpp's logs (October 2026); sizes are in bytes.
"""

from bisect import bisect_right

from fit.copies import Copies
from fit.kv_cache import CacheType, layer_bytes
from fit.memory import CONTEXT_STEP, Accounting, Parts
from fit.tensors import draft_layers
from fit.units import MIB
from fit.workload import ONE_SLOT, Workload

# A projector is published at 16 bits.
PROJECTOR_BYTES_PER_PARAMETER = 2
# Its compute buffer for a picture of 1,472 x 1,472 (llama.cpp, pull request 22673).
PROJECTOR_COMPUTE_BYTES = 223 * MIB
# Tokens that a draft proposes at a time, where nobody says.
DRAFTED_TOKENS = 2
DRAFTING = Workload(drafted_tokens=DRAFTED_TOKENS)


def draft_parts(
    accounting: Accounting, context: int, workload: Workload = ONE_SLOT, *, pipeline: bool = False
) -> Parts:
    """What a draft block in the file takes when it runs (--spec-type draft-mtp); nothing where the file has none.

    Its layers have a cache of their own at 16 bits and a second compute buffer, with the copies of a `pipeline`. More
    recurrent states, which lie with the model's layers, are the workload's `drafted_tokens`.
    """
    architecture = accounting.architecture
    drafts = draft_layers(architecture)
    if not drafts:
        return Parts(0, 0, 0)
    cached = sum(layer_bytes(architecture, group, context, CacheType.F16, workload) for group in drafts)
    copies = Copies(architecture, accounting.graphs[CacheType.F16], context, workload)
    return Parts(accounting.weights.draft_bytes, cached, copies.of_cards(2, pipeline=pipeline)[-1])


def projector_parts(tower_parameters: int) -> Parts:
    """What a projector of so many parameters takes in VRAM."""
    return Parts(PROJECTOR_BYTES_PER_PARAMETER * tower_parameters, 0, PROJECTOR_COMPUTE_BYTES)


def longest_context_beside(
    accounting: Accounting, offered_bytes: int, cache_type: CacheType = CacheType.F16, *, projector_bytes: int = 0
) -> int:
    """The most tokens that fit one card beside a draft block that runs, where the file has one, and a projector; a
    multiple of 256 or the model's limit, 0 where not even 256 fit."""
    workload = DRAFTING if accounting.weights.draft_layers else ONE_SLOT
    steps = range(1, -(-accounting.context_limit // CONTEXT_STEP) + 1)

    def taken(step: int) -> int:
        context = min(step * CONTEXT_STEP, accounting.context_limit)
        states = (workload.states - 1) * accounting.caches[cache_type].state_bytes
        return accounting.total(context, cache_type) + states + draft_parts(accounting, context).total_bytes

    fitting = bisect_right(steps, offered_bytes - projector_bytes, key=taken)
    return min(fitting * CONTEXT_STEP, accounting.context_limit)
