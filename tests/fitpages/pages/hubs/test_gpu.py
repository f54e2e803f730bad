"""A GPU's hub shows every model once and says the most that the card runs."""

import re

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.pages.common.answer_words import KEYS
from fitpages.pages.hubs import gpu as gpu_hub
from tests.published import published_gpu


def names(small: Snapshot, sort: str) -> list[str]:
    hub = gpu_hub.build(small, small.gpus["h80"], {"sort": sort})
    return [line.model.name for group in hub.groups for line in group.lines]


def test_every_model_is_there_once(small: Snapshot) -> None:
    for gpu in small.gpus.values():
        hub = gpu_hub.build(small, gpu, {})
        addresses = [line.address for group in hub.groups for line in group.lines]
        assert sorted(addresses) == sorted(f"/run/{slug}-on-{gpu.slug}/" for slug in small.models)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("size", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("name", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
        ("released", ["Mixture 30B", "Large 70B", "Small 8B", "Closed 100B"]),
        ("nothing", ["Closed 100B", "Large 70B", "Mixture 30B", "Small 8B"]),
    ],
)
def test_models_come_in_the_order_asked_for(small: Snapshot, sort: str, order: list[str]) -> None:
    assert names(small, sort) == order


def test_by_speed_those_without_one_come_last(small: Snapshot) -> None:
    (group,) = gpu_hub.build(small, small.gpus["h80"], {"sort": "speed"}).groups
    speeds = [line.speed for line in group.lines]
    assert speeds == sorted(speeds, reverse=True)
    assert speeds[-1] == 0 < speeds[-2]


def test_the_most_that_it_runs_is_said_with_its_answer(small: Snapshot) -> None:
    hub = gpu_hub.build(small, small.gpus["rtx-24"], {})
    most = (
        r"The most that an RTX 24 runs on the card is Mixture 30B \(30\.5B parameters\), at Q5_K_M with 16K of context:"
    )
    assert re.fullmatch(rf"{most} about \d+ tokens per second\.", hub.answer)
    dense, counted = hub.why
    of_dense = (
        r"The largest dense model is Small 8B \(8\.0B\), at Q6_K with 32K of context: about \d+ tokens per second\."
    )
    assert re.fullmatch(of_dense, dense)
    assert counted == "2 of 4 models here run on the card."


def test_shared_memory_is_no_card(small: Snapshot) -> None:
    hub = gpu_hub.build(small, small.gpus["mac-64"], {})
    assert hub.answer.startswith("The most that a Mac 64 runs in memory is Large 70B (70.6B parameters), at ")
    assert [group.heading for group in hub.groups] == ["In memory", "No"]
    assert hub.why == ("3 of 4 models here run in shared memory.",)


def test_without_an_accounting_the_rule_is_named(small: Snapshot) -> None:
    hub = gpu_hub.build(small, small.gpus["h80"], {})
    assert hub.answer == (
        "The most that an H80 runs on the card is Closed 100B (100B parameters), at Q4_K_M by the rule of thumb."
    )


def test_a_card_that_runs_nothing_says_what_it_leaves(small: Snapshot) -> None:
    hub = gpu_hub.build(small, published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100), {})
    assert re.match(r"An RTX 1 leaves \d+ MiB for a model, and none here runs in that ", hub.answer)
    assert hub.why == ("None of the 4 models here runs.",)
    assert hub.title == "RTX 1: none of 4 language models run on it"
    assert hub.description.endswith(" None of the 4 models here runs.")


def test_title_and_description_carry_the_answer(small: Snapshot) -> None:
    hub = gpu_hub.build(small, small.gpus["rtx-8"], {})
    assert hub.title == "RTX 8: 2 of 4 language models run on it"
    assert re.fullmatch(
        r"RTX 8: 6\.8 GiB of its 8 GiB are left for a model\. 2 of 4 models here run: 1 on the card and 1 with a part "
        r"in RAM\. The largest on the card: Small 8B, Q4_K_M, 8K · \d+ tokens/s\.",
        hub.description,
    )


def test_only_the_plain_hub_is_indexed(small: Snapshot) -> None:
    assert gpu_hub.build(small, small.gpus["rtx-8"], {}).indexable
    assert not gpu_hub.build(small, small.gpus["rtx-8"], {"sort": "name"}).indexable


@pytest.mark.parametrize("slug", ["gtx-1060-3", "m3-ultra-512", "a16"])
def test_groups_of_the_real_catalog_are_the_answers_to_their_pairs(snapshot: Snapshot, slug: str) -> None:
    gpu = snapshot.gpus[slug]
    for group in gpu_hub.build(snapshot, gpu, {}).groups:
        for line in group.lines[::40]:
            kind = answer(snapshot, line.model, gpu).verdict.kind
            assert group.anchor in (KEYS[kind], "in-memory"), line.address
