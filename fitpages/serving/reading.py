"""What every public view is: read only, and without a page where it says so."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from catalog.snapshot import Snapshot

View = Callable[..., HttpResponseBase]


def read_only(view: View) -> View:
    """GET and HEAD; anything else is 405, not a complaint about a missing token."""
    return csrf_exempt(require_safe(view))


class NoPage(Http404):
    """There is no page at this address; what the catalog has instead is in the snapshot that the view saw."""

    def __init__(self, snapshot: Snapshot, *args: Any) -> None:
        super().__init__(*args)
        self.snapshot = snapshot
