"""What words about RAM say becomes figures, and nothing else does."""

import pytest

from tests.truth.ram_words import read


@pytest.mark.parametrize(
    ("words", "kind", "channels", "gb_s"),
    [
        ("DDR4-3200 dual channel", "DDR4", 2, 51.2),
        ("DDR5-6000 dual channel, 64 GB (i5-12600K)", "DDR5", 2, 96),
        ("2x DDR5-5600", "DDR5", 2, 89.6),
        ("4 x DDR4-3200", "DDR4", 4, 102.4),
        ("ddr5-2", "DDR5", 2, None),
        ("ddr4-8", "DDR4", 8, None),
        ("DDR4-3200 8-channel", "DDR4", 8, 204.8),
        ("twelve channels of DDR5-4800", "DDR5", 12, 460.8),
        ("DDR4 quad channel, about 102 GB/s (i9-10900X)", "DDR4", 4, 102),
        ("DDR4 dual channel (Ryzen 5 5600X)", "DDR4", 2, None),
        ("DDR4 (Ryzen 3600, 32 GB)", "DDR4", None, None),
        ("DDR5-5600", "DDR5", None, None),
        ("LPDDR5X-8533 dual channel", "LPDDR5X", 2, None),
        ("LPDDR5-6400, 102.4 GB/s", "LPDDR5", None, 102.4),
        ("DDR3-1600 single channel", "DDR3", 1, 12.8),
        ("32 GB", "", None, None),
        ("HBM2", "", None, None),
    ],
)
def test_kind_channels_and_bandwidth_are_read_where_they_are_said(
    words: str, kind: str, channels: int | None, gb_s: float | None
) -> None:
    ram = read(words)
    assert (ram.kind, ram.channels, ram.label) == (kind, channels, words)
    assert (float(ram.gb_s) if ram.gb_s else None) == gb_s


@pytest.mark.parametrize("words", ["", " ", "not stated", "Not stated"])
def test_nothing_said_is_nothing_read(words: str) -> None:
    assert read(words) == ("", None, None, "")
