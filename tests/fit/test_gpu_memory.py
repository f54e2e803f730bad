"""The number on the box."""

from decimal import Decimal

from fit.gpu_memory import nameplate_gib, nameplate_mib
from tests.builders import gpu_spec


def test_a_nameplate_counts_in_gib() -> None:
    card = gpu_spec(nameplate_gb=Decimal("4.5"))
    assert (nameplate_gib(card), nameplate_mib(card)) == (4.5, 4608)
