"""The published catalog with drafts in it: what pages would know if these were published, for the desk alone.

Kept inside the public picture that it was made beside, so that it goes with it at the next edit; of several choices of
drafts the last. The public picture knows nothing of it: docs/decisions/what-a-preview-shows.md.
"""

import threading
from typing import NamedTuple

from catalog import snapshot as catalog_snapshot
from catalog.drafts import Drafts
from catalog.patience import within
from catalog.picture import Snapshot

# Where the public snapshot keeps it.
PREVIEW = "_preview"
_lock = threading.Lock()


class Preview(NamedTuple):
    """A picture with the drafts that are in it."""

    drafts: Drafts
    snapshot: Snapshot


def current(drafts: Drafts) -> Snapshot:
    """The picture of now with these drafts in it; without any, the public one itself."""
    public = catalog_snapshot.current()
    if not drafts:
        return public
    with _lock:
        kept: Preview | None = public.__dict__.get(PREVIEW)
        if kept is None or kept.drafts != drafts:
            with within(catalog_snapshot.ANSWER_S):
                kept = Preview(drafts, catalog_snapshot.build(public, drafts))
            public.__dict__[PREVIEW] = kept
    return kept.snapshot
