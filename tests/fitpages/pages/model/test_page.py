"""A model's hub shows every GPU once and names the card to want."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.pages.common.pair_line import PairLine
from fitpages.pages.hubs import model as model_hub
from tests.fitpages.levels import with_native
from tests.small_catalog import five_gpus, snapshot_of


def test_every_gpu_is_there_once_with_the_answer_to_the_pair(small: Snapshot) -> None:
    for model in small.models.values():
        hub = model_hub.build(small, model, {})
        lines = [line for group in hub.groups for line in group.lines]
        answers = [PairLine(answer(small, model, gpu)) for gpu in small.gpus.values()]
        assert sorted(lines, key=lambda line: line.address) == sorted(answers, key=lambda line: line.address)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["RTX 8", "RX 16 Laptop", "RTX 24", "H80", "Mac 64"]),
        ("memory", ["RTX 8", "RX 16 Laptop", "RTX 24", "H80", "Mac 64"]),
        ("name", ["H80", "RTX 24", "RTX 8", "RX 16 Laptop", "Mac 64"]),
        ("nothing", ["RTX 8", "RX 16 Laptop", "RTX 24", "H80", "Mac 64"]),
    ],
)
def test_gpus_come_in_the_order_asked_for_within_their_kind(small: Snapshot, sort: str, order: list[str]) -> None:
    hub = model_hub.build(small, small.models["small-8b"], {"sort": sort})
    assert [line.gpu.name for group in hub.groups for line in group.lines] == order


def test_the_answer_names_the_card_to_want(small: Snapshot) -> None:
    hub = model_hub.build(small, small.models["large-70b"], {})
    assert hub.answer == "The smallest common card that holds Large 70B at Q4_K_M with 32K of context is an H80."
    takes, counted = hub.why
    assert takes == "Large 70B (70.6B) takes 41.7 GiB at Q4_K_M, the popular default, with 8K of context."
    assert counted == "2 of 5 machines here run it: 1 on the card and 1 in shared memory."


def test_the_answer_says_where_no_common_card_holds_it() -> None:
    snapshot = snapshot_of(gpus=[gpu for gpu in five_gpus() if gpu.slug != "h80"])
    answer_text = model_hub.build(snapshot, snapshot.models["large-70b"], {}).answer
    assert answer_text == "No single common card holds Large 70B at Q4_K_M with 32K of context."


def test_title_and_description_carry_the_answer(small: Snapshot) -> None:
    hub = model_hub.build(small, small.models["small-8b"], {})
    assert hub.title == "Small 8B: 5.4 GiB of VRAM at Q4_K_M, and which GPUs run it"
    assert hub.description == (
        "Small 8B (8.0B) takes 5.4 GiB at Q4_K_M with 8K of context. The smallest common card: RTX 24. "
        "5 of 5 machines here run it: 4 on the card and 1 in shared memory."
    )


def test_without_tensors_the_rule_is_named(small: Snapshot) -> None:
    hub = model_hub.build(small, small.models["closed-100b"], {})
    assert hub.title == "Closed 100B: VRAM needed, and which GPUs run it"
    assert hub.answer == "The smallest common card that holds Closed 100B at Q4_K_M by the rule of thumb is an H80."
    assert hub.why[0] == (
        "Closed 100B (100B) needs 67.2 GB at Q4_K_M, the popular default, by the rule of thumb: nothing is counted."
    )


def test_only_the_plain_hub_is_indexed(small: Snapshot) -> None:
    assert model_hub.build(small, small.models["small-8b"], {}).indexable
    assert not model_hub.build(small, small.models["small-8b"], {"sort": "name"}).indexable


def test_of_a_model_made_in_four_bits_the_answer_is_of_that_level(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    hub = model_hub.build(snapshot, snapshot.models["native-30b"], {})
    assert hub.answer.startswith("The smallest common card that holds Native 30B at MXFP4 with 32K of context is ")
    assert hub.why[0] == (
        "Native 30B (30.5B) takes 15.9 GiB at MXFP4, the level that it was made in, with 8K of context."
    )
    assert {line.level for group in hub.groups for line in group.lines} == {"MXFP4"}
