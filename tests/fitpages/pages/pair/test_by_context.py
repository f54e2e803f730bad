"""The curve of speed by length of context, and its points."""

import pytest

from fit import speed
from fitpages.pages.pair.by_context import CURVE_HEIGHT, CURVE_WIDTH, MOST_POINTS, curve, curve_contexts
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, assessed


@pytest.mark.parametrize(
    ("longest", "contexts"),
    [
        (4096, (4096,)),
        (3000, (3000,)),
        (10240, (4096, 8192, 10240)),
        (32768, (4096, 8192, 16384, 32768)),
        (131072, (4096, 8192, 16384, 32768, 65536, 131072)),
        (262144, (4096, 16384, 65536, 262144)),
        (1048576, (4096, 16384, 65536, 262144, 1048576)),
        (10485760, (4096, 32768, 262144, 2097152, 10485760)),
    ],
)
def test_contexts_double_to_the_longest_and_are_few(longest: int, contexts: tuple[int, ...]) -> None:
    assert curve_contexts(longest) == contexts
    assert len(contexts) <= MOST_POINTS


def test_marks_are_what_to_expect_at_each_context() -> None:
    asked, drawn = assessed("on the card"), curve(assessed("on the card"))
    assert drawn
    assert asked.accounting
    contexts = curve_contexts(131072)
    estimates = [speed.decode(asked.accounting, asked.gpu.spec, context) for context in contexts]
    assert drawn.marks == tuple(
        (figures.tokens(context), figures.expected(estimate.tokens_s))
        for context, estimate in zip(contexts, estimates, strict=True)
    )
    assert drawn.name == "Q6_K"
    assert drawn.text.startswith("Tokens per second to expect at Q6_K by context: ")
    assert all(f"{tokens_s} at {context}" in drawn.text for context, tokens_s in drawn.marks)


def test_the_line_lies_in_its_band_and_within_the_picture() -> None:
    drawn = curve(assessed("on the card"))
    assert drawn
    line, band = _points(drawn.line), _points(drawn.band)
    upper, lower = band[: len(line)], band[len(line) :][::-1]
    assert [x for x, _ in line] == [x for x, _ in upper] == [x for x, _ in lower] == sorted({x for x, _ in line})
    assert all(above <= at <= below for (_, above), (_, at), (_, below) in zip(upper, line, lower, strict=True))
    assert min(y for _, y in upper) == 0
    assert all(0 <= x <= CURVE_WIDTH and 0 <= y <= CURVE_HEIGHT for x, y in band)
    assert line[-1][1] > line[0][1], "a longer context is slower"


def _points(text: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in (point.split(",") for point in text.split())]


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("in memory", True),
        ("only below", True),
        ("slow in memory", True),
        ("experts in RAM", False),
        ("layers in RAM for 8K", False),
        ("slow with RAM", False),
        ("a model of 2K", False),
        ("short", False),
        ("no", False),
        ("not counted, yes", False),
    ],
)
def test_only_what_is_all_on_the_card_with_some_context_has_a_curve(name: str, drawn: bool) -> None:
    assert (curve(assessed(name)) is not None) is drawn


def test_what_the_card_alone_would_hold_of_a_part_in_ram_is_no_curve() -> None:
    asked = assessed("layers in RAM for 8K")
    (row,) = [row.counted for row in asked.rows if row.is_advised]
    assert row
    assert len(curve_contexts(row.longest)) > 1


@pytest.mark.parametrize("name", PAIRS)
def test_a_curve_is_at_the_level_of_the_answer(name: str) -> None:
    drawn = curve(assessed(name))
    assert drawn is None or drawn.name == assessed(name).quant.short_name
