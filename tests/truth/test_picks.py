"""The picks that ship: each does on the machine that its class is held against."""

import pytest

from catalog.snapshot import PublishedGpu, PublishedPick, Snapshot
from fitpages.management.commands.propose_picks import class_ram
from fitpages.matching.answers import answer
from fitpages.matching.picks import MachinePick, memory_class, picks, proposed
from fitpages.matching.popularity import common_models
from fitpages.matching.runs import run

pytestmark = pytest.mark.django_db
CLASSES = (8, 12, 16, 24, 32, 64, 128)


def example(snapshot: Snapshot, size: int) -> PublishedGpu:
    (gpu,) = (gpu for gpu in snapshot.gpus.values() if gpu.class_example and memory_class(gpu) == size)
    return gpu


def test_every_class_has_six_picks_or_more_and_an_example(snapshot: Snapshot) -> None:
    for size in CLASSES:
        example(snapshot, size)
        alone = [pick for pick in snapshot.picks if pick.memory_class == size and not pick.with_ram]
        assert {pick.use for pick in alone} == {"all-round", "code", "long", "vision", "reasoning", "fast"}


def test_every_pick_is_on_the_card_with_16k_at_15_tokens_or_is_marked_with_ram(snapshot: Snapshot) -> None:
    assert len(snapshot.picks) == 49
    for pick in snapshot.picks:
        gpu = example(snapshot, pick.memory_class)
        made = run(snapshot, answer(snapshot, snapshot.models[pick.model], gpu), class_ram(pick.memory_class))
        assert made, pick.slug
        assert made.is_enough or (pick.with_ram and made.ram_bytes), pick.slug


def test_picks_are_of_common_models(snapshot: Snapshot) -> None:
    common = {model.slug for model in common_models(snapshot)}
    assert {pick.model for pick in snapshot.picks} <= common


def test_picks_stand_on_the_page_of_the_example_of_their_class(snapshot: Snapshot) -> None:
    for size in CLASSES:
        gpu = example(snapshot, size)
        ram = None if gpu.spec.unified_memory else class_ram(size)
        shown = {(pick.use, pick.with_ram): pick for pick in picks(snapshot, gpu, ram) if pick.picked_on}
        of_class = [pick for pick in snapshot.picks if pick.memory_class == size]
        assert [_key(pick) for pick in of_class if shown[_key(pick)].model.slug != pick.model] == []


def _key(pick: PublishedPick) -> tuple[str, bool]:
    return pick.use, pick.with_ram


@pytest.mark.parametrize("slug", ["rtx-3060-12", "rtx-4090", "cpu-ddr4-16", "m4-16", "h200-141", "gtx-1660-super"])
def test_the_rule_picks_something_on_machines_of_every_kind(snapshot: Snapshot, slug: str) -> None:
    gpu = snapshot.gpus[slug]
    of_gpu = proposed(snapshot, gpu, None)
    assert 5 <= len(of_gpu) <= 8
    assert all(pick.is_enough and not pick.with_ram for pick in of_gpu)


def test_a_12_gb_card_codes_with_a_model_made_for_it(snapshot: Snapshot) -> None:
    card = snapshot.gpus["rtx-3060-12"]
    code = {pick.name: pick for pick in picks(snapshot, card, class_ram(12))}
    assert "code" in code["Code"].model.uses
    assert _in_ram(code["Code, with RAM"]) > 0


def _in_ram(pick: MachinePick) -> int:
    return pick.run.ram_bytes
