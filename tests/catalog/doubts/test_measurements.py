"""What a measurement says of its card and its program; its speed is in tests/catalog/test_admin_benchmarks.py."""

import datetime
from typing import Any

import pytest

from catalog.doubts import measurements
from tests.catalog.doubts.beside import card, checks, measurement, others

ON = card(name="RTX 24", pk=1, release_date=datetime.date(2022, 10, 12))
OTHERS = others(benchmarks=[measurement(slug="other", pk=2, runtime="llama.cpp server")])


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"bandwidth_gb_s": "10080"}, "bandwidth_of_card"),
        ({"speed_class": "apple"}, "class_of_card"),
        ({"power_limit_w": 4_500}, "power_limit_of_card"),
        ({"power_limit_w": 45}, "power_limit_of_card"),
        ({"prefill_tokens_s": 9}, "prompt_by_generation"),
        ({"prefill_tokens_s": 90_000}, "prompt_by_generation"),
        ({"ram_kind": "DDR4", "ram_channels": 2, "ram_gb_s": 512}, "pace_of_ram"),
        ({"measured_in": "2099"}, "date_to_come"),
        ({"measured_in": "2021-05"}, "date_before_release"),
        ({"measured_in": "2023-05", "build": "2025+"}, "build_of_date"),
        ({"runtime": "llama.cpp serverr"}, "spelling"),
        ({"decode_tokens_s": 900, "weights_bytes": 8_400_000_000}, "faster_than_bandwidth"),
        ({"decode_tokens_s": 9, "weights_bytes": 8_400_000_000}, "far_below_estimate"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(measurements.doubts(measurement(gpu=ON, **values), OTHERS))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"bandwidth_gb_s": "1008", "speed_class": "nvidia-gddr", "power_limit_w": 300},
        {"prefill_tokens_s": 4_000},
        {"ram_kind": "DDR4", "ram_channels": 2, "ram_gb_s": "51.2"},
        {"measured_in": "2024-05", "build": "2023-24"},
        {"decode_tokens_s": 90, "weights_bytes": 8_400_000_000},
        {"decode_tokens_s": 9, "weights_bytes": 8_400_000_000, "offload": "partial"},
    ],
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    assert checks(measurements.doubts(measurement(gpu=ON, **values), OTHERS)) == []
