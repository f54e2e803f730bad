"""What the calculator says of what it counted: the answer, and a table with the rule of thumb beside it."""

from typing import NamedTuple

from fit.gpu_memory import nameplate_gib
from fitpages.pages.calculator.asked import Asked
from fitpages.pages.calculator.by_rule import RuleColumns, rule_columns
from fitpages.pages.calculator.exact import Counted, ExactLine
from fitpages.pages.calculator.question import Question
from fitpages.pages.common.answer_words import Headline
from fitpages.pages.common.level_table import NOT_MADE
from fitpages.text import figures


class ExactRow(NamedTuple):
    """A level. `line` is None where nobody makes files of the model at it, which `not_counted` says; `is_answer`: the
    answer speaks of it."""

    name: str
    is_answer: bool
    line: ExactLine | None
    not_counted: str
    rule: RuleColumns


class ExactTable(NamedTuple):
    """`context` is what is counted with, `mark` what the row of the answer is called."""

    caption: str
    context: str
    mark: str
    rows: tuple[ExactRow, ...]


def exact_table(asked: Asked, counted: Counted, answer: ExactLine | None) -> ExactTable:
    """Every level that was counted, and those that only the rule speaks of; what is too slow or does not run is not
    marked."""
    question = counted.question
    about = "about " if asked.is_own_card else ""
    units = figures.gibibytes_in_gigabytes(nameplate_gib(asked.gpu))
    return ExactTable(
        caption=(
            f"Counted with {question.context:,} tokens of context and a cache of type {question.cache_type}; "
            f"{about}{question.offered} left for a model. {units}."
        ),
        context=f"{question.context:,}",
        mark="chosen" if asked.chosen else "best",
        rows=tuple(_rows(asked, counted, answer if answer and is_yes(answer) else None)),
    )


def _rows(asked: Asked, counted: Counted, answer: ExactLine | None) -> list[ExactRow]:
    """The native level first, then best quality first."""
    lines = {line.quant.slug: line for line in counted.lines}
    always = asked.levels.always
    order = [always[0].slug, *(quant.slug for quant in asked.snapshot.all_quants)]
    slugs = sorted({*lines, *(quant.slug for quant in always)}, key=order.index)
    quants = (asked.snapshot.quant_of[slug] for slug in slugs)
    rows = [
        ExactRow(
            name=quant.name,
            is_answer=answer is not None and quant is answer.quant,
            line=lines.get(quant.slug),
            not_counted="" if quant.slug in lines else "Not counted.",
            rule=rule_columns(asked, quant.spec),
        )
        for quant in quants
    ]
    return _said_once(rows)


def _said_once(rows: list[ExactRow]) -> list[ExactRow]:
    """Why nothing is counted stands in the first row of those."""
    first = next((place for place, row in enumerate(rows) if row.line is None), None)
    if first is not None:
        rows[first] = rows[first]._replace(not_counted=NOT_MADE)
    return rows


def is_yes(line: ExactLine) -> bool:
    """Whether the answer begins with yes: it runs, and not too slowly to be of use."""
    return line.runs and not line.expected.is_too_slow


def headline(asked: Asked, counted: Counted, line: ExactLine | None) -> Headline:
    """The answer at the context, cache and offload that were asked for."""
    if line is None:
        assert asked.chosen
        rest = f"no files of {asked.model_name} are made at that level"
        return Headline(f"No, not at {asked.chosen.short_name}:", rest)
    if not line.runs:
        return _not(asked, counted, line)
    name, takes = line.quant.short_name, _takes(asked, counted, line)
    in_ram = f" with {line.in_ram} in RAM" if line.in_ram else ""
    if line.expected.is_too_slow:
        return Headline("Not in practice.", f"At {name}{in_ram}{_speed(line)}; {takes}")
    tight = "; less is left than advice keeps free" if line.is_tight else ""
    rest = f"{_speed(line).removeprefix(', ')}; {takes}" if _speed(line) else takes
    return Headline(f"Yes, at {name}{in_ram}:", f"{rest}{tight}")


def _speed(line: ExactLine) -> str:
    """ ", about 38 tokens per second"; nothing where no bandwidth is known."""
    speed = line.expected.tokens_s
    return "" if speed == figures.NOT_SHOWN else f", about {speed} tokens per second"


def _not(asked: Asked, counted: Counted, line: ExactLine) -> Headline:
    """Nothing was asked of RAM: then it may run all the same, with a part there."""
    name, takes = line.quant.short_name, _takes(asked, counted, line)
    no, at = _no(counted.question)
    if asked.chosen:
        return Headline(f"{no}{at} {name}:", takes)
    return Headline(f"{no}.", f"Even at {name} {takes}")


def _no(question: Question) -> tuple[str, str]:
    """The answer, and how the level follows it."""
    if question.offload or not question.has_ram:
        return "No", ", not at"
    return ("Not on the card", " at") if question.cards == 1 else ("Not on these cards", " at")


def _takes(asked: Asked, counted: Counted, line: ExactLine) -> str:
    question = counted.question
    leave = "leave" if question.cards > 1 else "leaves"
    about = "about " if asked.is_own_card else ""
    there_is = f"{asked.offering} {leave} {about}{question.offered}"
    return f"it takes {line.total} with {question.context:,} tokens of context, and {there_is}"
