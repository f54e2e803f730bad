"""The answer to a pair in words: as a headline, a title, a description, and the parts of a line in a list."""

from dataclasses import replace

import pytest

from fit.kv_cache import CacheType
from fit.verdict import Kind
from fitpages.matching.answers import Answer
from fitpages.pages.common import answer_words as words
from fitpages.pages.common.answer_words import KEYS, KINDS, description, headline, short_line, title
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, assessed
from tests.published import published_benchmark


def of(name: str) -> Answer:
    return assessed(name).answer


def with_speed(name: str, tokens_s: float, low: float, high: float) -> Answer:
    """The answer with another estimate, for what it says of one."""
    answer = of(name)
    assert answer.verdict.speed
    speed = answer.verdict.speed._replace(tokens_s=tokens_s, low=low, high=high)
    return answer._replace(verdict=replace(answer.verdict, speed=speed))


# The bold clause, and the rest with # for the speed.
HEADLINES = {
    "on the card": ("Yes, at Q6_K with 32K of context:", "about # tokens per second"),
    "in memory": ("Yes, at Q6_K with 32K of context:", "about # tokens per second"),
    "no GPU": ("Yes, at Q6_K with 32K of context:", "about # tokens per second"),
    "a model of 2K": ("Yes, at Q6_K with 2K of context:", "about # tokens per second"),
    "made in four bits": ("Yes, at MXFP4 with 32K of context:", "about # tokens per second"),
    "at less than the default": ("Yes, at Q3_K_M with 16K of context:", "about # tokens per second"),
    "experts in RAM": ("Yes, with 12 GiB in RAM:", "about # tokens per second at Q4_K_M with 8K of context"),
    "layers in RAM": ("Yes, with 2.4 GiB in RAM:", "about # tokens per second at Q4_K_M with 8K of context"),
    "short": ("Yes, but short:", "3K at Q3_K_M, 5K with a q8_0 cache; about # tokens per second"),
    "only with a q8_0 cache": ("Yes, but only with a q8_0 cache:", "2K at Q3_K_M, about # tokens per second"),
    "only below": (
        "Yes, but only at IQ3_XXS:",
        "below the levels worth recommending, with 8K of context, about # tokens per second",
    ),
    "slow with RAM": (
        "Not in practice.",
        "It does not fit on the card at any level worth recommending; with 21 GiB in RAM about # tokens per second at "
        "Q4_K_M with 8K of context",
    ),
    "too much RAM": (
        "Not in practice.",
        "It takes 609 GiB of RAM at Q4_K_M with 8K of context, and then makes about # tokens per second",
    ),
    "slow in memory": (
        "Not in practice.",
        "It fits at Q3_K_M with 8K of context, but makes about # tokens per second",
    ),
    "no": ("No.", "It takes 41.7 GiB at Q4_K_M with 8K of context; a Mac 8 leaves 5.2 GiB"),
    "no, made in four bits": ("No.", "It takes 16.4 GiB at MXFP4 with 8K of context; a Mac 8 leaves 5.2 GiB"),
    "not counted, yes": (
        "Yes, at Q4_K_M, by the rule of thumb:",
        "it needs 67 GB of 76 GB usable. Its tensors are not known here, so nothing is counted",
    ),
    "not counted, no": ("No.", "By the rule of thumb it needs 67 GB at Q4_K_M, and 23 GB of an RTX 24 is usable"),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_the_headline(name: str) -> None:
    bold, rest = HEADLINES[name]
    shown = headline(of(name))
    assert (shown.bold, shown.rest) == (bold, rest.replace("#", words.tokens_s(of(name))))


# The title after the names, and a line of a list.
LINES = {
    "on the card": ("yes, Q6_K at 32K, # tokens/s", "Q6_K, 32K · # tokens/s"),
    "experts in RAM": (
        "yes, 12 GiB in RAM, # tokens/s at 8K",
        "Q4_K_M, 8K, 12 GiB in RAM · # tokens/s",
    ),
    "short": ("short, Q3_K_M at 3K, # tokens/s", "short: Q3_K_M, 3K · # tokens/s"),
    "slow with RAM": ("not in practice, # tokens/s at 8K", "not in practice: Q4_K_M, 8K · # tokens/s"),
    "no": ("no, it takes 41.7 GiB", "no"),
    "not counted, yes": ("yes, Q4_K_M by the rule of thumb", "Q4_K_M by the rule of thumb"),
    "not counted, no": ("no", "no"),
}


@pytest.mark.parametrize("name", LINES)
def test_the_title_and_the_line_of_a_list(name: str) -> None:
    answer, (of_title, line) = of(name), LINES[name]
    speed = words.tokens_s(answer)
    assert title(answer) == f"{answer.model.name} on {answer.gpu.name}: {of_title.replace('#', speed)}"
    assert short_line(answer) == line.replace("#", speed)


# The description after the names.
DESCRIPTIONS = {
    "on the card": "yes, at Q6_K with 32K of context, about # tokens per second. It takes 9.9 GiB of 22.5 GiB.",
    "experts in RAM": "yes, with 12 GiB in RAM, about # tokens per second at Q4_K_M with 8K of context.",
    "short": "short, at Q3_K_M with 3K of context, about # tokens per second. It takes 4.0 GiB of 4.3 GiB.",
    "only with a q8_0 cache": (
        "short, at Q3_K_M with 2K of context and a q8_0 cache, about # tokens per second. It takes 3.8 GiB of 4.0 GiB."
    ),
    "only below": "short, at IQ3_XXS with 8K of context, about # tokens per second. It takes 27.8 GiB of 30.3 GiB.",
    "slow with RAM": ("not in practice, about # tokens per second at Q4_K_M with 8K of context, 21 GiB of it in RAM."),
    "slow in memory": "not in practice, about # tokens per second at Q3_K_M with 8K of context.",
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_the_description_is_the_answer_with_what_it_takes(name: str) -> None:
    answer = of(name)
    said = DESCRIPTIONS[name].replace("#", words.tokens_s(answer))
    assert description(answer) == f"{answer.model.name} on {answer.gpu.name}: {said}"


@pytest.mark.parametrize("name", ["no", "not counted, yes", "not counted, no"])
def test_without_a_speed_the_description_is_the_headline(name: str) -> None:
    answer, shown = of(name), headline(of(name))
    said = f"{shown.bold[0].lower()}{shown.bold[1:]} {shown.rest}."
    assert description(answer) == f"{answer.model.name} on {answer.gpu.name}: {said}"


@pytest.mark.parametrize(
    ("low", "high", "span"),
    [(10, 50, "10 to 50"), (10, 50.1, "not known well enough"), (10, 15, ""), (10, 15.1, "10 to 15")],
)
@pytest.mark.parametrize(
    "name", ["on the card", "experts in RAM", "short", "only below", "slow with RAM", "too much RAM"]
)
def test_a_range_stands_beside_every_speed_and_one_wider_than_five_says_so(
    name: str, low: float, high: float, span: str
) -> None:
    assert headline(with_speed(name, 12, low, high)).span == span


def test_what_was_measured_stands_before_the_estimate_without_a_range() -> None:
    row = published_benchmark("a", "small-8b", "rtx-24", "54.4", quant="q6-k", depth_tokens=32768)
    answer = with_speed("on the card", 12, 10, 50)._replace(measured=row)
    assert headline(answer) == ("Yes, at Q6_K with 32K of context:", "54 tokens per second, measured", "")
    assert title(answer).endswith(", 54 tokens/s")
    assert short_line(answer) == "Q6_K, 32K · 54 tokens/s"


@pytest.mark.parametrize(
    ("tokens_s", "said"),
    [(1, "about 1.0 tokens"), (9.94, "about 9.9 tokens"), (9.96, "about 9.9 tokens"), (10, "about 10 tokens")],
)
def test_speeds_have_a_decimal_under_ten(tokens_s: float, said: str) -> None:
    assert headline(with_speed("on the card", tokens_s, tokens_s, tokens_s)).rest == f"{said} per second"


@pytest.mark.parametrize("name", PAIRS)
def test_parts_of_a_line_have_a_dash_where_there_is_nothing(name: str) -> None:
    answer = of(name)
    verdict, is_no = answer.verdict, answer.verdict.kind is Kind.NO
    assert words.level(answer) == ("—" if is_no else answer.quant.short_name)
    assert (words.context(answer) == "—") is (is_no or not verdict.is_counted)
    assert (words.takes(answer) == "—") is not verdict.is_counted
    assert (words.tokens_s(answer) == "—") is (verdict.speed is None)
    assert bool(words.in_ram(verdict)) is (verdict.offload is not None)


def test_kinds_are_named_and_memory_that_is_shared_is_no_card_s() -> None:
    assert words.kind_words(of("on the card")) == "on the card"
    assert words.kind_words(of("in memory")) == words.kind_words(of("no GPU")) == "in memory"
    assert words.kind_words(of("slow in memory")) == "not in practice"
    assert KINDS.keys() == KEYS.keys() == set(Kind)
    assert sorted(KEYS.values()) == ["no", "not-in-practice", "on-card", "short", "with-ram"]


def test_what_is_short_does_not_speak_of_a_quantized_cache_that_holds_no_more() -> None:
    answer = of("short")
    same = answer._replace(verdict=replace(answer.verdict, quantized_context=answer.verdict.context))
    assert "q8_0" in headline(answer).rest
    assert "q8_0" not in headline(same).rest
    assert answer.verdict.cache_type is CacheType.F16


def test_a_no_by_a_hair_is_told_apart_from_what_is_left() -> None:
    answer = of("no")
    left = answer.gpu.spec.offer.total_bytes
    close = answer._replace(verdict=replace(answer.verdict, takes_bytes=left + 1, available_bytes=left - 2**28))
    takes, leaves = headline(close).rest.split(" at ")[0], headline(close).rest.rpartition(" leaves ")[2]
    assert takes.removeprefix("It takes ") != leaves
    tight = answer._replace(verdict=replace(answer.verdict, takes_bytes=left, available_bytes=left - 2**28))
    assert headline(tight).rest.endswith(f"leaves {figures.counted(left - 2**28)}"), "some memory is kept free"
