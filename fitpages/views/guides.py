from django.http import HttpRequest, HttpResponseBase

from catalog import snapshot as catalog_snapshot
from fitpages.pages import about as about_page
from fitpages.pages.accuracy import page as accuracy_page
from fitpages.pages.guides import local as local_guide_page
from fitpages.pages.guides import quantization as quantization_guide_page
from fitpages.pages.methodology import page as methodology_page
from fitpages.serving.reading import read_only
from fitpages.serving.responses import render, respond


@read_only
def quantization_guide(request: HttpRequest) -> HttpResponseBase:
    """What each quantization needs and loses."""
    snapshot = catalog_snapshot.current()
    return respond(
        request,
        snapshot,
        lambda: render("fitpages/guides/quantization.html", quantization_guide_page.build(snapshot)),
    )


@read_only
def local_guide(request: HttpRequest) -> HttpResponseBase:
    """What each size of memory runs, and what to buy or rent."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: render("fitpages/guides/local.html", local_guide_page.build(snapshot)))


@read_only
def methodology(request: HttpRequest) -> HttpResponseBase:
    """Formulas, constants, errors, sources."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: render("fitpages/methodology.html", methodology_page.build(snapshot)))


@read_only
def accuracy(request: HttpRequest) -> HttpResponseBase:
    """Estimates against measurements."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: render("fitpages/accuracy.html", accuracy_page.build(snapshot)))


@read_only
def about(request: HttpRequest) -> HttpResponseBase:
    """Who, how and why."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: render("fitpages/about.html", about_page.build(snapshot)))
