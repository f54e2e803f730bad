"""The index of all combinations: filtered, sorted, cut into pages; pairs are made only for the page that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, overload

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.cards import preference
from fitpages import addresses
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair
from fitpages.pages.common.filters import (
    Facet,
    answer_facet,
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
from fitpages.site import Link

PAGE_SIZE = 50
# So many pairs can be asked for their answers in one request.
MOST_ASKED = 6000
ORDERS = [
    ("model", "Model, then memory"),
    ("-model", "Model, largest first"),
    ("gpu", "GPU memory, then model"),
    ("-gpu", "GPU memory, most first"),
]


class PairTable(Sequence[Pair]):
    """All pairs of some models and GPUs, in order, each made when it is asked for."""

    def __init__(self, models: Sequence[PublishedModel], gpus: Sequence[PublishedGpu], by_model: bool) -> None:
        self.models, self.gpus, self.by_model = models, gpus, by_model

    def __len__(self) -> int:
        return len(self.models) * len(self.gpus)

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> list[Pair]: ...
    def __getitem__(self, index: int | slice) -> Pair | list[Pair]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = range(len(self))[index]
        if self.by_model:
            model, gpu = divmod(position, len(self.gpus))
        else:
            gpu, model = divmod(position, len(self.models))
        return Pair(self.models[model], self.gpus[gpu])


@dataclass(frozen=True, kw_only=True)
class CombinationsPage(Page):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/browse/combinations.html"

    opening: str
    ways: tuple[Link, ...]
    facets: tuple[Facet, ...]
    lines: tuple[PairLine, ...]
    pager: Pager


def build(snapshot: Snapshot, query: Mapping[str, str]) -> CombinationsPage:
    """The index as the query filters, sorts and cuts it; the snapshot has at least one quantization."""
    of_models, of_gpus = model_facets(query, snapshot), gpu_facets(query, snapshot)
    order = facet(query, "sort", "Order", ORDERS, anything="")
    of_answers = answer_facet(query)
    table = _table(snapshot, of_models, of_gpus, order.value or "model")
    if of_answers.value and len(table) > MOST_ASKED:
        of_answers = replace(of_answers, value="", error=_too_many(len(table)))
    shown, pager = paginate(
        _answered(snapshot, table, of_answers), query, addresses.COMBINATIONS, PAGE_SIZE, "combinations"
    )
    all_pairs = len(snapshot.models) * len(snapshot.gpus)
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
        opening=f"{all_pairs:,} pairs have a page. Narrow them down here, or enter by a model or by a GPU.",
        ways=(
            Link("By model", addresses.MODELS, f"{len(snapshot.models)} models, each on every GPU"),
            Link("By GPU", addresses.GPUS, f"{len(snapshot.gpus)} GPUs, each with every model"),
        ),
        facets=(*of_models, *of_gpus, of_answers, order),
        lines=tuple(pair_line(snapshot, pair.model, pair.gpu) for pair in shown),
        pager=pager,
    )


def _answered(snapshot: Snapshot, table: PairTable, of_answers: Facet) -> Sequence[Pair]:
    """The pairs with the answer that was chosen; all of them, unasked, where none was."""
    if not of_answers.value:
        return table
    return [pair for pair in table if is_chosen(of_answers, answer(snapshot, pair.model, pair.gpu).verdict)]


def _too_many(pairs: int) -> str:
    return f"{pairs:,} combinations are too many to ask. Choose fewer first, {MOST_ASKED:,} at most."


def _table(snapshot: Snapshot, of_models: Sequence[Facet], of_gpus: Sequence[Facet], order: str) -> PairTable:
    models = chosen_models(of_models, snapshot.models_by_size)
    gpus = sorted(chosen_gpus(of_gpus, snapshot.gpus.values()), key=lambda gpu: preference(gpu.spec))
    if order == "-model":
        models.reverse()
    if order == "-gpu":
        gpus.reverse()
    return PairTable(models, gpus, by_model=order.endswith("model"))
