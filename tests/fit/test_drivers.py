"""What a driver lets a process ask for on a card with memory of its own."""

from decimal import Decimal

import pytest

from fit.drivers import driver_total_mib, process_mib
from fit.gpu_memory import Ecc
from tests.builders import gpu_spec

NVIDIA = {"vendor": "NVIDIA"}


@pytest.mark.parametrize(
    ("figures", "total_mib"),
    [
        ({**NVIDIA, "reported_mib": 24080, "reported_by": "cuda"}, 24080),
        ({**NVIDIA, "reported_mib": 24564, "reported_by": "nvidia-smi"}, 24564 - 450),
        ({**NVIDIA, "reported_mib": 24576, "reported_by": "nvidia-smi", "speed_class": "nvidia-pascal"}, 24576 - 90),
        (NVIDIA, 24 * 1024 - 450),
        ({**NVIDIA, "nameplate_gb": Decimal(32), "speed_class": "nvidia-hbm"}, 32 * 1024 - 250),
        ({**NVIDIA, "nameplate_gb": Decimal(48)}, 48 * 1024 - 640),
        ({"vendor": "AMD", "reported_mib": 24560, "reported_by": "rocm"}, 24560),
        ({"vendor": "AMD"}, 24 * 1024 - 16),
        ({"vendor": "Intel"}, 24 * 1024 * 0.99),
        ({"vendor": "Intel", "reported_mib": 15473, "reported_by": "level-zero"}, 15473),
    ],
)
def test_the_total_is_what_is_reported_less_what_the_driver_keeps(figures: dict[str, object], total_mib: float) -> None:
    assert driver_total_mib(gpu_spec(**figures), Ecc.NONE) == total_mib


def test_error_correction_in_the_memory_takes_a_sixteenth() -> None:
    card = gpu_spec(vendor="NVIDIA", nameplate_gb=Decimal(16), ecc="on")
    assert driver_total_mib(card, Ecc.ON) == 15 * 1024 - 450
    assert driver_total_mib(card, Ecc.OFF) == 16 * 1024 - 450


@pytest.mark.parametrize(("ecc", "reported"), [("off", 49140), ("on", 46068)])
def test_a_reported_total_is_of_the_usual_state(ecc: str, reported: int) -> None:
    card = gpu_spec(vendor="NVIDIA", nameplate_gb=Decimal(48), reported_mib=reported, reported_by="nvidia-smi", ecc=ecc)
    assert driver_total_mib(card, Ecc(ecc)) == reported - 640
    assert driver_total_mib(card, Ecc.ON) == pytest.approx(46068 - 640, abs=1)
    assert driver_total_mib(card, Ecc.OFF) == pytest.approx(49140 - 640, abs=1)


@pytest.mark.parametrize(
    ("vendor", "memory_gb", "taken_mib"),
    [
        ("NVIDIA", 16, 300),
        ("NVIDIA", 32, 450),
        ("NVIDIA", 48, 600),
        ("AMD", 24, 350),
        ("Intel", 16, 350),
        ("Apple", 64, 100),
    ],
)
def test_a_process_takes_a_context(vendor: str, memory_gb: int, taken_mib: int) -> None:
    assert process_mib(gpu_spec(vendor=vendor, nameplate_gb=Decimal(memory_gb))) == taken_mib
