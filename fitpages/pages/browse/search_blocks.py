"""The parts of a page of search results, the best first: each a heading with lines or links."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from catalog.models.uses import Use
from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.advice import COMFORTABLE_CONTEXT
from fit.cards import preference
from fit.gpu_memory import nameplate_gib
from fitpages import addresses
from fitpages.matching.beside import SIZES_GIB, takes_ram
from fitpages.matching.contexts import contexts_of
from fitpages.matching.for_use import LONG, models_for, to_run
from fitpages.matching.machines import wanted_card
from fitpages.matching.popularity import common_machines, common_models
from fitpages.matching.prices import costs_at_most, to_buy
from fitpages.matching.search_results import Results
from fitpages.pages.common.pager import with_query
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.common.price_words import price
from fitpages.per_snapshot import per_snapshot
from fitpages.site import Link
from fitpages.text import figures

# Links of a part that nobody asked for by name.
MOST_LINKS = 12
# So many pairs stand below a model or a machine that was asked for.
MOST_LINES = 7
PAIRS = "The answer to each: the level that is advised, with how much context, what that takes, how fast"
PICKED = f"Picks by use. {PAIRS}"
STRONGEST = f"The pick for it, then the strongest others by our own estimate. {PAIRS}"
FOR = {
    Use.CHAT: "chat",
    Use.CODE: "code",
    Use.REASONING: "reasoning",
    Use.VISION: "pictures",
    Use.AUDIO: "speech and sound",
    Use.LANGUAGES: "many languages",
    Use.TRANSLATION: "translation",
    Use.MEDICINE: "medicine",
    LONG: "long documents",
}


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of the results. `address` is where its heading leads, "" where nowhere; it has lines or links."""

    key: str
    heading: str
    address: str = ""
    note: str = ""
    caption: str = ""
    lines: tuple[PairLine, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether it shows figures in GiB."""
        return bool(self.lines) or self.key == "machines"


def of_results(snapshot: Snapshot, results: Results) -> Iterator[Block]:
    """What was asked comes first; then what follows from it."""
    asked = results.asked
    if results.pairs:
        lines = tuple(pair_line(snapshot, pair.model, pair.gpu) for pair in results.pairs)
        yield Block(key="pairs", heading="Combinations", caption=PAIRS, lines=lines)
    elif asked.use and not results.models:
        yield _on_machine(snapshot, results.gpus[0], asked.use) if results.gpus else _for_use(snapshot, asked.use)
    if results.models:
        links = tuple(_model(snapshot, model, asked.context) for model in results.models)
        yield Block(key="models", heading="Models", links=links)
    if results.gpus:
        links = tuple(_machine(snapshot, gpu, asked.ram) for gpu in results.gpus)
        yield Block(key="machines", heading="Machines", links=links)
    elif asked.price and not results.models:
        yield _under(snapshot, asked.price)
    if not results.pairs and not asked.use:
        yield from _beside(snapshot, results)


def _on_machine(snapshot: Snapshot, gpu: PublishedGpu, use: str) -> Block:
    """What to run for a use on the machine that was named."""
    lines = tuple(PairLine(of_pair) for of_pair in to_run(snapshot, gpu, use))
    heading, note = (
        f"For {FOR[use]} on {gpu.name}",
        "" if lines else f"Nothing in common use for {FOR[use]} runs on it.",
    )
    return Block(key="use", heading=heading, address=addresses.gpu(gpu.slug), note=note, caption=STRONGEST, lines=lines)


def _for_use(snapshot: Snapshot, use: str) -> Block:
    links = tuple(_model(snapshot, model) for model in models_for(snapshot, use)[:MOST_LINKS])
    return Block(
        key="use",
        heading=f"For {FOR[use]}",
        address=with_query(addresses.MODELS, {}, use=use),
        note="Strongest first, by our own estimate." if links else f"The catalog has no model for {FOR[use]}.",
        links=links,
    )


def _under(snapshot: Snapshot, most: int) -> Block:
    """Common machines that cost no more, those with the most memory first."""
    gpus = [gpu for gpu in common_machines(snapshot) if costs_at_most(snapshot, gpu, most)]
    gpus.sort(key=lambda gpu: (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s), reverse=True)
    return Block(
        key="machines",
        heading=f"Machines under ${most:,}",
        address=with_query(addresses.GPUS, {}, price=str(most)),
        note="The most memory first. Prices are the latest that the catalog has." if gpus else "None has such a price.",
        links=tuple(_machine(snapshot, gpu) for gpu in gpus[:MOST_LINKS]),
    )


def _beside(snapshot: Snapshot, results: Results) -> Iterator[Block]:
    """The answers of the first of each: a model on machines that people have, what to run on a machine."""
    if results.models:
        model = results.models[0]
        lines = tuple(pair_line(snapshot, model, gpu) for gpu in _examples(snapshot))
        yield Block(key="model-on", heading=f"{model.name} on common machines", caption=PAIRS, lines=lines)
    elif results.gpus:
        gpu = results.gpus[0]
        lines = tuple(PairLine(of_pair) for of_pair in to_run(snapshot, gpu, ""))
        yield Block(key="runs", heading=f"What to run on {gpu.name}", caption=PICKED, lines=lines)


@per_snapshot
def _examples(snapshot: Snapshot) -> tuple[PublishedGpu, ...]:
    """One machine of each memory class, the smallest first; common ones where none is an example."""
    examples = [gpu for gpu in snapshot.gpus.values() if gpu.class_example] or common_machines(snapshot)[:MOST_LINES]
    return tuple(sorted(examples, key=lambda gpu: preference(gpu.spec)))


def _model(snapshot: Snapshot, model: PublishedModel, context: int | None = None) -> Link:
    """Its size, and the smallest common card that holds it; with the context that was asked for on its page."""
    address = with_query(addresses.model(model.slug), {}, context=_choice(snapshot, model, context))
    card = wanted_card(snapshot, model)
    size = figures.parameters(model.spec.parameters)
    return Link(model.name, address, f"{size}, for {card.name}" if card else size)


def _choice(snapshot: Snapshot, model: PublishedModel, context: int | None) -> str:
    """The next longer context that a model's page offers; "" where that is what it has by itself, or there is none."""
    offered = contexts_of(snapshot, model)
    tokens = next((tokens for tokens in offered if context and tokens >= context), None)
    return "" if tokens is None or tokens == min(COMFORTABLE_CONTEXT, offered[-1]) else str(tokens)


def _machine(snapshot: Snapshot, gpu: PublishedGpu, ram: int | None = None) -> Link:
    """Its memory, and what it costs where that is known; with the RAM that was asked for beside it."""
    cost, memory = to_buy(snapshot, gpu), figures.gibibytes(nameplate_gib(gpu.spec))
    note = f"{memory}, {price(cost, timezone.localdate()).sentence}" if cost else memory
    beside = str(ram) if ram in SIZES_GIB and takes_ram(gpu) else ""
    return Link(gpu.name, with_query(addresses.gpu(gpu.slug), {}, ram=beside), note)


@per_snapshot
def names_to_choose(snapshot: Snapshot) -> tuple[str, ...]:
    """What the search box offers while one types: common models and machines."""
    models = (model.name for model in common_models(snapshot))
    return *models, *(gpu.name for gpu in common_machines(snapshot))
