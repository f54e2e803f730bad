"""How a model's page opens: what to want for it, in a sentence, and what it takes."""

import datetime
from collections.abc import Sequence

from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching.fits import default_need
from fitpages.matching.ladder import Field, Rung, Step, Way
from fitpages.matching.levels import default_of
from fitpages.pages.common import answer_words
from fitpages.pages.common.answer_words import Headline
from fitpages.pages.common.pair_line import BY_RULE
from fitpages.pages.common.price_words import price
from fitpages.pages.model.ladder import name_of
from fitpages.text import figures, wording

# Which way the headline names, where a computer without a GPU does not do: what most readers would rather have.
ORDER = (Rung.CHEAPEST, Rung.TWO, Rung.RAM, Rung.MAC, Rung.BOX, Rung.RENT)
MOST_TITLE = 60


def headline(field: Field, steps: Sequence[Step], today: datetime.date) -> Headline:
    """The way to have it: no GPU at all where that does, else a card, else what there is."""
    ways = {step.rung: step.way for step in steps if step.way}
    if Rung.NO_GPU in ways:
        return Headline("No graphics card:", f"{_machine(Rung.NO_GPU, ways[Rung.NO_GPU])} {_does(ways[Rung.NO_GPU])}")
    rung = next((rung for rung in ORDER if rung in ways), None)
    if rung is None:
        return Headline("No common machine", f"does it alone, nor two cards {_conditions(field)}")
    way = ways[rung]
    cost = price(way.cost, today, way.cards)
    costs = f", {cost.sentence}" if way.cost else ""
    return Headline(wording.sentence(_machine(rung, way)), f"{_does(way)}{costs}")


def _machine(rung: Rung, way: Way) -> str:
    name = wording.with_article(way.answer.gpu.name)
    if way.cards == 2:
        return f"two {way.answer.gpu.name}"
    return f"{name} with {way.answer.verdict.computer_gib} GB of RAM" if rung is Rung.RAM else name


def _does(way: Way) -> str:
    at, verb = answer_words.level(way.answer), "run" if way.cards == 2 else "runs"
    if not way.answer.verdict.is_counted:
        return f"{verb} it at {at} {BY_RULE}"
    return f"{verb} it at {at} with {answer_words.context(way.answer)}: {answer_words.speed_clause(way.answer)}"


def _conditions(field: Field) -> str:
    wanted = field.wanted
    context = f" with {figures.tokens(wanted.context)} of context" if wanted.context else ""
    speed = f" at {wanted.tokens_s} tokens per second" if wanted.tokens_s else ""
    return f"at {default_of(field.snapshot, field.model).short_name}{context}{speed}"


def why(field: Field, steps: Sequence[Step], counted: str, today: datetime.date) -> tuple[str, ...]:
    """Beside the headline: what it takes, the card where the headline is about none, and how many machines run it."""
    takes = takes_words(field.snapshot, field.model, _which(field.snapshot, field.model))
    ways = {step.rung: step.way for step in steps if step.way}
    card = ways.get(Rung.CHEAPEST) if Rung.NO_GPU in ways else None
    return (f"{takes}.", *((_card(card, today),) if card else ()), counted)


def _card(way: Way, today: datetime.date) -> str:
    cost = f", {price(way.cost, today).sentence}" if way.cost else ""
    name, card = name_of(Rung.CHEAPEST, way).partition(" ")[0].lower(), wording.with_article(way.answer.gpu.name)
    return f"The {name} card, {card}{cost}, {_does(way)}."


def title(snapshot: Snapshot, model: PublishedModel) -> str:
    """With what it takes where that has room."""
    need, level = default_need(snapshot, model), default_of(snapshot, model).short_name
    first = f"{model.name}: what you need to run it"
    whole = f"{first}, {figures.counted(need.exact_bytes or 0)} at {level}"
    return whole if need.exact_bytes is not None and len(whole) <= MOST_TITLE else first


def description(snapshot: Snapshot, model: PublishedModel, opening: Headline, counted: str) -> str:
    """What it takes and the headline; how many machines run it where there is room."""
    need, level = default_need(snapshot, model), default_of(snapshot, model).short_name
    takes = figures.counted(need.exact_bytes) if need.exact_bytes is not None else figures.memory(need.rule_bytes or 0)
    first = f"{model.name} takes {takes} at {level}. {opening.bold} {opening.rest}."
    return f"{first} {counted}" if len(f"{first} {counted}") <= 155 else first


def takes_words(snapshot: Snapshot, model: PublishedModel, which: str = "") -> str:
    """What it takes at its default; `which` says more of that level."""
    need, level = default_need(snapshot, model), f"{default_of(snapshot, model).short_name}{which}"
    size = f"{model.name} ({figures.parameters(model.spec.parameters)})"
    if need.accounting is None:
        return f"{size} needs {figures.memory(need.rule_bytes or 0)} at {level} {BY_RULE}: nothing is counted"
    takes, context = figures.counted(need.accounting.reference_bytes), need.accounting.reference_context
    return f"{size} takes {takes} at {level} with {figures.tokens(context)} of context"


def _which(snapshot: Snapshot, model: PublishedModel) -> str:
    is_native = default_need(snapshot, model).rule_bytes is None
    return f", the {'level that it was made in' if is_native else 'popular default'},"
