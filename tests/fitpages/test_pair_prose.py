"""What holds for the sentences of every page of a pair, by a fixed sample of them all."""

import re

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.pair import PairPage, TableRow
from tests.fitpages.prose import sample, sample_pages, texts

WRONG = re.compile(
    r"\ba (?:[AM]|NVIDIA|RTX|RX|H\d|L\d|8|11\b|18\b)|\ban (?:GTX|[BPTV]\d|Q|R[a-z])|\bNone\b|  |\.\.| [,.;]"
)


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
    found = {text for page in pages for text in texts(page) if WRONG.search(text)}
    assert found == set()


@pytest.mark.parametrize(
    "text",
    ["a A100", "a NVIDIA L4", "a RTX 4090", "a MI300X", "an GTX 1080", "an Radeon", "None", "two  spaces", "it ."],
)
def test_a_wrong_sentence_would_be_found(text: str) -> None:
    assert WRONG.search(f"Run it on {text} today.")


def test_every_sentence_ends_and_begins_as_one(pages: tuple[PairPage, ...]) -> None:
    for page in pages:
        prose = page.prose
        want = prose.want + (f" {prose.want_link.text}." if prose.want_link else "")
        whole = [prose.answer + prose.verdict, prose.opening, page.of_gpu.method, page.description, *prose.reason]
        for text in [
            *whole,
            *page.of_model.lever,
            *(answer for _, answer in prose.questions),
            *([want] if want else []),
        ]:
            assert text.endswith("."), text
        assert all(question.endswith("?") for question, _ in prose.questions)


def test_the_verdict_in_words_is_that_of_the_table(snapshot: Snapshot, pages: tuple[PairPage, ...]) -> None:
    default = snapshot.default_quant
    assert default is not None
    at_least_default = [quant.spec.bytes_per_weight >= default.spec.bytes_per_weight for quant in snapshot.quants]
    for page in pages:
        fits = [row.advised for row in page.rows]
        best = _best(page)
        if best is None:
            answer, described = "No", ": no. "
        elif any(fit and enough for fit, enough in zip(fits, at_least_default, strict=True)):
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
        row = _best(page) or page.rows[-1]
        answer = page.prose.questions[0][1]
        assert row.name in answer
        assert row.need in answer or row.exact_note, answer
