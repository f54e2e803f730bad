from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from catalog import snapshot as catalog_snapshot
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.pages.browse import combinations as combinations_page
from fitpages.pages.browse import gpus as gpus_list
from fitpages.pages.browse import home as home_page
from fitpages.pages.browse import models as models_list
from fitpages.pages.browse import search as search_page
from fitpages.pages.calculator import page as calculator_page
from fitpages.serving.reading import NoPage, read_only
from fitpages.serving.responses import render, respond


@read_only
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: render("fitpages/home.html", home_page.build(snapshot)))


@read_only
def combinations(request: HttpRequest) -> HttpResponseBase:
    """All combinations; the picker's choice of a model and a GPU leads on to their page."""
    snapshot = _with_quants(catalog_snapshot.current())
    query = request.GET.dict()
    model, gpu = snapshot.models.get(query.get("model", "")), snapshot.gpus.get(query.get("gpu", ""))
    if model and gpu:
        return HttpResponseRedirect(addresses.pair(model.slug, gpu.slug))
    if model:
        return HttpResponseRedirect(addresses.model(model.slug))
    if gpu:
        return HttpResponseRedirect(addresses.gpu(gpu.slug))
    return respond(
        request, snapshot, lambda: render("fitpages/combinations.html", combinations_page.build(snapshot, query))
    )


@read_only
def models(request: HttpRequest) -> HttpResponseBase:
    """All models."""
    snapshot, query = catalog_snapshot.current(), request.GET.dict()
    return respond(request, snapshot, lambda: render("fitpages/models.html", models_list.build(snapshot, query)))


@read_only
def gpus(request: HttpRequest) -> HttpResponseBase:
    """All GPUs."""
    snapshot, query = catalog_snapshot.current(), request.GET.dict()
    return respond(request, snapshot, lambda: render("fitpages/gpus.html", gpus_list.build(snapshot, query)))


@read_only
def calculator(request: HttpRequest) -> HttpResponseBase:
    """The form, and its answer where something was asked."""
    snapshot, query = _with_quants(catalog_snapshot.current()), request.GET.dict()
    return respond(
        request, snapshot, lambda: render("fitpages/calculator.html", calculator_page.build(snapshot, query))
    )


@read_only
def search(request: HttpRequest) -> HttpResponseBase:
    """Models, GPUs and pairs by name."""
    snapshot, query = catalog_snapshot.current(), request.GET.get("q", "")
    return respond(request, snapshot, lambda: render("fitpages/search.html", search_page.build(snapshot, query)))


def _with_quants(snapshot: Snapshot) -> Snapshot:
    """The snapshot, or 404: without a published quantization there is nothing to compute."""
    if not snapshot.quants:
        raise NoPage(snapshot)
    return snapshot
