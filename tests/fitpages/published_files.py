"""What published files change in the catalog, in the words of the changelog."""

from collections.abc import Iterator
from statistics import median

from catalog.interchange.files import DATA_DIRECTORY
from catalog.snapshot import PublishedModel, Snapshot
from fit.needs import account
from fitpages.matching.files import file_sizes, rows_of_their_own


def words_of_files(snapshot: Snapshot) -> list[str]:
    """How many files and rows there are, and by how much the weights in VRAM changed."""
    models = list(snapshot.models.values())
    changes = {name: change for model in models for name, change in _changes(snapshot, model)}
    worst = max(changes, key=lambda name: abs(changes[name]))
    of_models = {name.partition(" at ")[0] for name in changes}
    own = sum(len(rows_of_their_own(snapshot, model)) for model in models)
    files = (DATA_DIRECTORY / "artifacts.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        f"{len(files)} published files of any label",
        f"{len(changes)} rows of {len(of_models)} models are now counted from one",
        f"change by {median(map(abs, changes.values())):.2%} in the median; worst: {worst}, {changes[worst]:+.1%}",
        f"{own} files whose labels are no level",
    ]


def _changes(snapshot: Snapshot, model: PublishedModel) -> Iterator[tuple[str, float]]:
    """By how much the weights in VRAM changed at each level that is counted from a file, by its name."""
    for slug, size in file_sizes(snapshot, model).items():
        quant = snapshot.quant_of[slug]
        computed, published = account(model.spec, quant.spec), account(model.spec, quant.spec, size)
        if computed and published:
            yield f"{model.name} at {quant.name}", published.weights_bytes / computed.weights_bytes - 1
