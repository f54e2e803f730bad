"""The page of an address that has none: what comes nearest."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from catalog.snapshot import Snapshot
from fitpages import pairings
from fitpages.pages.frame import Link, Page


@dataclass(frozen=True, kw_only=True)
class NotFoundPage(Page):
    """Everything that templates/404.html shows."""

    nearest: tuple[Link, ...]


def build(snapshot: Snapshot | None, path: str) -> NotFoundPage:
    """What to offer instead of `path`, whose last part may name a pair."""
    name = path.rstrip("/").rpartition("/")[2]
    pairs = pairings.nearest_pairs(snapshot, name) if snapshot and name else []
    return NotFoundPage(
        title="Page not found",
        description="There is no page at this address.",
        heading="There is no page at this address",
        canonical="",
        breadcrumbs=(),
        structured_data=SafeString(""),
        indexable=False,
        nearest=tuple(Link(f"{pair.model.name} on {pair.gpu.name}", pair.address) for pair in pairs),
    )
