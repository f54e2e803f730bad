"""Which pages of pairs search engines are told of. One gate, for the robots tag and the sitemaps."""

from collections.abc import Iterator

from catalog.snapshot import PublishedModel, Snapshot
from fit import rule_of_thumb
from fit.specs import QuantSpec
from fitpages.matching.pairs import Pair
from fitpages.per_snapshot import per_snapshot

# Beyond this, a page only says no: nobody looks for a model that needs five times the card.
MOST_TIMES_USABLE = 4


def worth_indexing(snapshot: Snapshot, pair: Pair) -> bool:
    """Whether the pair has complete specs and sources, and a need at the smallest quantization within four times
    the usable memory."""
    if not (is_complete(pair.model) and pair.gpu.sources):
        return False
    need = rule_of_thumb.need_bytes(pair.model.spec, smallest_quant(snapshot))
    return need <= MOST_TIMES_USABLE * rule_of_thumb.usable_bytes(pair.gpu.spec)


def indexable_pairs(snapshot: Snapshot) -> Iterator[Pair]:
    """Every pair that passes the gate, one after the other."""
    if not snapshot.quants:
        return
    for model in snapshot.models.values():
        for gpu in snapshot.gpus.values():
            pair = Pair(model, gpu)
            if worth_indexing(snapshot, pair):
                yield pair


@per_snapshot
def smallest_quant(snapshot: Snapshot) -> QuantSpec:
    """The quantization that needs the least memory."""
    return min((quant.spec for quant in snapshot.quants), key=lambda spec: spec.rule_bytes_per_weight)


def is_complete(model: PublishedModel) -> bool:
    """A model whose size, active part, context, architecture and sources are all known."""
    knows_active = model.spec.parameters_per_token is not None
    return bool(knows_active and model.native_context and model.architecture_digest and model.sources)
