"""What would make a pair run better, or at all: few ways, each with its context and what it gains."""

import re
from dataclasses import replace

import pytest

from fit import speed
from fit.speed import Estimate
from fit.verdict import Kind
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair
from fitpages.pages.common.answer_words import tokens_s
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.gains import MOST, WORTH_IT, Gain, gained, gains, heading
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, assessed, catalog, pair, read
from tests.published import dense, published_model


def of(name: str) -> dict[str, Gain]:
    return {gain.name: gain for gain in gains(assessed(name))}


def with_segment(name: str, **facts: object) -> AssessedPair:
    """The pair with a card of another kind."""
    snapshot, asked = catalog(), pair(name)
    other = replace(asked.gpu, **facts)
    return assessed_pair(snapshot, replace(asked, gpu=other))


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("on the card", ["A lower level"]),
        ("experts in RAM", ["A larger card"]),
        ("layers in RAM", ["A larger card", "A second RTX 4"]),
        ("short", ["A larger card"]),
        ("slow with RAM", ["A larger card", "A second RTX 24"]),
        ("slow with RAM, on a board", ["A larger card"]),
        ("slow with RAM, on a laptop", ["Another machine"]),
        ("too much RAM", []),
        ("slow in memory", ["A faster card"]),
        ("no", ["Another machine"]),
        ("no, of a mixture", []),
        ("not counted, yes", []),
        ("not counted, no", []),
    ],
)
def test_which_ways_there_are(name: str, ways: list[str]) -> None:
    assert list(of(name)) == ways


@pytest.mark.parametrize("name", PAIRS)
def test_there_are_at_most_four_and_each_gains_something(name: str) -> None:
    ways = gains(assessed(name))
    assert len(ways) <= MOST
    for way in ways:
        assert way.gain.startswith("+") or way.gain.endswith((" tokens/s", "K of context"))
        assert way.name
        assert read(way.pieces)


@pytest.mark.parametrize("name", PAIRS)
def test_no_speed_stands_without_its_context(name: str) -> None:
    for way in gains(assessed(name)):
        text = read(way.pieces)
        assert "K of context" in text or re.search(r"holds it alone: \S+, \d+K( · \S+ tokens/s)?$", text), text


@pytest.mark.parametrize(
    ("facts", "second"),
    [
        ({}, True),
        ({"segment": "datacenter"}, True),
        ({"segment": "laptop"}, False),
        ({"segment": "apple"}, False),
        ({"segment": "apu"}, False),
        ({"gpus_per_board": 2}, False),
    ],
    ids=str,
)
def test_a_second_gpu_is_for_those_who_can_add_one(facts: dict[str, object], second: bool) -> None:
    assert ("A second RTX 24" in {way.name for way in gains(with_segment("slow with RAM", **facts))}) is second


def test_there_is_no_second_gpu_where_memory_is_the_system_s_own() -> None:
    asked = with_segment("slow with RAM")
    shared = replace(asked.gpu, spec=replace(asked.gpu.spec, unified_memory=True))
    pooled = assessed_pair(catalog(), Pair(asked.model, shared))
    assert [way.name for way in gains(pooled) if way.name.startswith("A second")] == []


def test_a_second_card_holds_the_default_and_says_the_speed_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, way = assessed("slow with RAM"), of("slow with RAM")["A second RTX 24"]
    assert read(way.pieces) == "Q4_K_M with 8K of context, layers split between the two"
    accounting = asked.candidates.default.accounting
    assert accounting
    expected = speed.decode(accounting, asked.gpu.spec, 8192, cards=2)
    assert way.gain == f"{figures.expected(expected.tokens_s)} tokens/s"
    assert "A second RTX 24" not in of("too much RAM")
    by_cards = {1: expected._replace(tokens_s=111), 2: expected._replace(tokens_s=222)}
    monkeypatch.setattr(speed, "decode", lambda *_, cards=1: by_cards[cards])
    assert of("slow with RAM")["A second RTX 24"].gain == "222 tokens/s"


def test_the_machine_leads_to_its_page_and_says_what_that_says() -> None:
    for name, machine in (("slow with RAM", "h80"), ("no", "mac-64"), ("slow in memory", "h80")):
        (way,) = [way for way in gains(assessed(name)) if any(piece.address for piece in way.pieces)]
        there = answer(catalog(), pair(name).model, catalog().gpus[machine])
        assert way.pieces[0].address == there.address
        assert way.pieces[0].text == there.gpu.name
        assert read(way.pieces[1:]).startswith(f" holds it alone: {there.quant.short_name}, ")
        assert way.gain == f"{tokens_s(there)} tokens/s"


def test_a_lower_level_is_named_where_it_is_faster_by_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = assessed("on the card")
    estimate = asked.verdict.speed
    assert estimate
    assert read(of("on the card")["A lower level"].pieces) == "Q4_K_M with 32K of context, if speed matters more"
    for factor, is_named in ((WORTH_IT * 1.001, True), (WORTH_IT * 0.999, False)):
        faster = Estimate(tokens_s=estimate.tokens_s * factor, low=1, high=2, cards=1)
        monkeypatch.setattr(speed, "decode", lambda *_, faster=faster, **__: faster)
        assert ("A lower level" in {way.name for way in gains(asked)}) is is_named
    assert "A lower level" not in of("at less than the default")


def test_a_quantized_cache_says_how_much_more_context_it_holds() -> None:
    way = of("on a laptop")["A q8_0 cache"]
    (row,) = [row.counted for row in assessed("on a laptop").rows if row.is_advised]
    assert row
    longer, full = row.longest_quantized, row.longest
    assert read(way.pieces) == (
        f"{figures.tokens(longer)} instead of {figures.tokens(full)} of context, at a small loss"
    )
    assert way.gain == f"+{figures.tokens(longer - full)}"
    assert "A q8_0 cache" not in of("on the card"), "all of the model's context fits already"


def test_a_smaller_model_of_the_family_is_the_cheapest_way() -> None:
    snapshot = catalog()
    smaller = published_model("Large 8B", 8_030_261_248, dense(layers=32, width=4096, heads=32, feed_forward=14336))
    asked = assessed("slow with RAM", replace(snapshot, models={**snapshot.models, "large-8b": smaller}))
    first = gains(asked)[0]
    assert (first.name, first.pieces[0].address) == ("A smaller model", "/run/large-8b-on-rtx-24/")
    assert read(first.pieces) == "Large 8B at Q6_K with 32K of context"


def test_faster_ram_is_named_where_it_is_enough_and_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Faster RAM" not in of("slow with RAM"), "eight channels are too slow as well"
    monkeypatch.setattr("fitpages.pages.pair.gains.LEAST_WITH_RAM_TOKENS_S", 3)
    way = of("slow with RAM")["Faster RAM"]
    assert read(way.pieces) == "DDR5-4800, eight channels, as servers have, with 8K of context"
    assert float(way.gain.split()[0]) >= 3
    assert "Faster RAM" not in of("experts in RAM"), "its table of RAM says it"
    assert "Faster RAM" not in of("slow with RAM, on a laptop")
    assert "Faster RAM" not in of("too much RAM")


def test_a_way_that_gains_nothing_is_left_out() -> None:
    asked = assessed("only below")
    there = asked.answer.tokens_s or 0
    default, below = asked.candidates.levels.default, asked.verdict.quant
    assert gained(asked, default, 32768, there) == "32K of context"
    assert gained(asked, default, 8192, there) == "Q4_K_M"
    assert gained(asked, below, 8192, there) == ""
    assert gained(asked, below, 8192, 2 * there).endswith(" tokens/s")
    assert gained(assessed("on the card"), default, 131072, 1) == "", "a lower level is no gain"


@pytest.mark.parametrize("name", PAIRS)
def test_the_heading_says_whether_it_fits(name: str) -> None:
    asked = assessed(name)
    fits = asked.verdict.says_yes or (asked.verdict.kind is Kind.NOT_IN_PRACTICE and not asked.verdict.offload)
    assert heading(asked) == ("What would make it better" if fits else "What would make it fit")
