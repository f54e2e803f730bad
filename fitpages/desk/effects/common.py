"""Which pairs most readers ask for, by what the catalog has: they are compared first."""

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages.per_snapshot import per_snapshot


@per_snapshot
def common_models(snapshot: Snapshot) -> frozenset[str]:
    """Slugs of the models that people are seen to run: of which there is a published file or a repository of such, or
    a measurement."""
    measured = {benchmark.model for benchmark in snapshot.benchmarks if benchmark.model}
    return frozenset(snapshot.models.keys() & {*snapshot.files_of, *snapshot.repositories_of, *measured})


def newest_first(record: PublishedModel | PublishedGpu) -> tuple[int, str]:
    """A place in the order in which pairs are looked at; without a date last."""
    return -record.release_date.toordinal() if record.release_date else 0, record.slug
