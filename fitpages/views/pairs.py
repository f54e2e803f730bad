from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from catalog import snapshot as catalog_snapshot
from fitpages import pairings
from fitpages.pages import pair as pair_page
from fitpages.responses import render, respond


@require_safe
def pair(request: HttpRequest, name: str) -> HttpResponseBase:
    """A model on a GPU; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = pairings.find(snapshot, name)
    if found is None:
        raise Http404
    if request.path != found.address:
        return HttpResponsePermanentRedirect(found.address)
    return respond(request, snapshot, lambda: render("fitpages/pair.html", pair_page.build(snapshot, found)))
