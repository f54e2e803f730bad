"""Energy of a million tokens: watts times seconds, in kilowatt-hours."""

import pytest

from fit.energy import most_kwh


@pytest.mark.parametrize(
    ("power_w", "tokens_s", "kwh"),
    [
        # A million tokens at 100 a second take 10,000 s, and 360 W over 10,000 s are one kWh.
        (360, 100, 1.0),
        (720, 100, 2.0),
        (360, 50, 2.0),
        (350, 30, 3.2407),
    ],
)
def test_watts_and_seconds_make_kilowatt_hours(power_w: float, tokens_s: float, kwh: float) -> None:
    assert most_kwh(power_w, tokens_s) == pytest.approx(kwh, abs=1e-4)
