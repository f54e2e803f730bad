"""What holds for every page of a pair, by a fixed sample of the whole real catalog."""

import re
from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit.levels import NATIVE_MIX
from fit.units import GB, GIB, MIB
from fitpages.matching.fits import default_need
from fitpages.matching.pairs import Pair, find_pair
from fitpages.pages.common.quant_table import TableRow
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.about_model import about_model
from fitpages.pages.pair.assessed import assessed_pair
from fitpages.pages.pair.fixes import fixes
from fitpages.pages.pair.page import PairPage
from fitpages.text import figures
from tests.fitpages.guides import need_of
from tests.fitpages.prose import sample, sample_pages, texts

DOES_NOT_FIT = "does not fit"
BYTES = {"MB": 10**6, "GB": GB, "MiB": MIB, "GiB": GIB}
WRONG = re.compile(
    r"\ba (?:A|M[\dI]|NVIDIA|RTX|RX|H\d|L\d|8|11\b|18\b)|\ban (?:GTX|[BPTV]\d|Q|R[a-z])|\bNone\b|  |\.\.| [,.;]"
)


def page_of(snapshot: Snapshot, name: str) -> PairPage:
    pair = find_pair(snapshot, name)
    assert pair is not None
    return pair_page.build(snapshot, pair)


@pytest.fixture
def pages(snapshot: Snapshot) -> tuple[PairPage, ...]:
    return sample_pages(snapshot)


def test_the_sample_has_every_model_and_every_card(snapshot: Snapshot) -> None:
    pairs = list(sample(snapshot))
    assert {pair.model for pair in pairs} == set(snapshot.models.values())
    assert {pair.gpu for pair in pairs} == set(snapshot.gpus.values())


def test_no_sentence_has_a_wrong_article_a_missing_figure_or_a_slip_of_the_keyboard(
    pages: tuple[PairPage, ...],
) -> None:
    wrong = {text for page in pages for text in texts(page) if WRONG.search(text)}
    assert wrong == set()


@pytest.mark.parametrize(
    "text",
    [
        "a A100",
        "a NVIDIA L4",
        "a RTX 4090",
        "a MI300X",
        "a M4 Pro",
        "an GTX 1080",
        "an Radeon",
        "None",
        "two  spaces",
        "it .",
    ],
)
def test_a_wrong_sentence_would_be_found(text: str) -> None:
    assert WRONG.search(f"Run it on {text} today.")


def test_every_sentence_ends_and_begins_as_one(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        prose = page.prose
        want = prose.want + (f" {prose.want_link.text}." if prose.want_link else "")
        whole = [prose.answer + prose.verdict, prose.opening, page.gpu.method, page.description, *prose.reason]
        for text in [
            *whole,
            *page.model.lever,
            *(answer for _, answer in prose.questions),
            *([want] if want else []),
        ]:
            assert text.endswith("."), text
        assert all(question.endswith("?") for question, _ in prose.questions)


def test_the_verdict_in_words_is_that_of_the_table(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    after = snapshot.all_quants[snapshot.all_quants.index(snapshot.default_quant) + 1 :]
    low = {quant.name for quant in after if quant.spec.mix != NATIVE_MIX}
    for page in pages:
        fits = [row.advised for row in page.rows]
        best = _best(page)
        if best is None:
            answer, described = "No", ": no. "
        elif any(row.advised and row.name not in low for row in page.rows):
            answer, described = f"Yes, at {best.name}", f": yes, at {best.name}. "
        else:
            answer, described = f"Only at {best.name}", f": only at {best.name}. "
        assert page.prose.answer == answer, page.heading
        assert described in page.description, page.heading
        assert page.prose.questions[0][1].startswith(answer), page.heading
        assert page.prose.fits is any(fits), page.heading
        assert {row.ceiling for row in page.rows if not row.fits and not row.advised} <= {"—"}, page.heading


def _best(page: PairPage) -> TableRow | None:
    """The recommended row; without one nothing may fit."""
    marked = [row for row in page.rows if row.recommended]
    assert len(marked) == any(row.advised for row in page.rows)
    return marked[0] if marked else None


def test_the_need_in_the_verdict_is_that_of_the_row_it_names(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        made = [row for row in page.rows if row.exact_note != "by the rule alone"]
        row = _best(page) or min(made, key=_gigabytes)
        answer = page.prose.questions[0][1]
        assert row.name in answer
        assert need_of(row) in answer or row.exact_note, answer


def _gigabytes(row: TableRow) -> float:
    amount, unit = need_of(row).split()
    return float(amount.replace(",", "")) * BYTES[unit] / GB


def test_quantization_is_no_lever_where_the_weights_keep_their_size(snapshot: Snapshot) -> None:
    for slug in ("gpt-oss-20b", "gpt-oss-120b"):
        half = about_model(snapshot, snapshot.models[slug])
        need = default_need(snapshot, snapshot.models[slug])
        assert half.lever[0].startswith(f"Not for {half.name}: ")
        assert figures.counted(need.accounting.weights_bytes) in half.lever[0]
    others = [model for model in snapshot.models.values() if not model.slug.startswith("gpt-oss")]
    assert all(" reduction. " in about_model(snapshot, model).lever[0] for model in others[::10])


def test_experts_in_ram_are_called_the_better_way_only_where_they_are(snapshot: Snapshot) -> None:
    cases = {True: 0, False: 0}
    for model in [model for model in snapshot.models.values() if model.spec.mixture_of_experts]:
        for gpu in ("rtx-4090", "rtx-3060-12", "gtx-1080"):
            fixes = {fix.name: fix.text for fix in page_of(snapshot, f"{model.slug}-on-{gpu}").fixes}
            if {"Experts in RAM", "Layers in RAM"} <= fixes.keys():
                experts, layers = (_pace(fixes[name]) for name in ("Experts in RAM", "Layers in RAM"))
                better = "less so than with whole layers" in fixes["Experts in RAM"]
                assert not better or experts > layers, (model.slug, gpu)
                assert better or experts < 1.25 * layers + 0.1, (model.slug, gpu)
                cases[better] += 1
    assert min(cases.values()) > 0


def _pace(text: str) -> float:
    match = re.search(r"expect about ([\d.]+) tokens", text)
    assert match
    return float(match[1])


def test_a_small_model_is_not_said_to_be_as_fast_as_the_bandwidth_allows(snapshot: Snapshot) -> None:
    small, large = (page_of(snapshot, name) for name in ("smollm2-135m-on-b200", "qwen2-5-32b-on-rtx-4090"))
    assert "A token takes longer than that here" in small.prose.reason[1]
    assert "A token takes longer than that here" not in large.prose.reason[1]


def test_the_card_to_want_is_not_among_those_that_do_not_fit(pages: tuple[PairPage, ...]) -> None:
    contradicted = [
        page.canonical
        for page in pages
        if page.prose.want_link
        for other in page.other_gpus
        if other.address == page.prose.want_link.address and other.note == DOES_NOT_FIT
    ]
    assert contradicted == []


def test_nothing_is_left_over_on_the_bar_of_a_no(pages: tuple[PairPage, ...]) -> None:
    left = [
        page.canonical for page in pages if not page.prose.fits and "Left over" in [p.label for p in page.bar.parts]
    ]
    assert left == []


def test_a_need_other_than_the_tables_says_what_it_is_the_need_of(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        needs = {row.name: row.need for row in page.rows}
        for name, need in re.findall(r"(\w+) already needs ([\d,.]+ [MG]B)(?! with)", page.prose.questions[0][1]):
            assert needs[name] == need, page.canonical


def test_other_models_do_not_all_fail_on_a_card_that_runs_some(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        if all(link.note == DOES_NOT_FIT for link in page.other_models):
            gpu = snapshot.gpus[page.gpu.address.split("/")[2]]
            smallest = Pair(snapshot.models_by_size[0], gpu)
            assert not pair_page.build(snapshot, smallest).prose.fits, page.canonical


def test_a_smallest_card_that_is_not_the_card_to_want_says_why(snapshot: Snapshot) -> None:
    reasons = 0
    for model in snapshot.models.values():
        pair = Pair(model, snapshot.gpus["gtx-1050-ti"])
        facts = assessed_pair(snapshot, pair)
        fix = next((fix for fix in fixes(snapshot, facts) if fix.name == "The smallest card that runs it"), None)
        if fix and fix.link:
            is_wanted = facts.wanted is not None and facts.wanted.name == fix.link.text
            assert ("without the room that the rule of thumb leaves" in fix.text) is not is_wanted
            reasons += not is_wanted
    assert reasons


def test_a_row_above_the_rule_s_ceiling_is_named_and_no_other(snapshot: Snapshot) -> None:
    named = 0
    for page in sample_pages(snapshot):
        above = {row.name.partition(" (")[0] for row in page.rows if _is_above(row)}
        names = page.speed.above_rule.partition(" that is above")[0].removeprefix("At ")
        # Where both print the same figure, only the unrounded ones decide.
        assert above <= set(re.split(", | and ", names))
        named += bool(above)
    assert named


def _is_above(row: TableRow) -> bool:
    if not row.expected or not row.ceiling.startswith("~"):
        return False
    expected = row.expected.removeprefix("expect ").replace(",", "").removeprefix("under ")
    return Decimal(expected) > Decimal(row.ceiling[1:].replace(",", "")) + 1
