"""What a card offers to a model: what is reported of it, less what everything else takes."""

from decimal import Decimal

import pytest

from fit.offer import context_bytes, offer
from fit.units import MIB
from tests.builders import gpu_spec

CUDA = {"vendor": "NVIDIA", "reported_mib": 24080, "reported_by": "cuda"}
SMI = {"vendor": "NVIDIA", "reported_mib": 24564, "reported_by": "nvidia-smi"}
RADEON = {"vendor": "AMD", "reported_mib": 24560, "reported_by": "rocm"}
MAC = {"vendor": "Apple", "unified_memory": True, "reported_mib": 18186, "reported_by": "metal"}
SHARED = {"vendor": "NVIDIA", "unified_memory": True, "reported_mib": 124610, "reported_by": "cuda"}


@pytest.mark.parametrize(
    ("figures", "expected_mib", "approximate"),
    [
        ({**CUDA, "drives_display": True}, 24080 - 450 - 600, False),
        (SMI, 24564 - 450 - 450, False),
        ({"vendor": "NVIDIA"}, 24 * 1024 - 450 - 450, True),
        ({**RADEON, "drives_display": True}, 24560 - 350 - 600, False),
        (MAC, 18186 - 100, False),
        (SHARED, 124610 - 6144, False),
    ],
)
def test_a_card_offers_what_is_reported_less_what_others_take(
    figures: dict[str, object], expected_mib: int, approximate: bool
) -> None:
    offered = offer(gpu_spec(**figures))
    assert offered.total_bytes == expected_mib * MIB
    assert offered.approximate is approximate


def test_a_headless_card_offers_what_a_desktop_would_take() -> None:
    headless, desktop = (gpu_spec(**CUDA, drives_display=shows) for shows in (False, True))
    assert offer(headless).total_bytes - offer(desktop).total_bytes == 600 * MIB
    assert (offer(headless).with_desktop, offer(desktop).with_desktop) == (False, True)


def test_what_a_process_takes_besides_is_that_which_the_offer_leaves_out() -> None:
    gpu = gpu_spec(**CUDA)
    assert offer(gpu).total_bytes + context_bytes(gpu) == 24080 * MIB


def test_macs_without_a_reported_limit_get_that_of_the_next_smaller_size() -> None:
    mac = gpu_spec(vendor="Apple", unified_memory=True, nameplate_gb=Decimal(96))
    assert offer(mac).total_bytes == int((96 * 1024 * 0.81 - 100) * MIB)
