"""Machines are of six kinds; people have the common ones, and computers without a GPU."""

from decimal import Decimal

import pytest

from catalog.snapshot import PublishedGpu
from fitpages.matching.machine_kinds import MachineKind, is_had, is_plain, machine_kind, machines_of, plain_computers
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def plain(memory_gb: int, bandwidth_gb_s: int, kind: str = "DDR5") -> PublishedGpu:
    """A computer without a GPU, as the catalog has them: in the segment of boxes, and none of them common."""
    name = f"CPU {memory_gb} {kind}"
    shared = {"segment": "apu", "speed_class": "cpu", "unified_memory": True, "usable_share": Decimal("0.9")}
    return published_gpu(name, memory_gb, bandwidth_gb_s, common=False, **shared)


@pytest.mark.parametrize(
    ("segment", "kind"),
    [
        ("consumer", MachineKind.CARD),
        ("workstation", MachineKind.CARD),
        ("laptop", MachineKind.LAPTOP),
        ("apple", MachineKind.MAC),
        ("apu", MachineKind.BOX),
        ("datacenter", MachineKind.SERVER),
    ],
)
def test_a_machine_is_of_the_kind_of_its_segment(segment: str, kind: MachineKind) -> None:
    gpu = published_gpu("Any 24", 24, 500, segment=segment)
    assert machine_kind(gpu) is kind
    assert not is_plain(gpu)


def test_without_a_gpu_it_is_of_a_kind_of_its_own() -> None:
    assert machine_kind(plain(32, 80)) is MachineKind.NO_GPU
    assert is_plain(plain(32, 80))


def test_of_a_kind_are_the_common_ones_of_one_gpu_each_the_smallest_first() -> None:
    cards = [
        published_gpu("RTX 24", 24, 1000),
        published_gpu("RTX 8", 8, 300),
        published_gpu("RTX Rare", 12, 300, common=False),
        published_gpu("RTX Twice", 12, 300, gpus_per_board=2),
        published_gpu("RTX Laptop", 8, 300, segment="laptop"),
    ]
    snapshot = snapshot_of(gpus=cards)
    assert [gpu.name for gpu in machines_of(snapshot, MachineKind.CARD)] == ["RTX 8", "RTX 24"]
    assert [gpu.name for gpu in machines_of(snapshot, MachineKind.LAPTOP)] == ["RTX Laptop"]
    assert machines_of(snapshot, MachineKind.MAC) == ()


def test_every_computer_without_a_gpu_is_one_that_people_have() -> None:
    computers = [plain(32, 80), plain(32, 45, "DDR4"), plain(16, 80)]
    snapshot = snapshot_of(gpus=[*computers, published_gpu("RTX Rare", 12, 300, common=False)])
    ordered = [computers[2], computers[1], computers[0]]
    assert plain_computers(snapshot) == machines_of(snapshot, MachineKind.NO_GPU) == tuple(ordered)
    assert {gpu.slug: is_had(gpu) for gpu in snapshot.gpus.values()} == {
        **{gpu.slug: True for gpu in computers},
        "rtx-rare": False,
    }
    assert is_had(published_gpu("RTX 8", 8, 300))
