"""What a model takes at each of its levels: worked out once, for its own pages and for lists of many."""

from collections.abc import Mapping

from catalog.snapshot import PublishedModel, Snapshot
from fit.needs import Need, bytes_apart, needs
from fit.specs import QuantSpec
from fitpages.matching.files import file_sizes
from fitpages.matching.levels import levels
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def needs_of(snapshot: Snapshot, model: PublishedModel) -> tuple[Need, ...]:
    """What the model needs at each level that is shown always, best quality first."""
    of_model = levels(snapshot, model)
    return needs(model.spec, of_model.always, file_sizes(snapshot, model), of_model.made)


@per_snapshot
def bytes_of_others(snapshot: Snapshot, model: PublishedModel) -> Mapping[QuantSpec, int]:
    """Bytes at the reference context at each level that can be counted and is not in the table of every page."""
    of_model = levels(snapshot, model)
    quants = (*of_model.lower, *of_model.folded)
    counted = zip(quants, bytes_apart(model.spec, quants, file_sizes(snapshot, model)), strict=True)
    return {quant: size for quant, size in counted if size is not None}


@per_snapshot
def default_need(snapshot: Snapshot, model: PublishedModel) -> Need:
    """At the model's default only: lists ask it of many models."""
    (need,) = needs(model.spec, [levels(snapshot, model).default], file_sizes(snapshot, model))
    return need
