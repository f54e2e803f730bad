"""What is loaded beside a model: draft layers that run, and a projector for pictures. Sizes are in bytes.

Draft layers are layers of the file like others, the last before the head, and lie where -ngl and -ts put them, their
cache with them. The draft has a graph of its own: the card of its layers has a second compute buffer, and with a
pipeline every card keeps the inputs of that graph as well, which is read off one public log: three cards, buffers of
4.99 GiB in all, that add up only so (tmac1973/llama-toolchest, pull request 180). A projector lies on the first card,
whatever -ts and -mg say (llama.cpp, issues 15061 and 15804), unless --mmproj-device names another.
"""

from itertools import pairwise

from fit.architecture import Architecture
from fit.copies import Copies
from fit.kv_cache import CacheType, layer_bytes
from fit.parts import NOTHING, Parts
from fit.tensors import draft_layers
from fit.weights import Weights
from fit.workload import ONE_SLOT, Workload


def draft_layer_parts(
    architecture: Architecture, weights: Weights, context: int, workload: Workload = ONE_SLOT
) -> list[Parts]:
    """What each draft layer in the file takes without its buffer; nothing where they are not loaded.

    Its cache is at 16 bits, whatever the model's is (--spec-draft-type-k and -v). What draft layers bring besides
    layers is spread over them evenly.
    """
    count, size = weights.draft_layers, weights.draft_bytes
    if not workload.drafted_tokens or not count:
        return [NOTHING] * count
    ends = [size * layer // count for layer in range(count + 1)]
    return [
        Parts(end - start, layer_bytes(architecture, group, context, CacheType.F16, workload), 0)
        for group, (start, end) in zip(draft_layers(architecture), pairwise(ends), strict=True)
    ]


def draft_buffers(copies: Copies, cards: int, card: int, *, pipeline: bool) -> list[int]:
    """The buffers of the draft's graph on each card; its layers lie on the one numbered `card`.

    It is taken to be as large as the model's over a cache at 16 bits, which no log was seen to exceed.
    """
    plain, buffers = copies.plain_bytes, copies.of_cards(cards, pipeline=pipeline)
    return [buffer if index == card else buffer - plain for index, buffer in enumerate(buffers)]


def projector_parts(workload: Workload) -> Parts:
    """What the projector takes on the first card; nothing where none is loaded."""
    projector = workload.projector
    return Parts(projector.file_bytes, 0, projector.compute_bytes) if projector else NOTHING
