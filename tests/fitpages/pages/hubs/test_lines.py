"""A hub groups its lines by what their answers are, the best first."""

from catalog.snapshot import Snapshot
from fitpages.pages.common.answer_words import IN_MEMORY, KINDS
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.hubs.lines import GROUPS, by_kind, how_many, how_many_run, line_groups


def on_gpu(small: Snapshot, gpu: str) -> list[PairLine]:
    return [pair_line(small, model, small.gpus[gpu]) for model in small.models.values()]


def of_model(small: Snapshot, model: str) -> list[PairLine]:
    return [pair_line(small, small.models[model], gpu) for gpu in small.gpus.values()]


def test_every_name_of_a_kind_has_its_group() -> None:
    assert set(GROUPS) == {*KINDS.values(), IN_MEMORY}
    anchors = [group.anchor for group in GROUPS.values()]
    assert anchors == ["on-card", "in-memory", "with-ram", "short", "not-in-practice", "no"]


def test_lines_stand_under_their_kind_in_the_order_they_came(small: Snapshot) -> None:
    groups = line_groups(by_kind(on_gpu(small, "rtx-8")))
    assert [(group.anchor, group.heading, group.count) for group in groups] == [
        ("on-card", "On the card", "1"),
        ("with-ram", "With a part in RAM", "1"),
        ("not-in-practice", "Not in practice", "1"),
        ("no", "No", "1"),
    ]
    assert [line.model.name for group in groups for line in group.lines] == [
        *("Small 8B", "Mixture 30B", "Large 70B", "Closed 100B")
    ]


def test_shared_memory_is_a_group_of_its_own(small: Snapshot) -> None:
    groups = line_groups(by_kind(of_model(small, "small-8b")))
    assert [(group.heading, [line.gpu.name for line in group.lines]) for group in groups] == [
        ("On the card", ["RTX 24", "RTX 8", "H80", "RX 16 Laptop"]),
        ("In memory", ["Mac 64"]),
    ]


def test_a_group_has_the_columns_of_its_lines(small: Snapshot) -> None:
    columns = {group.anchor: (group.runs, group.with_ram) for group in line_groups(by_kind(on_gpu(small, "rtx-8")))}
    assert columns == {
        "on-card": (True, False),
        "with-ram": (True, True),
        "not-in-practice": (True, True),
        "no": (False, False),
    }


def test_a_yes_is_on_the_card_with_ram_or_short(small: Snapshot) -> None:
    assert how_many_run(by_kind(on_gpu(small, "rtx-8"))) == 2
    assert how_many_run(by_kind(of_model(small, "small-8b"))) == 5
    assert how_many_run(by_kind([])) == 0


def test_how_many_is_said_by_kind(small: Snapshot) -> None:
    assert how_many(by_kind(on_gpu(small, "rtx-8")), "models") == (
        "2 of 4 models here run: 1 on the card and 1 with a part in RAM."
    )
    assert how_many(by_kind(of_model(small, "small-8b")), "machines", " it") == (
        "5 of 5 machines here run it: 4 on the card and 1 in shared memory."
    )


def test_one_kind_needs_no_list(small: Snapshot) -> None:
    (small_on_it, *_) = on_gpu(small, "rtx-24")
    no = [line for line in on_gpu(small, "rtx-8") if line.kind == "no"]
    assert how_many(by_kind([small_on_it, *no]), "models") == "1 of 2 models here runs on the card."
    assert how_many(by_kind(no), "machines", " it") == "None of the 1 machines here runs it."
