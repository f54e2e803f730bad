"""The machine that a page advises for a model: the smallest common card that holds it, as advice counts."""

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.advice import ADVISED_CONTEXTS, advised_bytes
from fit.assessment import fits_by_rule
from fit.needs import Need
from fitpages.matching.answers import candidates
from fitpages.matching.levels import default_of
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def common_cards(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """Common cards with memory of their own that are sold alone, the smallest first, of equals the slowest."""
    return tuple(gpu for gpu in snapshot.common_gpus if not (gpu.spec.unified_memory or gpu.spec.laptop))


@per_snapshot
def advised_card(snapshot: Snapshot, model: PublishedModel) -> PublishedGpu | None:
    """The smallest common card that holds the model at its default with `advised_context`; None where none does."""
    return card_holding(snapshot, model, default_of(snapshot, model), advised_context(model))


def advised_context(model: PublishedModel) -> int:
    """What the card to want leaves, in tokens: the longest that advice is for, or the native one where it is less."""
    return min(ADVISED_CONTEXTS[0], model.spec.native_context or ADVISED_CONTEXTS[0])


def card_holding(snapshot: Snapshot, model: PublishedModel, quant: PublishedQuant, context: int) -> PublishedGpu | None:
    """The smallest common card that holds a level with a context; without tensors the rule of thumb says, which knows
    no context."""
    need = candidates(snapshot, model).need(quant.spec)
    return next((gpu for gpu in common_cards(snapshot) if _holds(gpu, need, context)), None)


def _holds(gpu: PublishedGpu, need: Need, context: int) -> bool:
    if need.accounting is None:
        return fits_by_rule(need, gpu.spec)
    return need.accounting.total(context) <= advised_bytes(gpu.spec)
