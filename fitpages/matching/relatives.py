"""Models that a reader of one may want instead: its successor, its family, and others of like use and strength."""

from collections.abc import Iterator

from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching.popularity import by_popularity, common_models
from fitpages.matching.strength import strength
from fitpages.matching.twins import model_group
from fitpages.per_snapshot import per_snapshot

MOST_OF_FAMILY, MOST_NEAR = 6, 4
# On the scale of the board that strengths are told on: of two so far apart one wins four games of seven.
NEAR = 50


def successor(snapshot: Snapshot, model: PublishedModel) -> PublishedModel | None:
    """The model that took its place, by the slug of then or of now; None where none is public."""
    slug = model.successor
    return snapshot.models.get(slug) or snapshot.models.get(snapshot.former_model_slugs.get(slug, ""))


@per_snapshot
def family(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """Others of the family, the smallest first: of many the most taken, common ones before all."""
    others = [other for other in by_popularity(snapshot) if other.family == model.family and other is not model]
    return tuple(sorted(others[:MOST_OF_FAMILY], key=lambda other: (other.spec.parameters, other.slug)))


@per_snapshot
def near(snapshot: Snapshot, model: PublishedModel) -> tuple[PublishedModel, ...]:
    """Common models of other families, with a use of this one and about as strong, that no newer one took the place of:
    the nearest in strength first. None where the strength is not known."""
    distances = sorted(_near(snapshot, model), key=lambda pair: (pair[0], pair[1].slug))
    return tuple(other for _, other in distances[:MOST_NEAR])


def _near(snapshot: Snapshot, model: PublishedModel) -> Iterator[tuple[float, PublishedModel]]:
    own = strength(snapshot, model)
    for other in common_models(snapshot) if own else ():
        of_other = strength(snapshot, other)
        if own and of_other and _may_replace(snapshot, model, other) and abs(of_other.value - own.value) <= NEAR:
            yield abs(of_other.value - own.value), other


def _may_replace(snapshot: Snapshot, model: PublishedModel, other: PublishedModel) -> bool:
    is_another = other.family != model.family and other not in model_group(snapshot, model)
    return is_another and bool(set(other.uses) & set(model.uses)) and successor(snapshot, other) is None
