from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from catalog import snapshot as catalog_snapshot
from fitpages.matching.pairs import find
from fitpages.pages.pair import page as pair_page
from fitpages.serving.reading import NoPage, read_only
from fitpages.serving.responses import render, respond


@read_only
def pair(request: HttpRequest, name: str) -> HttpResponseBase:
    """A model on a GPU; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = find(snapshot, name)
    if found is None:
        raise NoPage(snapshot)
    if request.path != found.address:
        return HttpResponsePermanentRedirect(found.address)
    return respond(request, snapshot, lambda: render("fitpages/pair.html", pair_page.build(snapshot, found)))
