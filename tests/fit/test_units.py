"""GB is 10^9 bytes, MiB 2^20 and GiB 2^30; conversions lose nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.units import GB, GIB, MIB, bytes_from_gb, gb_from_bytes


def test_units_are_what_their_names_say() -> None:
    assert (GB, MIB, GIB) == (1_000_000_000, 1_048_576, 1_073_741_824)


@pytest.mark.parametrize(
    ("gigabytes", "size_bytes"),
    [
        ("24", 24_000_000_000),
        ("0.5", 500_000_000),
        ("1638.5", 1_638_500_000_000),
        ("0.000000001", 1),
        ("0", 0),
    ],
)
def test_a_figure_in_gb_and_its_bytes_lead_to_each_other(gigabytes: str, size_bytes: int) -> None:
    assert bytes_from_gb(Decimal(gigabytes)) == size_bytes
    assert gb_from_bytes(size_bytes) == Decimal(gigabytes)
    assert gb_from_bytes(Decimal(size_bytes)) == Decimal(gigabytes)


def test_a_card_of_24_gib_holds_more_than_24_gb() -> None:
    assert gb_from_bytes(24 * GIB) == Decimal("25.769803776")


@given(st.integers(0, 10**18))
def test_any_number_of_bytes_survives_the_way_to_gb_and_back(size_bytes: int) -> None:
    assert bytes_from_gb(gb_from_bytes(size_bytes)) == size_bytes
