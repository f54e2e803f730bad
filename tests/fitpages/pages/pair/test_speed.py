"""How fast a pair is to be expected: what the page says is what `fit.speed` says."""

import re
from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit import prefill, speed
from fit.assessment import QuantFit
from fitpages.matching.pairs import Pair, find_pair
from fitpages.pages.pair import basis, in_ram
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.page import PairPage
from fitpages.pages.pair.speed import curve_contexts
from fitpages.text import figures
from tests.small_catalog import snapshot_of

NAME = "small-8b-on-rtx-24"


def built(small: Snapshot, name: str) -> tuple[PairPage, AssessedPair]:
    pair = find_pair(small, name)
    assert pair
    return pair_page.build(small, pair), assessed_pair(small, pair)


def best_row(facts: AssessedPair) -> QuantFit:
    assert facts.best
    assert facts.best.exact
    return facts.best


@pytest.mark.parametrize("name", [NAME, "mixture-30b-on-rtx-24", "large-70b-on-mac-64", "small-8b-on-rtx-8"])
def test_each_row_that_fits_says_what_to_expect_at_4k_and_at_the_longest_context(small: Snapshot, name: str) -> None:
    page, facts = built(small, name)
    fitting = [row for row in facts.assessment.quants if row.exact and (row.fits or row.exact.fits)]
    assert [row.name for row in page.speed.rows] == [facts.short_name(row) for row in fitting]
    for shown, row in zip(page.speed.rows, fitting, strict=True):
        assert row.exact
        longest = row.exact.longest_context
        short = speed.decode(row.exact.accounting, facts.pair.gpu.spec, 4096)
        far = speed.decode(row.exact.accounting, facts.pair.gpu.spec, longest)
        short_text, range_text = figures.expected(short.tokens_s), figures.expected_range(short.low, short.high)
        is_known = longest >= 4096
        assert (shown.short, shown.short_range) == ((short_text, range_text) if is_known else ("—", "—"))
        assert shown.longest == figures.expected(far.tokens_s)
        assert shown.context == figures.tokens(longest)


def test_the_founding_table_says_it_under_the_ceiling_of_rows_that_fit(small: Snapshot) -> None:
    page, facts = built(small, NAME)
    for shown, row in zip(page.rows, facts.assessment.quants, strict=True):
        assert bool(shown.expected) is (row.quant.slug in facts.speeds) is (row.fits or row.advised)
    marked = next(row for row in page.rows if row.recommended)
    best = best_row(facts)
    assert best.exact
    expected = speed.decode(best.exact.accounting, facts.pair.gpu.spec, 4096).tokens_s
    assert marked.expected == f"expect {figures.expected(expected)}"
    assert f"about {figures.expected(expected)} tokens per second" in page.prose.verdict
    assert f"about {figures.expected(expected)} tokens per second" in page.description


def test_expected_and_ceiling_are_told_apart_and_the_range_says_what_it_rests_on(small: Snapshot) -> None:
    page, facts = built(small, NAME)
    assert re.search(r"expect \d+ tokens per second with 4K tokens of context", page.speed.summary)
    rests_on = basis.rests_on(facts.speeds["q6-k"], basis.class_cards(facts), mixture=False)
    assert page.speed.summary.endswith(f"; {rests_on}.")


def test_the_estimate_names_the_backend_that_it_is_for(small: Snapshot) -> None:
    backends = [built(small, f"small-8b-on-{gpu}")[0].speed.backend for gpu in ("rtx-24", "mac-64", "rx-16-laptop")]
    assert backends == ["CUDA", "Metal", "Vulkan"]


def test_what_does_not_fit_has_no_speed_to_expect(small: Snapshot) -> None:
    page, _ = built(small, "large-70b-on-rtx-24")
    assert page.speed.rows == page.speed.waits == ()
    assert page.speed.curve is None
    assert page.speed.summary.startswith("Nothing worth recommending fits")
    assert {row.expected for row in page.rows} == {""}


def test_what_runs_only_with_ram_says_how_fast_and_how_much_it_takes(small: Snapshot) -> None:
    page, facts = built(small, "large-70b-on-rtx-24")
    assert page.speed.summary.endswith(f" {in_ram.sentence(facts)}")
    assert "GiB in RAM, and 8K tokens of context, expect about" in page.speed.summary
    shared, _ = built(small, "large-70b-on-mac-64")
    assert "RAM" not in shared.speed.summary


def test_what_is_granted_stands_beside_an_estimate_alone(small: Snapshot) -> None:
    for model, is_there in (("small-8b", True), ("large-70b", True), ("closed-100b", False)):
        page, _ = built(small, f"{model}-on-rx-16-laptop")
        assert bool(page.speed.granted) is is_there


def test_the_curve_falls_with_the_context_inside_its_range(small: Snapshot) -> None:
    page, facts = built(small, NAME)
    curve = page.speed.curve
    assert curve
    heights = [int(point.split(",")[1]) for point in curve.line.split()]
    assert heights == sorted(heights)
    assert len(curve.band.split()) == 2 * len(heights) == 2 * len(curve.marks)
    for point in [*curve.line.split(), *curve.band.split()]:
        across, down = map(int, point.split(","))
        assert 0 <= across <= 1000
        assert 0 <= down <= 200
    assert all(f"{tokens_s} at {context}" in curve.text for context, tokens_s in curve.marks)
    longest = best_row(facts).exact.longest_context  # type: ignore[union-attr]  # counted exactly
    assert curve.marks[-1][0] == figures.tokens(longest)


@pytest.mark.parametrize(
    ("longest", "contexts"),
    [
        (2048, (2048,)),
        (4096, (4096,)),
        (5120, (4096, 5120)),
        (37888, (4096, 8192, 16384, 32768, 37888)),
        (1048576, (4096, 16384, 65536, 262144, 1048576)),
    ],
)
def test_contexts_of_the_curve(longest: int, contexts: tuple[int, ...]) -> None:
    assert curve_contexts(longest) == contexts


def test_the_wait_for_the_first_token_is_said_for_prompts_that_fit(small: Snapshot) -> None:
    page, facts = built(small, NAME)
    best = best_row(facts)
    assert best.exact
    names = [name for name, _ in page.speed.waits]
    assert names == [f"Prompt of {size} tokens" for size in ("2K", "8K", "32K")]
    wait = prefill.first_token(best.exact.accounting, facts.pair.gpu.spec, 8192)
    assert wait
    assert page.speed.waits[1][1] == (
        f"{figures.seconds(wait.seconds)} ({figures.seconds(wait.low)} to {figures.seconds(wait.high)})"
    )


def test_without_the_arithmetic_of_the_card_there_is_no_wait_and_the_page_says_so(small: Snapshot) -> None:
    gpu = small.gpus["rtx-24"]
    blind = replace(gpu, spec=replace(gpu.spec, compute_tflops=None))
    page = pair_page.build(small, Pair(small.models["small-8b"], blind))
    assert page.speed.waits == ()
    assert "arithmetic of this GPU is not known" in page.speed.waits_note


def test_without_tensors_there_is_no_wait_and_the_page_says_so(small: Snapshot) -> None:
    page, _ = built(small, "closed-100b-on-h80")
    assert page.speed.waits == ()
    assert (
        page.speed.waits_note
        == "How long a prompt takes cannot be derived: the tensors of this model are not known here."
    )
    assert page.speed.summary.startswith("The tensors of this model are not known here")


def test_measurements_are_those_of_the_pair_and_near_it(small: Snapshot) -> None:
    page, _ = built(small, NAME)
    assert len(page.speed.own) == 3
    assert [measured.pair.text for measured in page.speed.near if measured.pair] == [
        "Small 8B on RTX 8",
        "Mixture 30B on RTX 24",
    ]


def test_a_measurement_taken_back_leaves_the_page() -> None:
    page, _ = built(snapshot_of(benchmarks=()), NAME)
    assert page.speed.own == page.speed.near == ()
    assert page.speed.rows


def test_rows_above_the_rule_s_ceiling_are_named_with_the_reason_and_no_others(small: Snapshot) -> None:
    named = 0
    for pair in (Pair(model, gpu) for model in small.models.values() for gpu in small.gpus.values()):
        facts, section = assessed_pair(small, pair), pair_page.build(small, pair).speed
        above = [
            facts.short_name(row)
            for row in facts.assessment.quants
            if row.quant.slug in facts.speeds and row.ceiling_tokens_s
            if facts.speeds[row.quant.slug].tokens_s > row.ceiling_tokens_s
        ]
        start = f"At {' and '.join(above)} that is above the rule's ceiling" if above else ""
        assert section.above_rule.partition(":")[0] == start, pair.address
        named += bool(above)
    assert named
