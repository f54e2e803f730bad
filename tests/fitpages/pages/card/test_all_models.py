"""The whole list: every model once, newest first, twins in one row, filters that count."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.card import page as card_page
from fitpages.pages.card.all_models import ROWS, AllModels
from tests.fitpages.pages.card.catalogs import scored_catalog
from tests.published import dense, published_model
from tests.small_catalog import snapshot_of


@pytest.fixture
def scored() -> Snapshot:
    return scored_catalog()


def listed(snapshot: Snapshot, gpu: str = "rtx-24", **query: str) -> AllModels:
    return card_page.build(snapshot, snapshot.gpus[gpu], query).all_models


def names(of: AllModels) -> list[str]:
    return [line.name for line in of.lines]


def test_every_model_is_linked_once(scored: Snapshot) -> None:
    for gpu in scored.gpus:
        everything = listed(scored, gpu, runs="all")
        links = [
            link for line in everything.lines for link in (line.address, *(other.address for other in line.others))
        ]
        assert sorted(links) == sorted(f"/run/{slug}-on-{gpu}/" for slug in scored.models)


def test_the_newest_stand_first_and_twins_in_the_row_of_the_most_taken(scored: Snapshot) -> None:
    everything = listed(scored, runs="all")
    assert names(everything) == ["Coder 8B", "Mixture 30B", "Large 70B", "Small 8B", "Closed 100B"]
    (small,) = (line for line in everything.lines if line.name == "Small 8B")
    assert [other.text for other in small.others] == ["Twin 8B"]


def test_kinds_are_counted_and_kept_apart(scored: Snapshot) -> None:
    kinds = [link.text for link in listed(scored, "rtx-8").runs.links]
    assert kinds == ["3 run", "1 run with RAM", "2 do not", "6 in all"]
    assert names(listed(scored, "rtx-8", runs="ram")) == ["Mixture 30B"]
    assert [link.text for link in listed(scored, "rtx-8", ram="none").runs.links] == ["3 run", "3 do not", "6 in all"]


def test_where_says_what_keeps_a_model_from_running(scored: Snapshot) -> None:
    where = {line.name: line.where for line in listed(scored, "rtx-8", ram="none", runs="no").lines}
    assert where["Mixture 30B"].startswith("needs ")
    assert where["Mixture 30B"].endswith(" of RAM")
    assert where["Large 70B"] == "not in practice"
    assert {line.name: line.where for line in listed(scored, "mac-64").lines}["Large 70B"] == "in memory"


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ({"use": "code"}, ["Coder 8B"]),
        ({"context": "65536"}, ["Coder 8B", "Small 8B"]),
        ({"speed": "60"}, ["Coder 8B", "Mixture 30B", "Small 8B"]),
        ({"released": "2026"}, ["Coder 8B"]),
        ({"licence": "with conditions", "runs": "all"}, ["Large 70B"]),
        ({"use": "code", "released": "2025"}, []),
    ],
)
def test_filters_leave_what_passes_all_of_them(scored: Snapshot, query: dict[str, str], left: list[str]) -> None:
    assert names(listed(scored, **query)) == left
    assert listed(scored, **query).is_filtered


def test_links_of_a_filter_keep_the_others_and_begin_at_the_first_page(scored: Snapshot) -> None:
    uses = listed(scored, use="code", speed="10", page="3").filters[0]
    assert uses.label == "Use"
    assert {link.address for link in uses.links if link.text == "Chat"} == {"/gpus/rtx-24/?speed=10&use=chat#all"}
    assert {link.address for link in uses.links if link.text == "any use"} == {"/gpus/rtx-24/?speed=10#all"}


def test_rows_are_cut_into_pages() -> None:
    models = [
        published_model(f"M{number} 8B", 8 * 10**9 + number, dense(layers=8, width=2048, heads=16, feed_forward=4096))
        for number in range(ROWS + 2)
    ]
    snapshot = snapshot_of(models=models)
    first, second = listed(snapshot), listed(snapshot, page="2")
    assert (len(first.lines), len(second.lines)) == (ROWS, 2)
    assert first.pager.position == f"1 to {ROWS} of {ROWS + 2} rows"


def test_what_is_measured_says_so_and_a_range_stands_beside_an_estimate(scored: Snapshot) -> None:
    spans = {line.name: line.span for line in listed(scored, "rtx-24").lines}
    assert spans["Mixture 30B"] not in ("", "measured")
