"""The calculator's answer to a valid question.

A pair and nothing else is answered as on its page; more than that is counted; where nothing can be, the rule of thumb
answers, and the page says that this is approximate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.snapshot import Snapshot
from fit.kv_cache import CacheType
from fit.settings import caution
from fit.several_cards import LAYER_SPLIT, MOST_GAIN, TENSOR_SPLIT
from fitpages import addresses
from fitpages.matching.answers import answer
from fitpages.pages.calculator import by_rule, exact_words
from fitpages.pages.calculator.asked import Asked, asked
from fitpages.pages.calculator.by_rule import RuleTable, rule_table
from fitpages.pages.calculator.exact import Counted, ExactLine, advised, clamped, count, wait
from fitpages.pages.calculator.exact_words import ExactTable, exact_table, is_yes
from fitpages.pages.calculator.expected import ram_note
from fitpages.pages.calculator.pair_levels import PairLevels
from fitpages.pages.common.answer_words import Headline, headline
from fitpages.pages.common.level_table import LevelTable, level_table
from fitpages.site import Link
from fitpages.text import wording


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer. One of the three tables is there: `levels` of a pair, `exact` of more, `rule` where nothing can be
    counted. `pair` leads to the page of the pair where the question is one."""

    headline: Headline
    says_yes: bool
    details: tuple[str, ...]
    levels: LevelTable | None = None
    exact: ExactTable | None = None
    rule: RuleTable | None = None
    notes: tuple[str, ...] = ()
    pair: Link | None = None


def calculate(snapshot: Snapshot, values: dict[str, Any]) -> Result:
    """The answer to the values of a valid form."""
    if _is_pair(values):
        return _pair(snapshot, values)
    question = asked(snapshot, values)
    counted = count(question, values)
    return _counted(question, counted, values) if counted else _by_rule(question, values)


def _is_pair(values: dict[str, Any]) -> bool:
    """Whether the question is what the page of a pair answers, and nothing else."""
    more = ("quant", "context", "cache", "offload")
    return bool(values["model"] and values["gpu"] and values["cards"] == 1 and not any(map(values.get, more)))


def _pair(snapshot: Snapshot, values: dict[str, Any]) -> Result:
    """What the page of the pair says."""
    of_pair = answer(snapshot, snapshot.models[values["model"]], snapshot.gpus[values["gpu"]])
    name = f"{of_pair.model.name} on {of_pair.gpu.name}"
    return Result(
        headline=headline(of_pair),
        says_yes=of_pair.verdict.says_yes,
        details=tuple(_of_ram(values)),
        levels=level_table(PairLevels(snapshot=snapshot, answer=of_pair)),
        pair=Link(name, of_pair.address),
    )


def _of_ram(values: dict[str, Any]) -> Iterator[str]:
    if values.get("ram") or values.get("ram_bandwidth"):
        yield "For the RAM that you named, choose what is to lie in it; with nothing chosen it is two channels of DDR5."


def _counted(question: Asked, counted: Counted, values: dict[str, Any]) -> Result:
    line = advised(counted, question.chosen)
    typed = clamped(counted, question.model_name, values.get("context"))
    notes = (ram_note(counted.question), _or_with_ram(counted, line), wait(counted))
    return Result(
        headline=exact_words.headline(question, counted, line),
        says_yes=line is not None and is_yes(line),
        details=(*_details(question, values), *filter(None, [typed])),
        exact=exact_table(question, counted, line),
        notes=tuple(filter(None, notes)),
        pair=_page_of(question, values),
    )


def _or_with_ram(counted: Counted, line: ExactLine | None) -> str:
    """Where one card does not hold it, and nothing was asked of RAM."""
    question = counted.question
    if line is None or line.runs or question.offload or question.cards > 1 or not question.has_ram:
        return ""
    return "It may run with a part in RAM: choose layers, or experts of a mixture."


def _page_of(question: Asked, values: dict[str, Any]) -> Link | None:
    """The page of the pair, where nothing but a level of it was chosen."""
    more = question.cards > 1 or any(map(values.get, ("context", "cache", "offload")))
    if more or question.is_own_card or question.listed is None:
        return None
    return Link(f"{question.model_name} on {question.gpu_name}", addresses.pair(question.model.slug, question.gpu.slug))


def _by_rule(question: Asked, values: dict[str, Any]) -> Result:
    return Result(
        headline=by_rule.headline(question),
        says_yes=by_rule.says_yes(question),
        details=(_why_by_rule(question, values), *_details(question, values)),
        rule=rule_table(question),
    )


def _why_by_rule(question: Asked, values: dict[str, Any]) -> str:
    """Why nothing is counted, and what is left out with it."""
    more = any(map(values.get, ("context", "cache", "offload")))
    left_out = " Context, cache and a part in RAM are left out: the rule knows none of them." if more else ""
    if question.listed:
        why = f"This is approximate: the tensors of {question.model_name} are not known here, so nothing is counted."
    else:
        why = "This is approximate: to count, choose a model from the list, whose tensors are known."
    return f"{why}{left_out}"


def _details(question: Asked, values: dict[str, Any]) -> Iterator[str]:
    """What bounds the speed, or why there is none, and what a type of cache needs."""
    if question.cards > 1:
        yield _split_over(question.cards, values.get("split") or LAYER_SPLIT)
    if question.is_own_card and question.listed and question.listed.spec.memory:
        yield "What such a card leaves for a model is not known here: as much as is usual for its size is taken."
    if not question.has_bandwidth:
        yield "Give a bandwidth to see the speed it allows."
    if question.model.parameters_per_token is None:
        yield "Its active parameters are not published, so no speed can be derived."
    yield from _caution(question, values)


def _caution(question: Asked, values: dict[str, Any]) -> Iterator[str]:
    """What the type of cache that was chosen needs of the program on a card that is not known to do without."""
    cache_type = CacheType(values.get("cache") or CacheType.F16)
    if question.gpu.vendor in ("", "AMD", "NVIDIA") and (sentence := caution(cache_type)):
        yield sentence


def _split_over(cards: int, split: str) -> str:
    count = wording.sentence(wording.count(cards))
    if split == TENSOR_SPLIT:
        return (
            f"{count} cards hold a part of each layer: their memory adds up, and they read at once. That was measured "
            f"on one pair of cards, so the speed to expect is at most {MOST_GAIN:g} times that of a split by layer: "
            "the most seen there. What fits is counted as for a split by layer, and the ceiling is one card's."
        )
    return (
        f"{count} cards hold the layers between them: their memory adds up, but a token passes through one card after "
        "the other, so speed is that of one."
    )
