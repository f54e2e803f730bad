"""How a machine's page opens: up to three picks as a headline, what RAM adds, a few facts."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fit.offer import offer
from fitpages.matching.picks import MachinePick
from fitpages.matching.prices import rent, to_buy
from fitpages.pages.common import answer_words
from fitpages.pages.common.price_words import price
from fitpages.pages.common.record_facts import Facts
from fitpages.site import Link
from fitpages.text import figures, wording

# What a pick of the headline is said to be for.
FOR = {"All-round": "for most things", "Code": "for code", "Long documents": "for long documents"}
MOST_TITLE, MOST_DESCRIPTION = 60, 155


class HeadlinePart(NamedTuple):
    """A model, and what it is for."""

    model: Link
    rest: str


def headline(picks: Sequence[MachinePick]) -> tuple[HeadlinePart, ...]:
    """The picks for most things, for code and for long documents; one that is for several is said once."""
    by_model: dict[str, list[MachinePick]] = {}
    for pick in picks:
        if pick.name in FOR:
            by_model.setdefault(pick.model.slug, []).append(pick)
    return tuple(_part(of_model) for of_model in by_model.values())


def _part(of_model: Sequence[MachinePick]) -> HeadlinePart:
    first = of_model[0]
    uses = [FOR[pick.name].removeprefix("for ") for pick in of_model]
    return HeadlinePart(Link(first.model.name, first.answer.address), f"for {wording.listed(uses)}")


def nothing_alone(gpu: PublishedGpu, picks: Sequence[MachinePick]) -> str:
    """The headline where nothing common runs on the machine alone."""
    beside = " alone" if any(pick.with_ram for pick in picks) else ""
    leaves = figures.counted_in_prose(offer(gpu.spec).total_bytes)
    return f"Nothing in common use runs in its {leaves}{beside}."


def ram_sentence(picks: Sequence[MachinePick]) -> str:
    """What a part in RAM adds: the better coder, else the largest; "" where nothing is picked with RAM."""
    pick = next((pick for pick in picks if pick.with_ram), None)
    if pick is None or pick.run.ram is None:
        return ""
    beside = f"With {pick.run.ram.gib} GB of RAM beside it"
    at = (
        f"about {figures.expected(pick.run.tokens_s)} tokens per second with {answer_words.in_ram(pick.answer.verdict)}"
    )
    is_coder = pick.use == "code"
    does = "is the better coder, at" if is_coder else "runs too, at"
    return f"{beside} {pick.model.name} {does} {at} of it in RAM."


def slow_sentence(picks: Sequence[MachinePick]) -> str:
    """That the picks are short or slow, where they are."""
    alone = [pick for pick in picks if not pick.with_ram]
    if not alone or any(pick.is_enough for pick in alone):
        return ""
    first = alone[0]
    context, tokens_s = answer_words.context(first.answer), figures.expected(first.run.tokens_s)
    return f"It is the strongest that runs, with {context} of context at about {tokens_s} tokens per second."


def short_facts(snapshot: Snapshot, gpu: PublishedGpu, today: datetime.date) -> Facts:
    """Memory and what is left of it, bandwidth, power, what it costs."""
    kind = f" {gpu.memory_type}" if gpu.memory_type else ""
    left = figures.counted(offer(gpu.spec).total_bytes)
    hourly = rent(snapshot, gpu)
    facts = [
        ("Memory", f"{figures.gibibytes(nameplate_gib(gpu.spec))}{kind}, {left} left for a model"),
        ("Bandwidth", figures.bandwidth(gpu.spec.bandwidth_gb_s)),
        ("Power", figures.power(gpu.power_w)),
        ("Price", price(to_buy(snapshot, gpu), today).sentence),
        ("Rent", ", ".join(price(hourly, today)) if hourly else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def title(gpu: PublishedGpu, parts: Sequence[HeadlinePart]) -> str:
    """The longest that search engines show whole; the machine's name is never cut."""
    names = [part.model.text for part in parts]
    begins = f"What to run on {gpu.name}"
    titles = (f"{begins}: {', '.join(names[:count])}" for count in range(len(names), 0, -1))
    return _first_within(MOST_TITLE, titles) or begins


def description(gpu: PublishedGpu, parts: Sequence[HeadlinePart], counts: Sequence[str]) -> str:
    """The picks, then how many models run, as far as there is room."""
    runs = f"{counts[0]} of {counts[1]} models run on its {figures.counted(offer(gpu.spec).total_bytes)}."
    picked = [f"{part.model.text} {part.rest}" for part in parts]
    texts = (f"{gpu.name}: {', '.join(picked[:count])}. {runs}" for count in range(len(picked), 0, -1))
    return _first_within(MOST_DESCRIPTION, texts) or f"{gpu.name}: {runs}"


def _first_within(most: int, texts: Iterable[str]) -> str:
    return next((text for text in texts if len(text) <= most), "")
