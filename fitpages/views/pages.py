"""The pages of the site: an address in, a page out."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect

from catalog.slugs import as_slug
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fitpages import addresses
from fitpages.matching import chosen
from fitpages.matching.pairs import find_gone_pair, find_pair
from fitpages.pages import about as about_page
from fitpages.pages import gone as gone_page
from fitpages.pages.accuracy import class_page as accuracy_class_page
from fitpages.pages.accuracy import page as accuracy_page
from fitpages.pages.browse import combinations as combinations_page
from fitpages.pages.browse import gpus as gpus_page
from fitpages.pages.browse import models as models_page
from fitpages.pages.browse import search as search_page
from fitpages.pages.calculator import page as calculator_page
from fitpages.pages.card import page as card_page
from fitpages.pages.changes import page as changes_page
from fitpages.pages.guides import local as local_guide_page
from fitpages.pages.guides import quantization as quantization_guide_page
from fitpages.pages.home import page as home_page
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.model import page as model_page
from fitpages.pages.pair import page as pair_page
from fitpages.serving.page_view import Answer, NoPage, page_view
from fitpages.serving.responses import gone


@page_view
def pair(snapshot: Snapshot, request: HttpRequest, name: str) -> Answer:
    """A model on a GPU; a former or differently written address leads to the present one."""
    pair = find_pair(snapshot, name)
    if pair is None:
        gone_pair = find_gone_pair(snapshot, name)
        if gone_pair:
            return gone(gone_page.of_pair(snapshot, gone_pair))
        raise NoPage(snapshot)
    if request.path != pair.address:
        return HttpResponsePermanentRedirect(pair.address)
    return lambda: pair_page.build(snapshot, pair)


@page_view
def model(snapshot: Snapshot, request: HttpRequest, slug: str) -> Answer:
    """What one needs for a model; a former or differently written address leads to the present one."""
    if as_slug(slug) in snapshot.gone_models:
        return gone(gone_page.of_model(snapshot, as_slug(slug)))
    model = _record(snapshot, slug, snapshot.models, snapshot.former_model_slugs)
    if model.slug != slug:
        return HttpResponsePermanentRedirect(addresses.model(model.slug))
    return lambda: model_page.build(snapshot, model, request.GET.dict())


@page_view
def gpu(snapshot: Snapshot, request: HttpRequest, slug: str) -> Answer:
    """What to run on a GPU; a former or differently written address leads to the present one."""
    if as_slug(slug) in snapshot.gone_gpus:
        return gone(gone_page.of_gpu(snapshot, as_slug(slug)))
    gpu = _record(snapshot, slug, snapshot.gpus, snapshot.former_gpu_slugs)
    if gpu.slug != slug:
        return HttpResponsePermanentRedirect(addresses.gpu(gpu.slug))
    return lambda: card_page.build(snapshot, gpu, request.GET.dict())


@page_view
def home(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """The first page."""
    return lambda: home_page.build(snapshot)


@page_view
def choice(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """Where a form of the first page leads, on this site."""
    return HttpResponseRedirect(chosen.address(snapshot, request.GET.dict()))


@page_view
def combinations(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """The finder; a model and a machine together lead on to their page."""
    query = request.GET.dict()
    pair = combinations_page.chosen_pair(snapshot, query)
    if pair:
        return HttpResponseRedirect(pair.address)
    return lambda: combinations_page.build(snapshot, query)


@page_view
def models(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """All models."""
    return lambda: models_page.build(snapshot, request.GET.dict())


@page_view
def gpus(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """All GPUs."""
    return lambda: gpus_page.build(snapshot, request.GET.dict())


@page_view
def calculator(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """The form, and its answer where something was asked."""
    return lambda: calculator_page.build(snapshot, request.GET.dict())


@page_view
def search(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """Models, GPUs and pairs by name."""
    return lambda: search_page.build(snapshot, request.GET.get("q", ""))


@page_view
def quantization_guide(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """What each quantization needs and loses."""
    return lambda: quantization_guide_page.build(snapshot)


@page_view
def local_guide(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """What each size of memory runs, and what to buy or rent."""
    return lambda: local_guide_page.build(snapshot)


@page_view
def methodology(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """Formulas, constants, errors, sources."""
    return lambda: methodology_page.build(snapshot)


@page_view
def accuracy(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """Estimates against measurements."""
    return lambda: accuracy_page.build(snapshot)


@page_view
def accuracy_of(snapshot: Snapshot, request: HttpRequest, slug: str) -> Answer:
    """Every measurement of a class of cards."""
    name = accuracy_class_page.find_class(snapshot, as_slug(slug))
    if name is None:
        raise NoPage(snapshot)
    if as_slug(slug) != slug:
        return HttpResponsePermanentRedirect(addresses.accuracy_of(as_slug(slug)))
    return lambda: accuracy_class_page.build(snapshot, name, request.GET.dict())


@page_view
def changes(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """What changed in the catalog, all of it or of one subject."""
    return lambda: changes_page.build(snapshot, request.GET.dict())


@page_view
def about(snapshot: Snapshot, request: HttpRequest) -> Answer:
    """Who, how and why."""
    return lambda: about_page.build(snapshot)


Record = TypeVar("Record", PublishedModel, PublishedGpu)


def _record(snapshot: Snapshot, slug: str, records: Mapping[str, Record], former: Mapping[str, str]) -> Record:
    """The record of a slug, however written, or of the slug that replaced it; NoPage where there is none."""
    plain = as_slug(slug)
    record = records.get(plain) or records.get(former.get(plain, ""))
    if record is None:
        raise NoPage(snapshot)
    return record
