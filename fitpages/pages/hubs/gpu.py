"""One GPU with every model."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.offer import offer
from fitpages import addresses
from fitpages.matching.answers import Answer
from fitpages.matching.largest import largest_on_card, on_card
from fitpages.matching.twins import gpu_twins
from fitpages.pages.common import answer_words
from fitpages.pages.common.pair_line import BY_RULE, pair_line
from fitpages.pages.common.record_facts import gpu_facts
from fitpages.pages.hubs.hub import Hub, HubKind, Order, hub_parts, ordered
from fitpages.pages.hubs.lines import Groups, how_many, how_many_run
from fitpages.site import Link
from fitpages.text import figures, wording

KIND = HubKind(
    list_page=Link("Machines", addresses.GPUS),
    address=addresses.gpu,
    of_models=True,
    orders={
        "size": Order("Size", lambda line: (-line.model.spec.parameters, line.model.slug)),
        "speed": Order("Speed", lambda line: (-line.speed, line.model.slug)),
        "name": Order("Name", lambda line: line.model.name.casefold()),
        "released": Order("Newest", lambda line: -(line.model.release_date or datetime.date.min).toordinal()),
    },
)


@dataclass(frozen=True, kw_only=True)
class GpuHub(Hub):
    """What its template shows."""

    template: ClassVar[str] = "fitpages/hubs/gpu.html"


def build(snapshot: Snapshot, gpu: PublishedGpu, query: Mapping[str, str]) -> GpuHub:
    """The hub of `gpu`; the snapshot has at least one quantization."""
    groups = ordered(KIND, (pair_line(snapshot, model, gpu) for model in snapshot.models.values()), query)
    run, models = how_many_run(groups), len(snapshot.models)
    return GpuHub(
        title=f"{gpu.name}: {_some(run)} of {models:,} language models run on it",
        description=_description(snapshot, gpu, groups),
        heading=f"Which models run on {wording.with_article(gpu.name)}?",
        answer=_answer(snapshot, gpu),
        why=(*_largest_dense(snapshot, gpu), how_many(groups, "models")),
        facts=gpu_facts(gpu),
        units=figures.gibibytes_in_gigabytes(nameplate_gib(gpu.spec)),
        twins=gpu_twins(snapshot, gpu, addresses.gpu),
        **hub_parts(snapshot, KIND, gpu, groups, query),
    )


def _some(run: int) -> str:
    return f"{run:,}" if run else "none"


def _description(snapshot: Snapshot, gpu: PublishedGpu, groups: Groups) -> str:
    left, nameplate = figures.counted(offer(gpu.spec).total_bytes), figures.gibibytes(nameplate_gib(gpu.spec))
    of_it = f"{gpu.name}: {left} of its {nameplate} are left for a model. {how_many(groups, 'models')}"
    largest = largest_on_card(snapshot, gpu)
    if largest is None:
        return of_it
    where = answer_words.kind_words(largest)
    return f"{of_it} The largest {where}: {largest.model.name}, {answer_words.short_line(largest)}."


def _answer(snapshot: Snapshot, gpu: PublishedGpu) -> str:
    """The most that it runs alone."""
    card, largest = wording.with_article(gpu.name), largest_on_card(snapshot, gpu)
    if largest is None:
        leaves = f"{wording.sentence(card)} leaves {figures.counted_in_prose(offer(gpu.spec).total_bytes)} for a model"
        return f"{leaves}, and none here runs in that at a level worth recommending."
    size = figures.parameters(largest.model.spec.parameters)
    where = answer_words.kind_words(largest)
    return f"The most that {card} runs {where} is {largest.model.name} ({size} parameters), {_at(largest)}."


def _at(largest: Answer) -> str:
    level = answer_words.level(largest)
    if not largest.verdict.is_counted:
        return f"at {level} {BY_RULE}"
    return f"at {level} with {answer_words.context(largest)} of context: {answer_words.speed_clause(largest)}"


def _largest_dense(snapshot: Snapshot, gpu: PublishedGpu) -> tuple[str, ...]:
    """The largest model that reads all its weights for a token, where that is another."""
    largest = largest_on_card(snapshot, gpu)
    if largest is None or not largest.model.spec.mixture_of_experts:
        return ()
    dense = (other for other in on_card(snapshot, gpu) if not other.model.spec.mixture_of_experts)
    first = next(dense, None)
    if first is None:
        return ()
    size = figures.parameters(first.model.spec.parameters)
    return (f"The largest dense model is {first.model.name} ({size}), {_at(first)}.",)
