"""The pace of RAM on paper: transfers x 8 bytes x channels."""

import pytest

from fit.ram import GB_S, NAMES, UNSTATED_GB_S, USUAL_ENDS, RamKind, pace_gb_s

TRANSFERS = {"DDR4-3200": 3.2, "DDR5-5600": 5.6, "DDR5-4800": 4.8}
CHANNELS = {"two": 2, "four": 4, "eight": 8, "twelve": 12}


@pytest.mark.parametrize("kind", RamKind)
def test_the_pace_is_that_of_the_modules_and_channels_named(kind: RamKind) -> None:
    modules, _, rest = NAMES[kind].partition(", ")
    channels = CHANNELS[rest.removesuffix(" channels")]
    assert GB_S[kind] == pytest.approx(TRANSFERS[modules] * 8 * channels)
    assert kind == f"{modules.partition('-')[0].lower()}-{channels}"


def test_the_usual_ends_are_two_channels_of_each_kind_and_what_nobody_states_lies_between() -> None:
    slow, fast = (GB_S[kind] for kind in USUAL_ENDS)
    assert (slow, fast) == (51.2, 89.6)
    assert slow < UNSTATED_GB_S < fast


@pytest.mark.parametrize(
    ("memory", "channels", "pace"),
    [
        ("DDR4", 2, 51.2),
        ("DDR5", 12, 460.8),
        ("DDR4", None, None),
        ("DDR4", 3, None),
        ("LPDDR5X", 2, None),
        ("", 2, None),
    ],
)
def test_a_kind_with_its_channels_has_a_pace(memory: str, channels: int | None, pace: float | None) -> None:
    assert pace_gb_s(memory, channels) == pace
