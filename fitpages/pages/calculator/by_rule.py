"""The rule of thumb: its columns beside what is counted, and its answer where nothing can be counted."""

from typing import NamedTuple

from fit import rule_of_thumb
from fit.specs import QuantSpec
from fitpages.pages.calculator.asked import Asked
from fitpages.pages.common.answer_words import Headline
from fitpages.text import figures


class RuleColumns(NamedTuple):
    """What it says of a level: need in GB, yes or no, its ceiling; dashes where it has no figure."""

    need: str
    fits: str
    ceiling: str


class RuleRow(NamedTuple):
    """A level."""

    name: str
    columns: RuleColumns
    quality: str


class RuleTable(NamedTuple):
    """The levels that the rule knows."""

    caption: str
    rows: tuple[RuleRow, ...]


def rule_columns(asked: Asked, quant: QuantSpec) -> RuleColumns:
    """On all the cards, whose memory the rule adds up; the ceiling is that of one."""
    if quant.bytes_per_weight is None:
        return RuleColumns(figures.NOT_SHOWN, figures.NOT_SHOWN, figures.NOT_SHOWN)
    fits = rule_of_thumb.fits(asked.model, quant, asked.gpu, asked.cards)
    has_ceiling = fits and asked.has_bandwidth
    return RuleColumns(
        need=figures.bare_gigabytes(rule_of_thumb.need_bytes(asked.model, quant)),
        fits="yes" if fits else "no",
        ceiling=figures.ceiling(rule_of_thumb.ceiling_tokens_s(asked.model, quant, asked.gpu) if has_ceiling else None),
    )


def rule_table(asked: Asked) -> RuleTable:
    """Every level that the rule knows, best quality first."""
    quants = [quant for quant in asked.snapshot.quants if quant.spec.bytes_per_weight is not None]
    usable = figures.memory(rule_of_thumb.usable_bytes(asked.gpu, asked.cards))
    return RuleTable(
        caption=f"{asked.model_name} on {asked.device} by the rule of thumb: {usable} usable, nothing counted",
        rows=tuple(RuleRow(quant.name, rule_columns(asked, quant.spec), quant.quality) for quant in quants),
    )


def says_yes(asked: Asked) -> bool:
    """Whether the level that was chosen fits, or any that is worth recommending."""
    return rule_of_thumb.fits(asked.model, _level(asked), asked.gpu, asked.cards)


def headline(asked: Asked) -> Headline:
    """The answer, which says that it is approximate."""
    quant = _level(asked)
    name = asked.snapshot.quant_of[quant.slug].short_name
    need, usable = figures.memories_apart(
        rule_of_thumb.need_bytes(asked.model, quant), rule_of_thumb.usable_bytes(asked.gpu, asked.cards)
    )
    there_is = f"and {usable} of {asked.offering} {_is(asked)} usable"
    if says_yes(asked):
        return Headline(f"Yes, at {name}, by the rule of thumb:", f"{asked.model_name} needs {need}, {there_is}")
    if asked.chosen:
        return Headline(f"No, not at {name}, by the rule of thumb:", f"{asked.model_name} needs {need}, {there_is}")
    return Headline("No, by the rule of thumb:", f"{asked.model_name} needs {need} even at {name}, {there_is}")


def _is(asked: Asked) -> str:
    return "are" if asked.cards > 1 else "is"


def _level(asked: Asked) -> QuantSpec:
    """The level that was chosen; else the best worth recommending that fits, or the smallest of them."""
    if asked.chosen:
        return asked.chosen.spec
    worthy = [quant for quant in asked.levels.worthy if quant.bytes_per_weight is not None]
    fitting = (quant for quant in worthy if rule_of_thumb.fits(asked.model, quant, asked.gpu, asked.cards))
    return next(fitting, None) or min(worthy, key=lambda quant: quant.rule_bytes_per_weight)
