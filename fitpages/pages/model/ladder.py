"""The ladder of a model's page: each way to run it in a row, or why there is none."""

import datetime
import math
from typing import NamedTuple

from catalog.snapshot import PublishedGpu
from fit.advice import advised_bytes
from fit.energy import most_kwh
from fit.rule_of_thumb import usable_bytes
from fit.verdict import LEAST_TOKENS_S
from fitpages.matching.answers import candidates
from fitpages.matching.ladder import Field, Rung, Step, Way, cards, machines_of
from fitpages.pages.common import answer_words
from fitpages.pages.common.pair_line import BY_RULE
from fitpages.pages.common.price_words import PriceShown, price
from fitpages.site import Link
from fitpages.text import figures, wording
from fitpages.text.spans import span

NAMES = {
    Rung.CHEAPEST: "Cheapest single card",
    Rung.FASTEST: "Fastest single card",
    Rung.TWO: "Two cards",
    Rung.MAC: "Mac",
    Rung.BOX: "Small box",
    Rung.RAM: "A card with RAM",
    Rung.NO_GPU: "No GPU",
    Rung.RENT: "Rent",
}
ONES = {
    Rung.TWO: "two cards",
    Rung.MAC: "common Mac",
    Rung.BOX: "common small box",
    Rung.NO_GPU: "computer without a GPU",
    Rung.RENT: "common machine with a price for an hour",
}


class RungShown(NamedTuple):
    """A row: of a way there is everything but `why_not`, which stands alone where there is no way."""

    name: str
    machine: Link | None = None
    level: str = ""
    context: str = ""
    tokens_s: str = ""
    speed_note: str = ""
    price: PriceShown | None = None
    power: str = ""
    energy: str = ""
    why_not: str = ""

    @property
    def is_energy_known(self) -> bool:
        return self.energy != figures.NOT_KNOWN


def rungs(field: Field, steps: tuple[Step, ...], today: datetime.date) -> tuple[RungShown, ...]:
    """Each step in words."""
    return tuple(_way(field, step, step.way, today) if step.way else _none(field, step) for step in steps)


def _way(field: Field, step: Step, way: Way, today: datetime.date) -> RungShown:
    answered = way.answer
    by_rule = "" if answered.verdict.is_counted else f" {BY_RULE}"
    return RungShown(
        name=name_of(step.rung, way),
        machine=Link(f"{'2 × ' * (way.cards == 2)}{answered.gpu.name}", answered.address, beside(step.rung, way)),
        level=f"{answered.quant.short_name}{by_rule}",
        context=figures.tokens(answered.verdict.context) if answered.verdict.is_counted else figures.NOT_SHOWN,
        tokens_s=answer_words.tokens_s(answered) if answered.tokens_s else figures.NOT_KNOWN,
        speed_note=speed_note(way),
        price=price(way.cost, today, way.cards),
        power=figures.power((answered.gpu.power_w or 0) * way.cards),
        energy=energy(way),
    )


def name_of(rung: Rung, way: Way) -> str:
    """Where no price is known nothing is called the cheapest."""
    return "Smallest single card" if rung is Rung.CHEAPEST and way.cost is None else NAMES[rung]


def beside(rung: Rung, way: Way) -> str:
    """What stands before or after the name of the machine."""
    if rung is Rung.TWO:
        return "layers split between the two"
    verdict = way.answer.verdict
    if rung is Rung.RAM and verdict.computer_gib:
        return f"and {answer_words.in_ram(verdict)} in RAM: {verdict.computer_gib} GiB of DDR5"
    return ""


def speed_note(way: Way) -> str:
    """The range beside the speed, or that it was measured."""
    estimate = way.answer.verdict.speed
    if way.answer.measured:
        return "measured"
    return span(estimate.low, estimate.high) if estimate else ""


def energy(way: Way) -> str:
    """At most so many kWh for a million tokens, rounded up: 3.3. Not known where power or speed is not."""
    power_w, estimate = (way.answer.gpu.power_w or 0) * way.cards, way.answer.verdict.speed
    tokens_s = way.tokens_s if way.answer.measured or estimate is None else estimate.low
    if not power_w or not tokens_s:
        return figures.NOT_KNOWN
    tenths = math.ceil(most_kwh(power_w, tokens_s) * 10)
    return f"{tenths // 10}.{tenths % 10}" if tenths < 100 else f"{math.ceil(tenths / 10):,}"


def _none(field: Field, step: Step) -> RungShown:
    return RungShown(name=NAMES[step.rung], why_not=why_not(field, step))


def why_not(field: Field, step: Step) -> str:
    """Why a rung leads nowhere, without its full stop."""
    if step.is_idle:
        return _idle(field)
    if not candidates(field.snapshot, field.model).is_counted and step.rung in (Rung.FASTEST, Rung.TWO, Rung.RAM):
        return "Nothing is counted for this model, so no speed is known, nor what lies where"
    if step.slow:
        return f"Too slow: the fastest, {_named(step.slow)}, makes {answer_words.speed_clause(step.slow.answer)}"
    if step.rung is Rung.RAM:
        return "None is of use: it takes more than 256 GiB of RAM, or makes less than 5 tokens per second"
    return _too_large(field, step.rung)


def _idle(field: Field) -> str:
    if all(gpu.slug in field.alone for gpu in cards(field.snapshot)):
        return "Not needed: every common card does it alone"
    return "Not needed: no card with RAM costs less than one that does it alone"


def _named(way: Way) -> str:
    return f"two {way.answer.gpu.name}" if way.cards == 2 else wording.with_article(way.answer.gpu.name)


def _too_large(field: Field, rung: Rung) -> str:
    """What it takes, and what the largest of the kind leaves."""
    asked, kind = candidates(field.snapshot, field.model), ONES.get(rung, "common card")
    leaves = _leaves if asked.is_counted else _leaves_by_rule
    largest = max(machines_of(field.snapshot, rung), key=leaves, default=None)
    if largest is None:
        return f"There is no {kind} here"
    count, need = 2 if rung is Rung.TWO else 1, asked.default
    who = f"two {largest.name}, the largest, leave" if count == 2 else f"the largest {kind}, {largest.name}, leaves"
    if need.accounting is None:
        need_text, left_text = figures.memories_apart(need.rule_bytes or 0, leaves(largest))
        return f"It needs {need_text} {BY_RULE}: {who} {left_text}"
    takes, left = need.accounting.total(field.wanted.context), count * leaves(largest)
    if takes <= left:
        return f"Too slow: {largest.name} holds it and makes less than {LEAST_TOKENS_S} tokens per second"
    need_text, left_text = figures.counted_apart(takes, left)
    return f"It takes {need_text}: {who} {left_text}"


def _leaves(gpu: PublishedGpu) -> int:
    return advised_bytes(gpu.spec)


def _leaves_by_rule(gpu: PublishedGpu) -> int:
    return int(usable_bytes(gpu.spec))
