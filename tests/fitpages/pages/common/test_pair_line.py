"""A line of a list says what the page of its pair says."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.common.pair_line import pair_line
from fitpages.pages.pair import page as pair_page
from tests.fitpages.levels import with_between
from tests.published import published_gpu


def test_every_line_has_the_figures_of_the_marked_row_of_its_page(small: Snapshot) -> None:
    for model in small.models.values():
        for gpu in small.gpus.values():
            line, page = pair_line(small, model, gpu), pair_page.build(small, Pair(model, gpu))
            row = next((row for row in page.rows if row.marked), None)
            shown = (row.name, row.counted, row.ceiling) if row else ("does not fit", page.rows[-1].counted, "—")
            assert (line.best, line.takes, line.ceiling) == shown
            assert line.expected == (row.expected if row else "")
            assert line.address == f"/run/{model.slug}-on-{gpu.slug}/"


def test_a_line_has_the_folded_level_that_its_page_advises() -> None:
    snapshot = with_between()
    line = pair_line(snapshot, snapshot.models["large-70b"], snapshot.gpus["rtx-44"])
    page = pair_page.build(snapshot, Pair(line.model, line.gpu))
    (row,) = [row for row in page.rows if row.marked]
    assert line.best == row.name == "IQ4_XS"
    assert (row.need, row.ceiling, row.fits) == ("—", "—", True)
    assert line.ceiling == "—"
    assert line.expected == row.expected != ""
    assert not line.is_at_least_default


@pytest.mark.parametrize(
    ("model", "gpu", "basis"), [("small-8b", "rtx-24", "expected"), ("large-70b", "rtx-8", "nothing")]
)
def test_lists_are_sorted_by_what_is_expected(small: Snapshot, model: str, gpu: str, basis: str) -> None:
    line = pair_line(small, small.models[model], small.gpus[gpu])
    assert float(line.speed) == (line.expected_tokens_s if basis == "expected" else 0)


def test_without_an_accounting_nothing_is_expected_and_the_ceiling_sorts(small: Snapshot) -> None:
    closed = small.models["closed-100b"]
    line = pair_line(small, closed, small.gpus["h80"])
    assert line.quant is not None
    assert (line.expected, line.expected_tokens_s, line.ceiling, line.speed) == ("", None, "—", 0)
    assert (line.takes, line.by_rule) == ("—", "67.2 GB by the rule")


def test_a_card_that_holds_nothing_shows_the_need_of_the_smallest(small: Snapshot) -> None:
    tiny = published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100)
    line = pair_line(small, small.models["small-8b"], tiny)
    assert (line.quant, line.best, line.takes, line.by_rule) == (None, "does not fit", "4.6 GiB", "")
