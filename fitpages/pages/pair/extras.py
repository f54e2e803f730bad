"""What can be loaded beside a model, and how much more it takes: a projector for pictures, draft layers."""

from collections.abc import Iterator

from catalog.snapshot import PublishedModel, Snapshot
from fit.extras import projector_parts
from fit.model_memory import ModelMemory
from fit.workload import DRAFTED_TOKENS, Projector, Workload
from fitpages.pages.pair.assessed import AssessedPair
from fitpages.per_snapshot import per_snapshot
from fitpages.text import figures

DRAFTING = Workload(drafted_tokens=DRAFTED_TOKENS)


def extras(snapshot: Snapshot, assessed: AssessedPair) -> tuple[str, ...]:
    """A sentence for each, at the quantization that is shown; none where the model has neither or is not counted."""
    if assessed.accounting is None:
        return ()
    return tuple(_extras(snapshot, assessed.model, assessed.verdict.quant.mix))


@per_snapshot
def _extras(_: Snapshot, model: PublishedModel, mix: str) -> tuple[str, ...]:
    memory = model.spec.memory
    return (*_projector(model), *(_draft_layers(memory, mix) if memory else ()))


def _projector(model: PublishedModel) -> Iterator[str]:
    if model.tower_parameters and "image" in model.modalities:
        loaded = Workload(projector=Projector.of_parameters(model.tower_parameters))
        more = figures.counted(projector_parts(loaded).total_bytes)
        yield f"To read pictures takes {more} more: a projector, which is a file of its own (--mmproj)."


def _draft_layers(memory: ModelMemory, mix: str) -> Iterator[str]:
    """Weights, cache, states and a second buffer of the draft layers that a file may hold."""
    alone, drafting = memory.at(mix), memory.with_draft_layers.at(mix)
    if alone is None or drafting is None or not drafting.weights.draft_layers:
        return
    context = alone.reference_context
    more_bytes = drafting.total(context, workload=DRAFTING) - alone.total(context)
    yield (
        f"Draft layers, which guess tokens ahead, take {figures.counted(more_bytes)} more where the file has them and "
        "they are loaded (--spec-type draft-mtp)."
    )
