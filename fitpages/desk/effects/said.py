"""What pages say of a pair, as they print it: the figures by which a change is seen, and a line for a table."""

from typing import NamedTuple

from fit.verdict import Kind
from fitpages.matching.answers import Answer
from fitpages.pages.common import answer_words
from fitpages.text import figures


class Said(NamedTuple):
    """The figures of an answer, as they are printed."""

    kind: str
    level: str
    context: str
    takes: str
    of: str
    in_ram: str
    tokens_s: str


def said_of(answer: Answer) -> Said:
    """What is printed of an answer."""
    verdict = answer.verdict
    return Said(
        kind=answer_words.kind_words(answer),
        level=answer.quant.short_name,
        context=answer_words.context(answer),
        takes=_size(answer, verdict.takes_bytes),
        of=_size(answer, verdict.available_bytes),
        in_ram=answer_words.in_ram(verdict),
        tokens_s=answer_words.tokens_s(answer),
    )


def reads_otherwise(before: Answer, after: Answer) -> bool:
    """Whether a page prints another answer. Most answers are the same to the last byte, and are not printed for it."""
    if before.verdict == after.verdict and before.quant is after.quant and before.tokens_s == after.tokens_s:
        return False
    return said_of(before) != said_of(after)


def line(answer: Answer) -> str:
    """The answer in a table of changes: "on the card, Q6_K, 32K, 73 tokens/s", "no, Q4_K_M takes 46.2 GiB"."""
    verdict = answer.verdict
    if verdict.kind is Kind.NO:
        return f"no, {answer.quant.short_name} takes {_size(answer, verdict.takes_bytes)}"
    parts = [answer_words.kind_words(answer), answer_words.level(answer)]
    parts += [answer_words.context(answer)] if verdict.context else ["by the rule of thumb"]
    parts += [f"{answer_words.in_ram(verdict)} in RAM"] if verdict.offload else []
    parts += [f"{answer_words.tokens_s(answer)} tokens/s"] if answer.tokens_s else []
    return ", ".join(parts)


def speed_line(answer: Answer) -> str:
    """The speed with what it is of: "73 tokens/s at Q6_K, 32K"."""
    return f"{answer_words.tokens_s(answer)} tokens/s{_at(answer)}"


def need_line(answer: Answer) -> str:
    """The memory with what it is of: "22.5 GiB at Q6_K, 32K"."""
    return f"{_size(answer, answer.verdict.takes_bytes)}{_at(answer)}"


def _at(answer: Answer) -> str:
    context = f", {figures.tokens(answer.verdict.context)}" if answer.verdict.context else ""
    return f" at {answer.quant.short_name}{context}"


def _size(answer: Answer, size_bytes: int) -> str:
    """GiB of what is counted; GB by the rule of thumb."""
    return figures.counted(size_bytes) if answer.verdict.is_counted else figures.memory(size_bytes)
