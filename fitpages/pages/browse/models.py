"""All models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from catalog.snapshot import PublishedModel, Snapshot
from fit import rule_of_thumb
from fitpages import addresses
from fitpages.matching.fits import wanted_card
from fitpages.pages.common.filters import Facet, chosen_models, facet, model_facets
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.record_facts import context_words
from fitpages.pages.common.sorting import ColumnHead, heads
from fitpages.site import Link
from fitpages.text import figures

PAGE_SIZE = 100
SORTS: Mapping[str, Callable[[PublishedModel], Any]] = {
    "name": lambda model: model.name.casefold(),
    "size": lambda model: (model.spec.parameters, model.slug),
    "context": lambda model: (model.extended_context or model.native_context or 0, model.slug),
    "released": lambda model: (model.release_date.toordinal() if model.release_date else 0, model.slug),
}


@dataclass(frozen=True, kw_only=True)
class ModelRow:
    """One model in the list."""

    name: str
    address: str
    parameters: str
    context: str
    licence: str
    released: str
    need: str
    card: Link | None


@dataclass(frozen=True, kw_only=True)
class ModelsPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/models.html"

    opening: str
    caption: str
    facets_address: str
    facets: tuple[Facet, ...]
    heads: tuple[ColumnHead, ...]
    rows: tuple[ModelRow, ...]
    pager: Pager


def build(snapshot: Snapshot, query: Mapping[str, str]) -> ModelsPage:
    """The list as the query filters, sorts and cuts it."""
    facets = model_facets(query, snapshot)
    options = [(sign + key, key) for key in SORTS for sign in ("", "-")]
    sort = facet(query, "sort", "Order", options, anything="name").value or "name"
    models = sorted(chosen_models(facets, snapshot.models.values()), key=SORTS[sort.removeprefix("-")])
    if sort.startswith("-"):
        models.reverse()
    shown, pager = paginate(models, query, addresses.MODELS, PAGE_SIZE, "models")
    default = snapshot.default_quant
    columns = (
        ("Model", "name", False),
        ("Parameters", "size", True),
        ("Context", "context", False),
        (f"Needs at {default.name}", "size", True),
        ("Smallest common card", "", False),
        ("Licence", "", False),
        ("Released", "released", True),
    )
    return ModelsPage(
        title=f"{len(snapshot.models)} language models and the GPUs that run them",
        description=(
            f"{len(snapshot.models)} open language models with exact sizes, context, licence, memory needed and the "
            "smallest common card that holds each."
        ),
        heading="Models",
        address=addresses.MODELS,
        crumb="Models",
        indexable=not query,
        opening="Every model of the catalog with its exact size. Each name leads to the model on every GPU.",
        caption="Models, memory by the rule of thumb",
        facets_address=addresses.MODELS,
        facets=facets,
        heads=heads(columns, query, addresses.MODELS, sort),
        rows=tuple(_row(snapshot, model) for model in shown),
        pager=pager,
    )


def _row(snapshot: Snapshot, model: PublishedModel) -> ModelRow:
    default, card = snapshot.default_quant, wanted_card(snapshot, model)
    size = figures.parameters(model.spec.parameters)
    if model.spec.active_parameters:
        size += f", {figures.parameters(model.spec.active_parameters)} active"
    return ModelRow(
        name=model.name,
        address=addresses.model(model.slug),
        parameters=size,
        context=context_words(model),
        licence=model.licence or figures.NOT_KNOWN,
        released=figures.month(model.release_date),
        need=figures.memory(rule_of_thumb.need_bytes(model.spec, default.spec)),
        card=Link(card.name, addresses.pair(model.slug, card.slug)) if card else None,
    )
