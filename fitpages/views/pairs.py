from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from catalog import snapshot as catalog_snapshot
from fitpages import pairings
from fitpages.pages import pair as pair_page
from fitpages.responses import render, respond
from fitpages.views.reading import NoPage, read_only


@read_only
def pair(request: HttpRequest, name: str) -> HttpResponseBase:
    """A model on a GPU; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = pairings.find(snapshot, name)
    if found is None:
        raise NoPage(snapshot)
    if request.path != found.address:
        return HttpResponsePermanentRedirect(found.address)
    return respond(request, snapshot, lambda: render("fitpages/pair.html", pair_page.build(snapshot, found)))
