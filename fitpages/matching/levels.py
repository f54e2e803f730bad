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


@per_snapshot
def or_above(snapshot: Snapshot, model: PublishedModel) -> str:
    """All levels that decide whether a model fits, in words: "Q3_K_M or above", or the only one there is."""
    made = levels(snapshot, model).made
    lowest = snapshot.quant_of[made[-1].slug].name
    return f"{lowest} or above" if len(made) > 1 else lowest


def lowest_or_above(snapshot: Snapshot) -> str:
    """`or_above` of most models: where many of them are spoken of at once."""
    return f"{snapshot.quants[-1].name} or above" if len(snapshot.quants) > 1 else snapshot.quants[-1].name
