"""Picks by memory and use are those of the pages of their machines."""

from decimal import Decimal

from catalog.snapshot import PublishedGpu
from fitpages.matching.beside import Ram
from fitpages.matching.picks import picks
from fitpages.pages.home.picks_table import COLUMNS, ONE_POOL, of_class, picks_table
from tests.published import published_gpu
from tests.scored import PICKED_ON, pick
from tests.small_catalog import snapshot_of

CARD = {"class_example": True, "drives_display": True}


def plain() -> PublishedGpu:
    """The computer that stands for those without a GPU."""
    shared = {"segment": "apu", "speed_class": "cpu", "unified_memory": True, "usable_share": Decimal("0.9")}
    return published_gpu("CPU 32", 32, 90, common=False, memory_type="DDR5", **shared)


def machines() -> list[PublishedGpu]:
    return [
        published_gpu("Mac 64", 64, 546, segment="apple", unified_memory=True, class_example=True),
        published_gpu("RTX 24", 24, 1008, **CARD),
        published_gpu("RTX 8", 8, 272, **CARD),
        published_gpu("RTX 12", 12, 360),
        plain(),
    ]


def test_a_row_is_the_example_of_a_class_computers_first_then_cards_then_one_pool() -> None:
    table = picks_table(snapshot_of(gpus=machines(), benchmarks=()))
    assert table
    assert [(row.memory, row.machine.text) for row in table.rows] == [
        ("32 GB", "No GPU, DDR5"),
        ("8 GB", "RTX 8"),
        ("24 GB", "RTX 24"),
        ("64 GB", "Mac 64"),
    ]
    assert {row.machine.address for row in table.rows} == {
        "/gpus/cpu-32/",
        "/gpus/rtx-8/",
        "/gpus/rtx-24/",
        "/gpus/mac-64/",
    }
    assert table.columns == tuple(name for name, *_ in COLUMNS)


def test_a_cell_is_a_pick_with_its_level_longest_context_and_speed() -> None:
    snapshot = snapshot_of(gpus=machines(), benchmarks=())
    table = picks_table(snapshot)
    assert table
    row = table.rows[2]
    first = of_class(snapshot, snapshot.gpus["rtx-24"])[0]
    assert row.cells[0].link
    assert row.cells[0].link.text == first.model.name
    assert row.cells[0].link.address == first.answer.address
    level, context, speed = row.cells[0].figures.split(" · ")
    assert level == first.answer.quant.short_name
    assert context.endswith("K")
    assert float(speed) > 0


def test_cards_have_the_ram_of_their_class_beside_them_and_one_pool_says_so() -> None:
    snapshot = snapshot_of(gpus=machines(), benchmarks=())
    small, large = (of_class(snapshot, snapshot.gpus[slug]) for slug in ("rtx-8", "rtx-24"))
    kind = next(pick.run.ram.kind for pick in small if pick.run.ram)
    assert small == picks(snapshot, snapshot.gpus["rtx-8"], Ram(32, kind))
    assert large == picks(snapshot, snapshot.gpus["rtx-24"], Ram(64, kind))
    table = picks_table(snapshot)
    assert table
    with_ram = {row.machine.text: row.cells[-1] for row in table.rows}
    assert with_ram["Mac 64"].figures == with_ram["No GPU, DDR5"].figures == ONE_POOL
    assert with_ram["RTX 8"].link
    assert "GiB in RAM" in with_ram["RTX 8"].figures or "MiB in RAM" in with_ram["RTX 8"].figures


def test_the_day_is_that_of_the_editors_last_pick() -> None:
    snapshot = snapshot_of(gpus=machines(), benchmarks=())
    table = picks_table(snapshot)
    assert table
    assert table.picked_on == ""
    of_editors = (pick("all-round", 24, "small-8b"),)
    table = picks_table(snapshot_of(gpus=machines(), benchmarks=(), picks=of_editors))
    assert table
    assert table.picked_on == f"{PICKED_ON:%-d %B %Y}"


def test_where_nothing_runs_there_is_no_table() -> None:
    assert picks_table(snapshot_of(models=(), gpus=machines())) is None
    assert picks_table(snapshot_of(gpus=[published_gpu("RTX 12", 12, 360)])) is None
