"""The order in which cards are wanted."""

from decimal import Decimal

from fit.cards import preference
from tests.builders import gpu_spec

SMALL = gpu_spec(slug="small", nameplate_gb=Decimal(8), bandwidth_gb_s=Decimal(9000))
HUMBLE = gpu_spec(slug="humble", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(300))
FAST = gpu_spec(slug="fast", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(1008))
TWIN = gpu_spec(slug="twin", nameplate_gb=Decimal(24), bandwidth_gb_s=Decimal(1008))
LARGE = gpu_spec(slug="large", nameplate_gb=Decimal(80), bandwidth_gb_s=Decimal(100))


def test_the_least_memory_comes_first_of_equals_the_least_bandwidth_and_then_the_slug() -> None:
    assert sorted((LARGE, TWIN, FAST, HUMBLE, SMALL), key=preference) == [SMALL, HUMBLE, FAST, TWIN, LARGE]
