"""A model in one line of a machine's page: as it runs alone, or with the RAM that was chosen, or why it does not."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer
from fitpages.matching.beside import Ram, takes_ram
from fitpages.matching.popularity import place
from fitpages.matching.runs import Run, common_answers, run
from fitpages.matching.twins import model_family
from fitpages.pages.common import answer_words
from fitpages.pages.common.pair_line import PairLine
from fitpages.site import Link
from fitpages.text import figures
from fitpages.text.spans import span

# How a line is shown: as what runs, what runs with a part in RAM, what does not.
RUNS, WITH_RAM, NOT = "runs", "with RAM", "not"


class ModelLine(NamedTuple):
    """A model and its answer. `run` is how it runs, None where it does not or nothing is counted."""

    answer: Answer
    run: Run | None

    @property
    def model(self) -> PublishedModel:
        return self.answer.model

    @property
    def shown_as(self) -> str:
        """Under which of the kinds of the list."""
        if self.answer.verdict.kind in (Kind.ON_CARD, Kind.SHORT):
            return RUNS
        return WITH_RAM if self.run else NOT


class Shown(NamedTuple):
    """A line as the page has it. Figures are bare, for the heads of columns have the units; `others` have the same."""

    name: str
    address: str
    size: str
    level: str
    note: str
    takes: str
    longest: str
    tokens_s: str
    span: str
    where: str
    released: str
    others: tuple[Link, ...]


def model_lines(snapshot: Snapshot, gpu: PublishedGpu, ram: Ram | None) -> list[ModelLine]:
    """Of every model, in order of the catalog."""
    beside = ram if takes_ram(gpu) else None
    common = {answered.model.slug: answered for answered in common_answers(snapshot, gpu)}
    answers = (common.get(model.slug) or answer(snapshot, model, gpu) for model in snapshot.models.values())
    return [ModelLine(answered, run(snapshot, answered, beside)) for answered in answers]


def in_families(snapshot: Snapshot, lines: Iterable[ModelLine]) -> list[list[ModelLine]]:
    """Lines of models with the same figures together, the most taken first; the newest of these stand first."""
    families: dict[str, list[ModelLine]] = {}
    places = place(snapshot)
    for line in sorted(lines, key=lambda line: places[line.model.slug]):
        families.setdefault(model_family(snapshot, line.model), []).append(line)
    return sorted(families.values(), key=lambda family: -_day(family[0].model))


def _day(model: PublishedModel) -> int:
    return model.release_date.toordinal() if model.release_date else 0


def shown(snapshot: Snapshot, family: Sequence[ModelLine]) -> Shown:
    """The first of a family, with the others named."""
    first, pair = family[0], PairLine(family[0].answer)
    return Shown(
        name=first.model.name,
        address=first.answer.address,
        size=pair.parameters,
        level=pair.level,
        note=pair.level_note or pair.context_note,
        takes=pair.takes,
        longest=figures.tokens(first.run.longest(snapshot)) if first.run else figures.NOT_SHOWN,
        tokens_s=figures.expected(first.run.tokens_s) if first.run else figures.NOT_SHOWN,
        span=range_of(first.run) if first.run else "",
        where=where(first),
        released=figures.month(first.model.release_date),
        others=tuple(Link(line.model.name, line.answer.address) for line in family[1:]),
    )


def range_of(made: Run) -> str:
    """The range of its speed, or that it was measured."""
    if made.answer.measured and not made.ram:
        return "measured"
    return span(made.estimate.low, made.estimate.high) if made.estimate else ""


def where(line: ModelLine) -> str:
    """Where it lies: "on the card", "8 GiB in RAM"; of what does not run why not."""
    verdict = line.answer.verdict
    if line.shown_as == WITH_RAM:
        return f"{answer_words.in_ram(verdict)} in RAM"
    if line.shown_as == NOT and verdict.kind is Kind.WITH_RAM:
        return f"needs {answer_words.in_ram(verdict)} of RAM"
    return answer_words.kind_words(line.answer)


def passing(snapshot: Snapshot, lines: Iterable[ModelLine], context: int, tokens_s: int) -> Iterator[ModelLine]:
    """Those with so much context and so many tokens per second."""
    for line in lines:
        is_fast = not tokens_s or (line.run and line.run.tokens_s >= tokens_s)
        if is_fast and (not context or (line.run and line.run.longest(snapshot) >= context)):
            yield line
