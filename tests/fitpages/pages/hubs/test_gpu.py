"""A GPU's hub shows every model once and says the most that the card runs."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit.levels import NATIVE_MIX
from fitpages.matching.pairs import Pair
from fitpages.pages.hubs import gpu as gpu_hub
from fitpages.pages.pair import page as pair_page
from tests.published import published_gpu


def names(small: Snapshot, sort: str) -> list[str]:
    hub = gpu_hub.build(small, small.gpus["h80"], {"sort": sort})
    return [line.name for group in hub.groups for line in group.lines]


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
    assert names(small, "speed") == ["Small 8B", "Mixture 30B", "Large 70B", "Closed 100B"]


def test_the_most_that_it_runs_is_said_with_what_that_takes(small: Snapshot) -> None:
    first, dense, counted = gpu_hub.build(small, small.gpus["rtx-24"], {}).most
    assert first.startswith("The most that an RTX 24 runs at Q4_K_M is Mixture 30B (30.5B parameters), which takes ")
    assert re.search(r"which takes 17\.9 GiB of its 22\.5 GiB with 8K tokens of context\.$", first)
    assert dense == "The largest dense model is Small 8B, with 8.0B."
    assert counted == "Of 4 models here, 2 fit at Q3_K_M or above."


def test_without_an_accounting_what_it_takes_is_not_said(small: Snapshot) -> None:
    first = gpu_hub.build(small, small.gpus["h80"], {}).most[0]
    assert first == "The most that an H80 runs at Q4_K_M is Closed 100B (100B parameters)."


def test_a_card_that_runs_nothing_says_what_it_offers(small: Snapshot) -> None:
    weak = published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=100)
    (most,) = gpu_hub.build(small, weak, {}).most
    assert re.match(r"An RTX 1 offers \d+ MiB;", most)
    assert most.endswith("; no model here fits at Q4_K_M.")


def test_the_description_counts_what_fits(small: Snapshot) -> None:
    description = gpu_hub.build(small, small.gpus["rtx-8"], {}).description
    assert description.startswith(
        "RTX 8: 6.8 GiB of its 8 GiB are left for a model. 1 of 4 models fit at Q3_K_M or above"
    )


def test_only_the_plain_hub_is_indexed(small: Snapshot) -> None:
    assert gpu_hub.build(small, small.gpus["rtx-8"], {}).indexable
    assert not gpu_hub.build(small, small.gpus["rtx-8"], {"sort": "name"}).indexable


@pytest.mark.parametrize("slug", ["gtx-1060-3", "m3-ultra-512", "a16"])
def test_groups_of_the_real_catalog_say_the_verdicts_of_the_pages_of_pairs(snapshot: Snapshot, slug: str) -> None:
    after = snapshot.all_quants[snapshot.all_quants.index(snapshot.default_quant) + 1 :]
    low = {quant.name for quant in after if quant.spec.mix != NATIVE_MIX}
    for group in gpu_hub.build(snapshot, snapshot.gpus[slug], {}).groups:
        for line in group.lines[::40]:
            model = snapshot.models[line.address.removeprefix("/run/").rpartition("-on-")[0]]
            rows = pair_page.build(snapshot, Pair(model, snapshot.gpus[slug])).rows
            best = next((row.name for row in rows if row.marked), None)
            verdict = ("low" if best in low else "fits") if best else "no"
            assert verdict == group.anchor, line.address
