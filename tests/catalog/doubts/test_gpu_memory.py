"""Each figure of a card's memory is held against its partners."""

from typing import Any

import pytest

from catalog.doubts import gpu_memory
from tests.catalog.doubts.beside import card, checks, others

LIKE = [card(name=f"Like {number}", slug=f"like-{number}", pk=number) for number in range(1, 4)]
OTHERS = others(gpus=LIKE)


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"bandwidth_gb_s": "10080"}, "bandwidth_by_bus"),
        ({"bandwidth_gb_s": "2008"}, "bandwidth_by_bus"),
        ({"bus_bits": 284}, "bandwidth_by_bus"),
        ({"memory_rate_gbps": "210", "bandwidth_gb_s": "10080"}, "rate_of_memory_type"),
        ({"memory_gb": 34}, "memory_by_bus"),
        ({"name": "Test 16GB"}, "memory_in_name"),
        ({"reported_memory_mib": 14_080}, "reported_of_nameplate"),
        ({"reported_memory_mib": 240_800}, "reported_of_nameplate"),
        ({"usable_share": "0.85"}, "usable_share"),
        ({"carve_out_gb": "8"}, "carve_out_of_shared_memory"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(gpu_memory.doubts(card(**values), OTHERS))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"bandwidth_gb_s": "1030"},
        {"bus_bits": None},
        {"memory_gb": 24, "gpus_per_board": 2, "name": "Test 48GB"},
        {"reported_memory_mib": None},
        {"usable_share": None},
    ],
)
def test_what_agrees_or_is_not_known_is_not(values: dict[str, Any]) -> None:
    assert checks(gpu_memory.doubts(card(**values), OTHERS)) == []


def test_the_sentence_has_both_figures_and_what_to_compare() -> None:
    (doubt,) = gpu_memory.doubts(card(bandwidth_gb_s="300000"), OTHERS)
    assert doubt.field == "bandwidth_gb_s"
    assert doubt.says == (
        "Bandwidth is 300,000 GB/s, but 384 bits x 21 Gbit/s / 8 is 1,008 GB/s. Compare all three with the data sheet; "
        "each is of one GPU, not of the board."
    )


def test_a_card_is_not_held_against_itself() -> None:
    assert checks(gpu_memory.doubts(card(usable_share="0.5", pk=1), others(gpus=LIKE[:1]))) == []


def test_shared_memory_is_held_against_machines_as_large_that_the_same_program_reports() -> None:
    macs = [
        card(slug=f"mac-{gb}", pk=gb, memory_gb=gb, unified_memory=True, reported_by="metal", reported_memory_mib=mib)
        for gb, mib in ((16, 12_124), (64, 53_084), (512, 475_136))
    ]
    own = {"slug": "mac", "memory_gb": 64, "unified_memory": True, "reported_by": "metal"}
    asked = [
        checks(gpu_memory._reported(card(**own, reported_memory_mib=mib), others(gpus=macs)))
        for mib in (53_084, 43_084)
    ]
    assert asked == [[], ["reported_of_nameplate"]]
