"""The index of combinations: every pair is reached through its pages, filtered and in the order asked for."""

import pytest

from catalog.snapshot import PublishedGpu, PublishedModel, Snapshot
from fit.verdict import Kind
from fitpages.matching.answers import Answer, answer
from fitpages.pages.browse import combinations
from fitpages.pages.browse.combinations import chosen_pair
from fitpages.pages.common.answer_words import KEYS
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def slugs(small: Snapshot, **query: str) -> list[tuple[str, str]]:
    lines = combinations.build(small, query).lines
    return [(line.model.slug, line.gpu.slug) for line in lines]


@pytest.mark.parametrize("answer", ["", *KEYS.values()])
def test_an_answer_asked_of_nothing_finds_nothing(small: Snapshot, answer: str) -> None:
    assert slugs(small, vendor="Apple", segment="laptop", answer=answer) == []


def test_the_index_says_how_many_there_are(small: Snapshot) -> None:
    page = combinations.build(small, {})
    assert page.pager.position == "1 to 20 of 20 combinations"
    assert page.opening.startswith("20 pairs have a page, ")
    assert [way.note for way in page.ways] == ["4 models, each on every GPU", "5 GPUs, each with every model"]


def test_pages_of_forty_reach_every_pair() -> None:
    gpus = [published_gpu(f"RTX {size}", memory_gb=size, bandwidth_gb_s=500) for size in range(1, 31)]
    snapshot = snapshot_of(gpus=gpus)
    pages = [combinations.build(snapshot, {"page": str(number)}) for number in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [40, 40, 40]
    assert len({line.address for page in pages for line in page.lines}) == 120


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("", ("mixture-30b", "rtx-8")),
        ("popular", ("mixture-30b", "rtx-8")),
        ("model", ("small-8b", "rtx-8")),
        ("-model", ("closed-100b", "rtx-8")),
        ("gpu", ("small-8b", "rtx-8")),
        ("-gpu", ("small-8b", "h80")),
        ("nothing", ("mixture-30b", "rtx-8")),
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


def test_of_more_pairs_than_can_be_asked_the_common_ones_are(small: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combinations, "MOST_ASKED", 17)
    page = combinations.build(small, {"answer": "no"})
    assert {line.kind for line in page.lines} == {"no"}
    assert page.note == "Of the 16 that people ask for most. Choose a model or a machine to ask of all."
    assert all(line.gpu.common for line in page.lines)
    assert combinations.build(small, {}).note == ""
    fewer = combinations.build(small, {"answer": "no", "vendor": "NVIDIA"})
    assert {line.kind for line in fewer.lines} == {"no"}
    assert fewer.note == ""


@pytest.mark.parametrize("order", ["", "model", "-model", "gpu", "-gpu"])
@pytest.mark.parametrize("filters", [{}, {"licence": "Apache 2.0", "size": "15-35"}], ids=str)
def test_no_request_asks_more_than_it_may(monkeypatch: pytest.MonkeyPatch, order: str, filters: dict[str, str]) -> None:
    asked = []

    def counted(snapshot: Snapshot, model: PublishedModel, gpu: PublishedGpu) -> Answer:
        asked.append((model, gpu))
        return answer(snapshot, model, gpu)

    monkeypatch.setattr(combinations, "MOST_ASKED", 5)
    monkeypatch.setattr(combinations, "answer", counted)
    combinations.build(snapshot_of(gpus=five_gpus()), {"speed": "5", "sort": order, **filters})
    assert len(asked) == 5


def test_a_model_or_a_machine_leaves_its_own_pairs(small: Snapshot) -> None:
    assert {model for model, _ in slugs(small, model="small 8b")} == {"small-8b"}
    assert {gpu for _, gpu in slugs(small, gpu="rtx-24")} == {"rtx-24"}
    fast = combinations.build(small, {"gpu": "rtx-24", "speed": "60"})
    assert {line.model.slug for line in fast.lines} == {"small-8b", "mixture-30b"}
    unknown = combinations.build(small, {"model": "nope"})
    assert unknown.model.error == "No model is called “nope”. Try fewer words."
    assert unknown.pager.position == "1 to 20 of 20 combinations"


def test_both_together_are_a_pair(small: Snapshot) -> None:
    pair = chosen_pair(small, {"model": "small 8b", "gpu": "24gb"})
    assert pair is not None
    assert pair.address == "/run/small-8b-on-rtx-24/"
    for query in ({"model": "small 8b"}, {"gpu": "24gb"}, {"model": "nope", "gpu": "24gb"}, {}):
        assert chosen_pair(small, query) is None


def test_filters_that_are_folded_are_open_where_one_is_set(small: Snapshot) -> None:
    assert not combinations.build(small, {"use": "chat"}).is_more_set
    assert combinations.build(small, {"vendor": "AMD"}).is_more_set
    assert combinations.build(small, {"vendor": "3dfx"}).is_more_set


def test_filters_that_leave_nothing_say_so(small: Snapshot) -> None:
    page = combinations.build(small, {"vendor": "Apple", "segment": "laptop"})
    assert page.lines == ()
    assert page.pager.position == "No combinations"


def test_only_the_plain_index_is_indexed(small: Snapshot) -> None:
    assert combinations.build(small, {}).indexable
    assert not combinations.build(small, {"vendor": "AMD"}).indexable
