"""What advice is for: a context that is of use, with some memory kept free.

What is offered is what was free when somebody looked; a driver, a browser or a longer picture of the screen takes more.
"""

from bisect import bisect_right

from fit.by_context import TOKENS_STEP
from fit.kv_cache import CacheType
from fit.memory import Accounting
from fit.offer import GpuMemory, offer
from fit.units import MIB

# The contexts that advice is given for, in tokens: the longest that fits.
ADVISED_CONTEXTS = (32768, 16384, 8192)
# The best level that leaves so much is advised.
COMFORTABLE_CONTEXT = 16384
# Kept free where a desktop was taken off the offer and on Macs, whose programs share the memory; and elsewhere.
SHARED_MARGIN_MIB, MARGIN_MIB = 512, 256


def advised_bytes(gpu: GpuMemory) -> int:
    """Bytes of a GPU that advice uses: what it offers less what is kept free."""
    offered = offer(gpu)
    margin_mib = SHARED_MARGIN_MIB if offered.with_desktop or gpu.vendor == "Apple" else MARGIN_MIB
    return max(0, offered.total_bytes - margin_mib * MIB)


def contexts_of(native: int) -> tuple[int, ...]:
    """Of the contexts that advice is given for those within the native one, or that itself where it is less."""
    return tuple(context for context in ADVISED_CONTEXTS if context <= native) or (native,)


def longest_advised(accounting: Accounting, available_bytes: int, cache_type: CacheType = CacheType.F16) -> int:
    """The longest context that fits, in whole 1,024 tokens or the model's limit; 0 where not even 1,024 do."""
    limit, beside = accounting.context_limit, accounting.beside[cache_type]
    left = available_bytes - accounting.weights_bytes
    if beside[limit] <= left:
        return limit
    return TOKENS_STEP * bisect_right(range(TOKENS_STEP, limit, TOKENS_STEP), left, key=beside.__getitem__)
