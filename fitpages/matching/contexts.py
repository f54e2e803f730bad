"""The contexts that a reader chooses from, in tokens."""

from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching.answers import candidates

CONTEXTS = (8192, 16384, 32768, 65536, 131072)


def contexts_of(snapshot: Snapshot, model: PublishedModel) -> tuple[int, ...]:
    """Those that the model takes, rope scaling included, else the longest; none where nothing is counted."""
    accounting = candidates(snapshot, model).default.accounting
    if accounting is None:
        return ()
    return tuple(context for context in CONTEXTS if context <= accounting.context_limit) or (accounting.context_limit,)
