"""What holds for every page of a pair, by a fixed sample of the whole real catalog."""

import gzip
import re
from collections import Counter
from functools import lru_cache
from statistics import median

import pytest

from catalog.models import Gpu
from catalog.snapshot import Snapshot
from fit.verdict import SHORTEST_CONTEXT, Kind
from fitpages.matching.answers import answer, candidates
from fitpages.matching.pairs import Pair, find_pair
from fitpages.pages.pair.page import PairPage
from fitpages.serving.responses import render
from tests.fit.server_command import read
from tests.fitpages.prose import sample, sample_pages, sentences, texts, words

MOST_WORDS, MOST_BYTES = 700, 15_000
WRONG = re.compile(
    r"\ba (?:A|M[\dI]|NVIDIA|RTX|RX|H\d|L\d|8|11\b|18\b)|\ban (?:GTX|[BPTV]\d|Q|R[a-z])|\bNone\b|  |\.\.| [,.;]"
)
# The headline's first word or two, as the title says them.
KINDS = {"Yes": ": yes, ", "Yes, but": ": short, ", "Not in": ": not in practice, ", "No.": ": no"}
ALONE = {Gpu.Segment.LAPTOP, Gpu.Segment.APPLE, Gpu.Segment.APU}


@pytest.fixture
def pages(snapshot: Snapshot) -> tuple[PairPage, ...]:
    return sample_pages(snapshot)


@lru_cache(maxsize=1)
def _rendered(pages: tuple[PairPage, ...]) -> dict[str, str]:
    """The pages of the sample by their addresses."""
    return {page.address: render(page).decode() for page in pages}


@pytest.fixture
def rendered(pages: tuple[PairPage, ...]) -> dict[str, str]:
    return _rendered(pages)


def pair_of(snapshot: Snapshot, page: PairPage) -> Pair:
    pair = find_pair(snapshot, page.address.removeprefix("/run/").strip("/"))
    assert pair
    return pair


def test_the_sample_has_each_kind_of_answer_and_of_machine(snapshot: Snapshot) -> None:
    pairs = list(sample(snapshot))
    assert len(pairs) > 200
    assert len({pair.model for pair in pairs}) > 150
    assert len({pair.gpu for pair in pairs}) > 150
    assert {answer(snapshot, pair.model, pair.gpu).verdict.kind for pair in pairs} == set(Kind)
    assert {pair.gpu.segment for pair in pairs} > ALONE


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


def test_every_sentence_ends_as_one(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        whole = [page.description, *page.reason.paragraphs, *page.model.lever.paragraphs, page.levels.note]
        whole += [text for _, text in page.questions]
        whole += [use.note for use in page.uses if use.note]
        assert [text for text in whole if not text.endswith(".")] == [], page.address
        assert all(question.endswith("?") for question, _ in page.questions)


def test_title_description_question_and_headline_say_the_same(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        first = " ".join(page.answer.bold.split()[:2])
        begins = first if first in KINDS else page.answer.bold.split()[0].rstrip(",")
        assert KINDS[begins] in page.title, page.title
        assert KINDS[begins].removesuffix(",") in page.description
        assert page.questions[0][1].startswith(begins)
        assert page.says_yes is begins.startswith("Yes")


def test_only_a_yes_has_a_marked_row_and_that_does_not_say_no(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        marked = [row for row in page.levels.rows if row.is_advised]
        assert len(marked) == page.says_yes, page.address
        for row in marked:
            assert row.name.partition(" ")[0] in f"{page.answer.bold} {page.answer.rest}"
            longest = row.counted[2:] if page.ram else row.counted[1:]
            assert page.ram or set(longest) != {"none"}, page.address


def test_at_most_one_machine_is_advised_and_it_holds_the_model(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    met = 0
    for page in pages:
        pair = pair_of(snapshot, page)
        pieces = [*page.why, *(piece for gain in page.gains for piece in gain.pieces)]
        machines = {piece.address for piece in pieces if piece.address.startswith(f"/run/{pair.model.slug}-on-")}
        assert len(machines) <= 1, page.address
        for address in machines:
            there = find_pair(snapshot, address.removeprefix("/run/").strip("/"))
            assert there
            assert there.gpu is not pair.gpu
            assert there.gpu.common
            assert there.gpu.gpus_per_board == 1
            is_mac = pair.gpu.segment == Gpu.Segment.APPLE
            assert (there.gpu.segment == Gpu.Segment.APPLE) is is_mac
            assert is_mac or not (there.gpu.spec.unified_memory or there.gpu.segment in ALONE)
            assert answer(snapshot, there.model, there.gpu).verdict.kind is Kind.ON_CARD
            met += 1
    assert met > 50


def test_a_second_gpu_is_only_for_those_who_can_add_one(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    met = 0
    for page in pages:
        gpu = pair_of(snapshot, page).gpu
        if any("second" in gain.name for gain in page.gains):
            assert gpu.segment not in ALONE
            assert not gpu.spec.unified_memory
            assert gpu.gpus_per_board == 1
            met += 1
    assert met


def test_no_context_under_2k_is_advised(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        if page.run:
            assert read("".join(page.run.programs[0].command)).context >= SHORTEST_CONTEXT, page.address
        advised = f"{page.answer.bold} {page.answer.rest} {page.title}"
        assert not re.search(r"(?<![\d.,])[01]K\b", advised), page.address
        assert min(candidates(snapshot, pair_of(snapshot, page).model).contexts) in (0, *range(2048, 8193))


def test_no_sentence_is_said_twice(rendered: dict[str, str]) -> None:
    twice = {
        text: address
        for address, html in rendered.items()
        for text, times in Counter(sentences(html)).items()
        if times > 1
    }
    assert twice == {}


def test_a_page_is_short(rendered: dict[str, str]) -> None:
    """Words that are not folded, in the median."""
    assert median(map(words, rendered.values())) <= MOST_WORDS


def test_a_page_is_light(rendered: dict[str, str]) -> None:
    weights = {address: len(gzip.compress(html.encode(), 6)) for address, html in rendered.items()}
    assert {address: weight for address, weight in weights.items() if weight > MOST_BYTES} == {}


def test_the_machine_to_want_is_not_among_those_that_do_not_run_it(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        wanted = {piece.address for piece in page.why if piece.address}
        notes = [line.note for compared in page.compare for line in compared.lines if line.address in wanted]
        assert not [note for note in notes if note == "no" or note.startswith(("short", "not in practice"))]
