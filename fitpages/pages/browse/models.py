"""All models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit.needs import Need
from fitpages import addresses
from fitpages.matching.fits import default_need
from fitpages.matching.machines import wanted_card
from fitpages.matching.popularity import place
from fitpages.pages.common.filters import chosen_models, model_facets
from fitpages.pages.common.listing import ListPage, listing
from fitpages.pages.common.record_facts import context_words
from fitpages.pages.common.sorting import Column
from fitpages.site import Link
from fitpages.text import figures

Sorts = Mapping[str, Callable[[PublishedModel], Any]]


@dataclass(frozen=True, kw_only=True)
class ModelRow:
    """One model in the list."""

    name: str
    address: str
    parameters: str
    context: str
    licence: str
    released: str
    takes: str
    takes_note: str
    card: Link | None


@dataclass(frozen=True, kw_only=True)
class ModelsPage(ListPage):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/models.html"

    rows: tuple[ModelRow, ...]


def build(snapshot: Snapshot, query: Mapping[str, str]) -> ModelsPage:
    """The list as the query filters, sorts and cuts it."""
    facets = model_facets(query, snapshot)
    chosen = chosen_models(facets, snapshot.models.values())
    table = listing(chosen, _columns(snapshot.default_quant), _sorts(snapshot), query, addresses.MODELS, "models")
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
        opening="Every model of the catalog with its exact size, those that people run first. Each name leads to what "
        "one needs for it.",
        caption="Models, what each takes with 8K of context, and the smallest common card that holds it with 32K",
        facets=facets,
        heads=table.heads,
        rows=tuple(_row(snapshot, model) for model in table.records),
        pager=table.pager,
    )


def _sorts(snapshot: Snapshot) -> Sorts:
    """The first holds where nothing is asked for: common models, by how many people take them, then the newest."""
    return {
        "popular": lambda model: place(snapshot)[model.slug],
        "name": lambda model: model.name.casefold(),
        "size": lambda model: (model.spec.parameters, model.slug),
        "context": lambda model: (model.extended_context or model.native_context or 0, model.slug),
        "released": lambda model: (model.release_date.toordinal() if model.release_date else 0, model.slug),
    }


def _columns(default: PublishedQuant) -> tuple[Column, ...]:
    return (
        Column("Model", "name"),
        Column("Parameters", "size", is_figure=True),
        Column("Context", "context"),
        Column(f"Takes at {default.name}, GiB", "size", is_figure=True),
        Column("Smallest common card"),
        Column("Licence"),
        Column("Released", "released", is_figure=True),
    )


def _row(snapshot: Snapshot, model: PublishedModel) -> ModelRow:
    need, card = default_need(snapshot, model), wanted_card(snapshot, model)
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
        takes=figures.NOT_SHOWN if need.exact_bytes is None else figures.bare_gibibytes(need.exact_bytes),
        takes_note=_takes_note(snapshot, need),
        card=Link(card.name, addresses.pair(model.slug, card.slug)) if card else None,
    )


def _takes_note(snapshot: Snapshot, need: Need) -> str:
    """The level where that is not the popular one; else nothing."""
    return f"at {snapshot.quant_of[need.quant.slug].name}" if need.rule_bytes is None else ""
