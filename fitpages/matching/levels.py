"""Which quantizations there are of a model, and how its pages speak of them."""

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit.levels import Levels, levels_of
from fitpages.matching.files import files_by_level
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def levels(snapshot: Snapshot, model: PublishedModel) -> Levels:
    """Its levels; the snapshot has at least one quantization."""
    quants = [quant.spec for quant in snapshot.all_quants]
    return levels_of(model.spec, quants, snapshot.default_quant.spec, files_by_level(snapshot, model))


@per_snapshot
def default_of(snapshot: Snapshot, model: PublishedModel) -> PublishedQuant:
    """The quantization that advice is given for: the popular one, or the level that the model was made in."""
    return snapshot.quant_of[levels(snapshot, model).default.slug]
