"""The finder: pairs by model, by machine and by use, filtered, in an order, cut into pages.

Pairs are made only for the page that is shown. Filters of answers are asked of one model or machine, or of the common
ones: never of all pairs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.cards import preference
from fitpages import addresses
from fitpages.matching.answers import Answer, answer
from fitpages.matching.machine_order import in_order
from fitpages.matching.pairs import Pair
from fitpages.matching.popularity import by_popularity, common_machines, common_models
from fitpages.pages.browse.finder_fields import NameField, gpu_field, model_field
from fitpages.pages.browse.pair_table import BY_GPU, BY_MODEL, DIAGONAL, PairTable
from fitpages.pages.common.filters import (
    Facet,
    answer_facets,
    chosen_gpus,
    chosen_models,
    facet,
    gpu_facets,
    is_chosen,
    model_facets,
)
from fitpages.pages.common.page import Page
from fitpages.pages.common.pager import Pager, paginate
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link

PAGE_SIZE = 40
# So many pairs can be asked for their answers in one request; beyond that only the common ones are.
MOST_ASKED = 1000
POPULAR = "popular"
ORDERS = [
    (POPULAR, "Popular first"),
    ("model", "Model, then memory"),
    ("-model", "Model, largest first"),
    ("gpu", "GPU memory, then model"),
    ("-gpu", "GPU memory, most first"),
]


@dataclass(frozen=True, kw_only=True)
class CombinationsPage(Page):
    """What its template shows. `more` are the filters that are folded, open where one of them is set."""

    template: ClassVar[str] = "fitpages/browse/combinations.html"

    opening: str
    ways: tuple[Link, ...]
    model: NameField[PublishedModel]
    gpu: NameField[PublishedGpu]
    facets: tuple[Facet, ...]
    more: tuple[Facet, ...]
    note: str
    lines: tuple[PairLine, ...]
    pager: Pager

    @property
    def is_more_set(self) -> bool:
        return any(facet.value or facet.error for facet in self.more)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the finder: a model, a machine, and filters of either and of answers."""

    model: NameField[PublishedModel]
    gpu: NameField[PublishedGpu]
    of_models: tuple[Facet, ...]
    of_gpus: tuple[Facet, ...]
    of_answers: tuple[Facet, ...]
    order: Facet

    @property
    def asks_answers(self) -> bool:
        return any(facet.value for facet in self.of_answers)


def asked(snapshot: Snapshot, query: Mapping[str, str]) -> Asked:
    """What a query asks; the snapshot has at least one quantization."""
    return Asked(
        model=model_field(query, snapshot, common_models(snapshot)),
        gpu=gpu_field(query, snapshot, common_machines(snapshot)),
        of_models=model_facets(query, snapshot),
        of_gpus=gpu_facets(query, snapshot),
        of_answers=answer_facets(query),
        order=facet(query, "sort", "Order", ORDERS, anything=""),
    )


def chosen_pair(snapshot: Snapshot, query: Mapping[str, str]) -> Pair | None:
    """The pair of the model and the machine that are asked for; None where either is not."""
    if not (query.get("model", "").strip() and query.get("gpu", "").strip()):
        return None
    model, gpu = model_field(query, snapshot, ()).record, gpu_field(query, snapshot, ()).record
    return Pair(model, gpu) if model and gpu else None


def build(snapshot: Snapshot, query: Mapping[str, str]) -> CombinationsPage:
    """The index as the query filters, sorts and cuts it."""
    ask = asked(snapshot, query)
    pairs, note = _pairs(snapshot, ask)
    shown, pager = paginate(pairs, query, addresses.COMBINATIONS, PAGE_SIZE, "combinations")
    all_pairs = len(snapshot.models) * len(snapshot.gpus)
    use, *of_models = ask.of_models
    return CombinationsPage(
        title="All combinations of model and GPU",
        description=(
            f"{all_pairs:,} combinations of {len(snapshot.models)} language models and {len(snapshot.gpus)} GPUs: "
            "whether it runs, at which quantization, with how much context, how fast."
        ),
        heading="All combinations",
        address=addresses.COMBINATIONS,
        crumb="Combinations",
        indexable=not query,
        opening=f"{all_pairs:,} pairs have a page, those that people ask for first. Find yours by name, use or answer.",
        ways=(
            Link("By model", addresses.MODELS, f"{len(snapshot.models)} models, each on every GPU"),
            Link("By GPU", addresses.GPUS, f"{len(snapshot.gpus)} GPUs, each with every model"),
        ),
        model=ask.model,
        gpu=ask.gpu,
        facets=(use, *ask.of_answers, ask.order),
        more=(*of_models, *ask.of_gpus),
        note=note,
        lines=tuple(_line(snapshot, item) for item in shown),
        pager=pager,
    )


def _line(snapshot: Snapshot, item: Pair | Answer) -> PairLine:
    return PairLine(item) if isinstance(item, Answer) else pair_line(snapshot, item.model, item.gpu)


def _pairs(snapshot: Snapshot, ask: Asked) -> tuple[Sequence[Pair | Answer], str]:
    """What passes the filters, in order; and a sentence where not all could be asked."""
    models, gpus = chosen_models(ask.of_models, _models(snapshot, ask)), _gpus(snapshot, ask)
    table = _ordered(models, gpus, ask.order.value)
    if not ask.asks_answers:
        return table, ""
    if len(table) <= MOST_ASKED:
        return [of_pair for of_pair in _answers(snapshot, table) if is_chosen(ask.of_answers, of_pair)], ""
    most_asked = _most_asked(models, gpus, ask.order.value)
    answers = (_asked_often(snapshot, pair) for pair in most_asked)
    note = f"Of the {len(most_asked):,} that people ask for most. Choose a model or a machine to ask of all."
    return [of_pair for of_pair in answers if is_chosen(ask.of_answers, of_pair)], note


def _models(snapshot: Snapshot, ask: Asked) -> Sequence[PublishedModel]:
    return [ask.model.record] if ask.model.record else by_popularity(snapshot)


def _gpus(snapshot: Snapshot, ask: Asked) -> list[PublishedGpu]:
    machines = [ask.gpu.record] if ask.gpu.record else in_order(snapshot)
    return chosen_gpus(snapshot, ask.of_gpus, machines)


def _answers(snapshot: Snapshot, table: PairTable) -> Iterator[Answer]:
    return (answer(snapshot, pair.model, pair.gpu) for pair in table)


def _most_asked(models: Sequence[PublishedModel], gpus: Sequence[PublishedGpu], order: str) -> list[Pair]:
    """Of common models and machines, what is common on both sides first; in the order that is asked for."""
    common = [model for model in models if model.common] or models[:MOST_ASKED]
    machines = [gpu for gpu in gpus if gpu.common] or gpus[:MOST_ASKED]
    pairs = PairTable(common, machines, DIAGONAL)[:MOST_ASKED]
    if order in ("", POPULAR):
        return pairs
    places = {pair: place for place, pair in enumerate(_ordered(list(common), list(machines), order))}
    return sorted(pairs, key=lambda pair: places[pair])


def _asked_often(snapshot: Snapshot, pair: Pair) -> Answer:
    """Answers to common pairs are kept: there are few of them, asked again and again."""
    is_common = pair.model.common and pair.gpu.common
    return (_kept if is_common else answer)(snapshot, pair.model, pair.gpu)


@per_snapshot
def _kept(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer:
    return answer(snapshot, model, gpu)


def _ordered(models: list[PublishedModel], gpus: list[PublishedGpu], order: str) -> PairTable:
    """In the order that is asked for; else as models and machines come."""
    if order in ("", POPULAR):
        return PairTable(models, gpus, DIAGONAL)
    downwards = order.startswith("-")
    by_model = order.endswith("model")
    models.sort(key=lambda model: (model.spec.parameters, model.slug), reverse=downwards and by_model)
    gpus.sort(key=lambda gpu: preference(gpu.spec), reverse=downwards and not by_model)
    return PairTable(models, gpus, BY_MODEL if by_model else BY_GPU)
