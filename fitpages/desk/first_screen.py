"""The first page of the desk: what needs attention, then the tables; and each part of it as a page of its own."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from catalog import snapshot as catalog_snapshot
from catalog.admin.attention.aged import aged
from catalog.admin.attention.drafts import drafts
from catalog.admin.attention.lately import lately
from catalog.admin.attention.missing_facts import missing_facts
from catalog.admin.attention.part import Part, kinds
from catalog.admin.attention.saved_anyway import saved_anyway
from fitpages.desk.attention.files import files
from fitpages.desk.attention.measurements import measurements


def index(request: HttpRequest) -> HttpResponse:
    """The admin's own first page, with what needs attention above the tables."""
    return admin.site.index(request, {"parts": _parts(request)})


def part(request: HttpRequest, name: str) -> HttpResponse:
    """Everything of one part."""
    chosen = {part.name: part for part in _parts(request)}.get(name)
    if chosen is None:
        raise Http404
    # Addresses in templates are the admin's own, though this one is not.
    request.current_app = admin.site.name
    context = {**admin.site.each_context(request), "title": chosen.heading, "part": chosen}
    return TemplateResponse(request, "admin/attention/part.html", context)


def _parts(request: HttpRequest) -> list[Part]:
    """In the order of what there is to do; none for who may look at no record."""
    if not kinds(request):
        return []
    snapshot = catalog_snapshot.current()
    return [
        drafts(request),
        missing_facts(request),
        aged(request),
        saved_anyway(request),
        files(request, snapshot),
        measurements(request, snapshot),
        lately(request),
    ]
