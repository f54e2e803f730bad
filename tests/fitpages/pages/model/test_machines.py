"""All machines with a model: common ones first, by memory, twins in one row, filtered and cut into pages."""

from decimal import Decimal

from catalog.snapshot import Snapshot
from fit.verdict import Kind
from fitpages.pages.model.asked import asked
from fitpages.pages.model.machines import PAGE_SIZE, Machines, kind_of, machines, pair_lines
from tests.fitpages.markets import with_markets
from tests.published import published_gpu
from tests.small_catalog import five_gpus


def listed(snapshot: Snapshot, model: str = "small-8b", **query: str) -> Machines:
    of = snapshot.models[model]
    return machines(snapshot, pair_lines(snapshot, of), asked(snapshot, of, query))


def slugs(of: Machines) -> list[str]:
    return [row.line.gpu.slug for row in of.rows]


def test_common_machines_come_first_the_smallest_of_each_before_the_larger(small: Snapshot) -> None:
    assert slugs(listed(small, runs="all")) == ["rtx-8", "rtx-24", "mac-64", "h80", "rx-16-laptop"]


def test_those_that_run_it_are_listed_unless_others_are_asked_for() -> None:
    snapshot = with_markets()
    run = {row.line.answer.verdict.kind for row in listed(snapshot, "large-70b").rows}
    assert run <= {Kind.ON_CARD, Kind.WITH_RAM, Kind.SHORT}
    others = {row.line.answer.verdict.kind for row in listed(snapshot, "large-70b", runs="no").rows}
    assert others
    assert others <= {Kind.NOT_IN_PRACTICE, Kind.NO}
    assert len(slugs(listed(snapshot, "large-70b", runs="all"))) == len(snapshot.gpus)


def test_where_none_runs_it_all_are_listed() -> None:
    snapshot = with_markets(gpus=[gpu for gpu in five_gpus() if gpu.slug == "rtx-8"])
    assert slugs(listed(snapshot, "large-70b")) == ["rtx-8"]
    assert listed(snapshot, "large-70b").filters[0].value == "all"


def test_filters_say_how_many_there_are() -> None:
    texts = [link.text for link in listed(with_markets()).filters[0].links]
    assert texts == ["7 that run it", "0 with RAM", "0 that do not", "7 in all"]


def test_a_kind_and_a_speed_can_be_asked_for() -> None:
    snapshot = with_markets()
    assert slugs(listed(snapshot, kind="mac")) == ["mac-64"]
    assert slugs(listed(snapshot, kind="none")) == ["cpu-32"]
    assert slugs(listed(snapshot, kind="box")) == ["box-128"]
    assert {kind_of(gpu) for gpu in snapshot.gpus.values()} == {"card", "server", "laptop", "mac", "box", "none"}
    fast = listed(snapshot, fast="30")
    assert all(row.line.speed >= 30 for row in fast.rows)
    assert 0 < len(fast.rows) < len(snapshot.gpus)


def test_twins_share_a_row(small: Snapshot) -> None:
    twin = published_gpu(
        "RTX 8 Twin",
        8,
        256,
        reported_mib=7900,
        reported_by="cuda",
        drives_display=True,
        compute_tflops=Decimal(60),
        release_date=None,
    )
    snapshot = with_markets(gpus=(*five_gpus(), twin))
    row = next(row for row in listed(snapshot).rows if row.line.gpu.slug == "rtx-8")
    assert [link.address for link in row.twins] == ["/run/small-8b-on-rtx-8-twin/"]


def test_a_page_has_forty_rows() -> None:
    cards = [published_gpu(f"Card {number}", 24, 500 + number) for number in range(PAGE_SIZE + 5)]
    snapshot = with_markets(gpus=cards)
    first, second = listed(snapshot), listed(snapshot, page="2", kind="card")
    assert (len(first.rows), len(second.rows)) == (PAGE_SIZE, 5)
    assert first.pager.position == "1 to 40 of 45 machines"
    assert second.pager.steps[0].address == "/models/small-8b/?kind=card"
    assert len(listed(snapshot, page="nonsense").rows) == PAGE_SIZE
