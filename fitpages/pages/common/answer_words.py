"""The answer to a pair in words: as a headline, as a title, as the parts of a line in a list."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fit.kv_cache import CacheType
from fit.verdict import Kind, Verdict
from fitpages.matching.answers import Answer
from fitpages.text import figures, wording
from fitpages.text.spans import span

# What a list calls each kind; memory that is shared is no card's.
KINDS = {
    Kind.ON_CARD: "on the card",
    Kind.WITH_RAM: "with RAM",
    Kind.SHORT: "short",
    Kind.NOT_IN_PRACTICE: "not in practice",
    Kind.NO: "no",
}
IN_MEMORY = "in memory"
# The kinds as names of classes and anchors.
KEYS = {kind: kind.value.replace("on the", "on").replace(" ", "-").lower() for kind in Kind}


class Headline(NamedTuple):
    """The answer as a sentence: its bold clause, the rest, and the range of the speed."""

    bold: str
    rest: str
    span: str = ""


def headline(answer: Answer) -> Headline:
    """The largest thing on the page of the pair."""
    return _HEADLINES[answer.verdict.kind](answer)


def kind_words(answer: Answer) -> str:
    """The kind as lists name it."""
    on_card = answer.verdict.kind is Kind.ON_CARD
    return IN_MEMORY if on_card and answer.gpu.spec.unified_memory else KINDS[answer.verdict.kind]


def level(answer: Answer) -> str:
    """The level spoken of; a dash where the answer is no."""
    return figures.NOT_SHOWN if answer.verdict.kind is Kind.NO else answer.quant.short_name


def context(answer: Answer) -> str:
    """The context spoken for: "32K"; a dash where nothing runs or none is counted."""
    verdict = answer.verdict
    return figures.tokens(verdict.context) if verdict.context and verdict.kind is not Kind.NO else figures.NOT_SHOWN


def takes(answer: Answer) -> str:
    """What it takes with that context, RAM included, in GiB; a dash where nothing is counted."""
    return figures.counted(answer.verdict.takes_bytes) if answer.verdict.is_counted else figures.NOT_SHOWN


def tokens_s(answer: Answer) -> str:
    """Tokens per second with that context; a dash where none is known."""
    return figures.NOT_SHOWN if answer.tokens_s is None else figures.expected(answer.tokens_s)


def in_ram(verdict: Verdict) -> str:
    """What lies in RAM: "37 GiB", whole GiB from 10 on."""
    return figures.counted_in_prose(verdict.offload.ram_bytes) if verdict.offload else ""


def short_line(answer: Answer) -> str:
    """In a list of links: "Q6_K, 32K · 73 tokens/s"."""
    kind = answer.verdict.kind
    if kind is Kind.NO:
        return KINDS[kind]
    speed = f" · {tokens_s(answer)} tokens/s" if answer.tokens_s else ""
    return f"{_short(answer)}{speed}"


def _short(answer: Answer) -> str:
    verdict, at = answer.verdict, f"{level(answer)}, {context(answer)}"
    if verdict.kind is Kind.ON_CARD:
        return at if verdict.is_counted else f"{level(answer)} by the rule of thumb"
    if verdict.kind is Kind.WITH_RAM:
        return f"{at}, {in_ram(verdict)} in RAM"
    return f"{KINDS[verdict.kind]}: {at}"


def title(answer: Answer) -> str:
    """The title of the pair's page, which carries the answer."""
    return f"{answer.model.name} on {answer.gpu.name}: {_title(answer)}"


def _title(answer: Answer) -> str:
    verdict = answer.verdict
    if verdict.kind is Kind.NO:
        return f"no, it takes {takes(answer)}" if verdict.is_counted else "no"
    first, speed = _TITLES[verdict.kind](answer), f", {tokens_s(answer)} tokens/s" if answer.tokens_s else ""
    says_context = verdict.kind in (Kind.ON_CARD, Kind.SHORT) or not speed
    return f"{first}{speed}" if says_context else f"{first}{speed} at {context(answer)}"


def _at(answer: Answer) -> str:
    at = f" at {context(answer)}" if answer.verdict.context else " by the rule of thumb"
    return f"{level(answer)}{at}"


_TITLES: Mapping[Kind, Callable[[Answer], str]] = {
    Kind.ON_CARD: lambda answer: f"yes, {_at(answer)}",
    Kind.WITH_RAM: lambda answer: f"yes, {in_ram(answer.verdict)} in RAM",
    Kind.SHORT: lambda answer: f"short, {_at(answer)}",
    Kind.NOT_IN_PRACTICE: lambda _: "not in practice",
}


def description(answer: Answer) -> str:
    """Under the title in a list of search results: the answer, and what it takes of what there is."""
    return f"{answer.model.name} on {answer.gpu.name}: {_description(answer)}."


def _description(answer: Answer) -> str:
    verdict = answer.verdict
    if not verdict.is_counted or verdict.kind is Kind.NO:
        bold, rest, _ = headline(answer)
        return f"{bold[0].lower()}{bold[1:]} {rest}"
    at, speed = f"{level(answer)} {_with(answer)}", speed_clause(answer)
    if verdict.kind is Kind.WITH_RAM:
        return f"yes, with {in_ram(verdict)} in RAM, {speed} at {at}"
    if verdict.kind is Kind.NOT_IN_PRACTICE:
        return f"not in practice, {speed} at {at}{_beside(verdict)}"
    begins = "yes" if verdict.kind is Kind.ON_CARD else "short"
    takes_of = f"It takes {takes(answer)} of {figures.counted(answer.gpu.spec.offer.total_bytes)}"
    return f"{begins}, at {at}, {speed}. {takes_of}"


def _beside(verdict: Verdict) -> str:
    return f", {in_ram(verdict)} of it in RAM" if verdict.offload else ""


def speed_clause(answer: Answer) -> str:
    """ "about 73 tokens per second", or "54 tokens per second, measured"."""
    text = tokens_s(answer)
    noun = "token" if text == "1" else "tokens"
    return f"{text} {noun} per second, measured" if answer.measured else f"about {text} {noun} per second"


def _span(answer: Answer) -> str:
    estimate = answer.verdict.speed
    return "" if answer.measured or estimate is None else span(estimate.low, estimate.high)


def _with(answer: Answer) -> str:
    """ "with 8K of context", and a quantized cache where the answer rests on one."""
    cache = " and a q8_0 cache" if answer.verdict.cache_type is CacheType.Q8_0 else ""
    return f"with {context(answer)} of context{cache}"


def _on_card(answer: Answer) -> Headline:
    verdict = answer.verdict
    if not verdict.is_counted:
        need, usable = figures.memories_apart(verdict.takes_bytes, verdict.available_bytes)
        rest = f"it needs {need} of {usable} usable. Its tensors are not known here, so nothing is counted"
        return Headline(f"Yes, at {level(answer)}, by the rule of thumb:", rest)
    return Headline(f"Yes, at {level(answer)} {_with(answer)}:", speed_clause(answer), _span(answer))


def _with_ram(answer: Answer) -> Headline:
    rest = f"{speed_clause(answer)} at {level(answer)} {_with(answer)}"
    return Headline(f"Yes, with {in_ram(answer.verdict)} in RAM:", rest, _span(answer))


def _short_answer(answer: Answer) -> Headline:
    verdict, speed = answer.verdict, speed_clause(answer)
    if verdict.is_below:
        rest = f"below the levels worth recommending, {_with(answer)}, {speed}"
        return Headline(f"Yes, but only at {level(answer)}:", rest, _span(answer))
    if verdict.cache_type is CacheType.Q8_0:
        rest = f"{context(answer)} at {level(answer)}, {speed}"
        return Headline("Yes, but only with a q8_0 cache:", rest, _span(answer))
    longer = verdict.quantized_context > verdict.context
    also = f", {figures.tokens(verdict.quantized_context)} with a q8_0 cache" if longer else ""
    return Headline("Yes, but short:", f"{context(answer)} at {level(answer)}{also}; {speed}", _span(answer))


def _not_in_practice(answer: Answer) -> Headline:
    verdict = answer.verdict
    at = f"at {level(answer)} {_with(answer)}"
    if verdict.offload is None:
        return Headline("Not in practice.", f"It fits {at}, but makes {speed_clause(answer)}", _span(answer))
    if verdict.computer_gib is None:
        rest = f"It takes {in_ram(verdict)} of RAM {at}, and then makes {speed_clause(answer)}"
        return Headline("Not in practice.", rest, _span(answer))
    fits_nowhere = "It does not fit on the card at any level worth recommending"
    rest = f"{fits_nowhere}; with {in_ram(verdict)} in RAM {speed_clause(answer)} {at}"
    return Headline("Not in practice.", rest, _span(answer))


def _no(answer: Answer) -> Headline:
    verdict = answer.verdict
    gpu = wording.with_article(answer.gpu.name)
    if not verdict.is_counted:
        need, usable = figures.memories_apart(verdict.takes_bytes, verdict.available_bytes)
        rest = f"By the rule of thumb it needs {need} at {answer.quant.short_name}, and {usable} of {gpu} is usable"
        return Headline("No.", rest)
    left = answer.gpu.spec.offer.total_bytes
    if verdict.takes_bytes <= left:
        left = verdict.available_bytes
    need, leaves = figures.counted_apart(verdict.takes_bytes, left)
    at = f"at {answer.quant.short_name} with {figures.tokens(verdict.context)} of context"
    return Headline("No.", f"It takes {need} {at}; {gpu} leaves {leaves}")


_HEADLINES = {
    Kind.ON_CARD: _on_card,
    Kind.WITH_RAM: _with_ram,
    Kind.SHORT: _short_answer,
    Kind.NOT_IN_PRACTICE: _not_in_practice,
    Kind.NO: _no,
}
