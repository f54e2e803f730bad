from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from catalog import snapshot as catalog_snapshot
from fitpages import addresses
from fitpages.pages.hubs import gpu as gpu_hub
from fitpages.pages.hubs import model as model_hub
from fitpages.serving.reading import NoPage, read_only
from fitpages.serving.responses import render, respond


@read_only
def model(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A model on every GPU; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = _find(slug, snapshot.models, snapshot.former_model_slugs) if snapshot.quants else None
    if found is None:
        raise NoPage(snapshot)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(addresses.model(found.slug))
    query = request.GET.dict()
    return respond(
        request, snapshot, lambda: render("fitpages/model_hub.html", model_hub.build(snapshot, found, query))
    )


@read_only
def gpu(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A GPU with every model; a former or differently written address leads to the present one."""
    snapshot = catalog_snapshot.current()
    found = _find(slug, snapshot.gpus, snapshot.former_gpu_slugs) if snapshot.quants else None
    if found is None:
        raise NoPage(snapshot)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(addresses.gpu(found.slug))
    query = request.GET.dict()
    return respond(request, snapshot, lambda: render("fitpages/gpu_hub.html", gpu_hub.build(snapshot, found, query)))


def _find(slug: str, records: Mapping[str, Any], former: Mapping[str, str]) -> Any:
    """The record of a slug, however written, or of the slug that replaced it."""
    plain = addresses.as_slug(slug)
    return records.get(plain) or records.get(former.get(plain, ""))
