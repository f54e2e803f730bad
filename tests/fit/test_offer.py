"""What a card offers to a model: what its system lets it use, less what everything else takes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.displays import Display
from fit.offer import context_bytes, offer, usual_display
from fit.specs import GpuSpec
from fit.units import MIB
from tests.builders import gpu_spec

CUDA = {"vendor": "NVIDIA", "reported_mib": 24080, "reported_by": "cuda"}
SMI = {"vendor": "NVIDIA", "reported_mib": 24564, "reported_by": "nvidia-smi"}
RADEON = {"vendor": "AMD", "reported_mib": 24560, "reported_by": "rocm"}
MAC = {"vendor": "Apple", "unified_memory": True, "reported_mib": 18186, "reported_by": "metal"}
SHARED = {"vendor": "NVIDIA", "unified_memory": True, "nameplate_gb": Decimal(128), "reported_mib": 124610}
HALF = {"vendor": "AMD", "unified_memory": True, "nameplate_gb": Decimal(128), "reported_mib": 63968}


@pytest.mark.parametrize(
    ("figures", "expected_mib", "approximate"),
    [
        ({**CUDA, "drives_display": True}, 24080 - 450 - 600, False),
        (SMI, 24564 - 450 - 450, False),
        ({"vendor": "NVIDIA"}, 24 * 1024 - 450 - 450, True),
        ({"vendor": "NVIDIA", "ecc": "on"}, 24 * 960 - 450 - 450, True),
        ({**RADEON, "drives_display": True}, 24560 - 350 - 600, False),
        (MAC, 18186 - 100, False),
        (SHARED, 124610 - 6144, False),
        (HALF, 63968 - 350, False),
    ],
)
def test_a_card_offers_what_is_reported_less_what_others_take(
    figures: dict[str, object], expected_mib: int, approximate: bool
) -> None:
    offered = offer(gpu_spec(**figures))
    assert offered.total_bytes == expected_mib * MIB
    assert offered.approximate is approximate


@pytest.mark.parametrize(
    ("drives_display", "display"), [(True, Display.DESKTOP), (False, Display.HEADLESS)], ids=["a card", "a board"]
)
def test_what_is_not_named_is_the_usual(drives_display: bool, display: Display) -> None:
    gpu = gpu_spec(**CUDA, drives_display=drives_display)
    assert usual_display(gpu) is display
    assert offer(gpu) == offer(gpu, system=gpu.systems[0], display=display, other_mib=0)
    assert (offer(gpu).system, offer(gpu).display) == (gpu.systems[0], display)
    assert offer(gpu).with_desktop is drives_display


def test_a_display_takes_its_part_of_a_card() -> None:
    left = {display: offer(gpu_spec(**CUDA), display=display).total_bytes / MIB for display in Display}
    assert left == {Display.HEADLESS: 23630, Display.DESKTOP: 23030, Display.WINDOWS: 22630}


@pytest.mark.parametrize("figures", [MAC, SHARED, HALF])
def test_of_shared_memory_the_systems_part_holds_the_desktop(figures: dict[str, object]) -> None:
    gpu = gpu_spec(**figures)
    offers = [offer(gpu, display=display) for display in Display]
    assert {(offered.total_bytes, offered.with_desktop) for offered in offers} == {(offer(gpu).total_bytes, False)}


def test_another_system_leaves_what_it_says_and_no_report_is_of_it() -> None:
    gpu = gpu_spec(**HALF)
    offered = offer(gpu, system=gpu.systems[1])
    assert offered.total_bytes == (2 * 63968 - 6144 - 350) * MIB
    assert (offered.approximate, offered.reported_mib, offered.system) == (True, None, gpu.systems[1])


def test_a_limit_of_the_readers_own_is_a_system_with_another_total() -> None:
    gpu = gpu_spec(**MAC)
    assert offer(gpu, system=replace(gpu.systems[2], total_mib=20000)).total_bytes == 19900 * MIB


def test_what_else_is_on_the_card_comes_off_to_the_byte_and_never_below_nothing() -> None:
    gpu = gpu_spec(**CUDA)
    assert offer(gpu).total_bytes - offer(gpu, other_mib=2500).total_bytes == 2500 * MIB
    assert offer(gpu, other_mib=10**6).total_bytes == 0
    with pytest.raises(ValueError, match="must not be negative"):
        offer(gpu, other_mib=-1)


def test_what_a_process_takes_besides_is_that_which_the_offer_leaves_out() -> None:
    gpu = gpu_spec(**CUDA)
    assert offer(gpu).total_bytes + context_bytes(gpu) == 24080 * MIB


MACHINES = st.builds(
    lambda vendor, memory_gb, unified, ecc: gpu_spec(
        vendor=vendor, nameplate_gb=Decimal(memory_gb), unified_memory=unified or vendor == "Apple", ecc=ecc
    ),
    st.sampled_from(("NVIDIA", "AMD", "Intel", "Apple", "Other")),
    st.integers(min_value=1, max_value=1024),
    st.booleans(),
    st.sampled_from(("", "on", "off")),
)


@given(MACHINES, st.integers(min_value=0, max_value=10_000), st.integers(min_value=0, max_value=10_000))
def test_neither_a_display_nor_other_programs_ever_leave_more(gpu: GpuSpec, few_mib: int, more_mib: int) -> None:
    for system in gpu.systems:
        by_display = [offer(gpu, system=system, display=display).total_bytes for display in Display]
        assert by_display == sorted(by_display, reverse=True)
        few, many = (offer(gpu, system=system, other_mib=mib).total_bytes for mib in (few_mib, few_mib + more_mib))
        assert many <= few <= offer(gpu, system=system).total_bytes
