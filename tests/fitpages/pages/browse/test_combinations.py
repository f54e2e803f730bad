"""The index of combinations: every pair is reached through its pages, filtered and in the order asked for."""

import pytest

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import answer
from fitpages.matching.pairs import Pair
from fitpages.pages.browse import combinations
from fitpages.pages.browse.combinations import PairTable
from fitpages.pages.common.answer_words import KEYS
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def slugs(small: Snapshot, **query: str) -> list[tuple[str, str]]:
    lines = combinations.build(small, query).lines
    return [(line.model.slug, line.gpu.slug) for line in lines]


@pytest.mark.parametrize("by_model", [True, False])
def test_a_table_has_each_pair_once(small: Snapshot, by_model: bool) -> None:
    models, gpus = small.models_by_size, small.common_gpus
    table = PairTable(models, gpus, by_model)
    pairs = table[0 : len(table)]
    assert len(table) == len(set(pairs)) == len(models) * len(gpus)
    outer = [pair.model for pair in pairs] if by_model else [pair.gpu for pair in pairs]
    assert outer[0] is outer[1]
    assert table[len(table) - 1] == Pair(models[-1], gpus[-1])


def test_a_slice_beyond_the_end_is_cut(small: Snapshot) -> None:
    table = PairTable(small.models_by_size[:1], small.common_gpus[:2], by_model=True)
    assert len(table[1:100]) == 1
    assert table[5:9] == []


@pytest.mark.parametrize("by_model", [True, False])
@pytest.mark.parametrize(("models", "gpus"), [(0, 0), (0, 2), (2, 0), (1, 1), (2, 3)])
def test_a_table_of_any_size_is_walked_to_its_end(small: Snapshot, models: int, gpus: int, by_model: bool) -> None:
    table = PairTable(small.models_by_size[:models], small.common_gpus[:gpus], by_model)
    assert len(list(table)) == models * gpus
    assert list(reversed(table)) == list(table)[::-1]


@pytest.mark.parametrize("answer", ["", *KEYS.values()])
def test_an_answer_asked_of_nothing_finds_nothing(small: Snapshot, answer: str) -> None:
    assert slugs(small, vendor="Apple", segment="laptop", answer=answer) == []


def test_the_index_says_how_many_there_are(small: Snapshot) -> None:
    page = combinations.build(small, {})
    assert page.pager.position == "1 to 20 of 20 combinations"
    assert page.opening.startswith("20 pairs have a page.")
    assert [way.note for way in page.ways] == ["4 models, each on every GPU", "5 GPUs, each with every model"]


def test_pages_of_fifty_reach_every_pair() -> None:
    gpus = [published_gpu(f"RTX {size}", memory_gb=size, bandwidth_gb_s=500) for size in range(1, 31)]
    snapshot = snapshot_of(gpus=gpus)
    pages = [combinations.build(snapshot, {"page": str(number)}) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [50, 50, 20]
    assert len({line.address for page in pages for line in page.lines}) == 120


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", ("small-8b", "rtx-8")),
        ("model", ("small-8b", "rtx-8")),
        ("-model", ("closed-100b", "rtx-8")),
        ("gpu", ("small-8b", "rtx-8")),
        ("-gpu", ("small-8b", "h80")),
        ("nothing", ("small-8b", "rtx-8")),
    ],
)
def test_pairs_come_in_the_order_asked_for(small: Snapshot, sort: str, first: tuple[str, str]) -> None:
    assert slugs(small, sort=sort)[0] == first


def test_pairs_pass_the_filters_of_both_sides(small: Snapshot) -> None:
    assert slugs(small, family="Large", memory="48") == [("large-70b", "mac-64"), ("large-70b", "h80")]


@pytest.mark.parametrize("kind", list(Kind))
def test_pairs_are_filtered_by_their_answer(small: Snapshot, kind: Kind) -> None:
    lines = combinations.build(small, {"answer": KEYS[kind]}).lines
    pairs = [(model, gpu) for model in small.models.values() for gpu in small.gpus.values()]
    wanted = {(model.slug, gpu.slug) for model, gpu in pairs if answer(small, model, gpu).verdict.kind is kind}
    assert {(line.model.slug, line.gpu.slug) for line in lines} == wanted
    assert len(lines) == len(wanted)


def test_every_yes_can_be_asked_for_at_once(small: Snapshot) -> None:
    page = combinations.build(small, {"answer": "yes", "vendor": "NVIDIA"})
    assert {line.kind for line in page.lines} == {"on the card", "with RAM"}
    assert page.pager.position == f"1 to {len(page.lines)} of {len(page.lines)} combinations"


def test_more_pairs_than_can_be_asked_are_shown_unasked(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combinations, "MOST_ASKED", 19)
    page = combinations.build(small, {"answer": "no"})
    assert len(page.lines) == 20
    (error,) = [facet.error for facet in page.facets if facet.error]
    assert error == "20 combinations are too many to ask. Choose fewer first, 19 at most."
    fewer = combinations.build(small, {"answer": "no", "vendor": "NVIDIA"})
    assert {line.kind for line in fewer.lines} == {"no"}


def test_filters_that_leave_nothing_say_so(small: Snapshot) -> None:
    page = combinations.build(small, {"vendor": "Apple", "segment": "laptop"})
    assert page.lines == ()
    assert page.pager.position == "No combinations"


def test_only_the_plain_index_is_indexed(small: Snapshot) -> None:
    assert combinations.build(small, {}).indexable
    assert not combinations.build(small, {"vendor": "AMD"}).indexable
