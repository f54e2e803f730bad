"""Kinds of RAM and the pace at which a processor reads weights from them.

The pace on paper is transfers per second x 8 bytes x channels, by modules that such machines usually have: DDR4-3200,
DDR5-5600, and DDR5-4800 on server boards of eight channels and more (JEDEC JESD79-4 and JESD79-5). What llama.cpp's
processor backend reaches of it is calibrated, apart for whole layers and for experts. GB is 10^9 bytes.
"""

from enum import StrEnum


class RamKind(StrEnum):
    """Memory modules and channels."""

    DDR4_2 = "ddr4-2"
    DDR4_4 = "ddr4-4"
    DDR4_8 = "ddr4-8"
    DDR5_2 = "ddr5-2"
    DDR5_4 = "ddr5-4"
    DDR5_8 = "ddr5-8"
    DDR5_12 = "ddr5-12"


# GB/s on paper.
GB_S = {
    RamKind.DDR4_2: 51.2,
    RamKind.DDR4_4: 102.4,
    RamKind.DDR4_8: 204.8,
    RamKind.DDR5_2: 89.6,
    RamKind.DDR5_4: 179.2,
    RamKind.DDR5_8: 307.2,
    RamKind.DDR5_12: 460.8,
}
NAMES = {
    RamKind.DDR4_2: "DDR4-3200, two channels",
    RamKind.DDR4_4: "DDR4-3200, four channels",
    RamKind.DDR4_8: "DDR4-3200, eight channels",
    RamKind.DDR5_2: "DDR5-5600, two channels",
    RamKind.DDR5_4: "DDR5-5600, four channels",
    RamKind.DDR5_8: "DDR5-4800, eight channels",
    RamKind.DDR5_12: "DDR5-4800, twelve channels",
}
# What an ordinary desktop has: the slower and the faster.
USUAL_ENDS = (RamKind.DDR4_2, RamKind.DDR5_2)
# Between the two, where one figure is wanted and nobody says what RAM there is.
UNSTATED_GB_S = (GB_S[USUAL_ENDS[0]] * GB_S[USUAL_ENDS[1]]) ** 0.5


def pace_gb_s(memory: str, channels: int | None) -> float | None:
    """GB/s on paper of so many channels of "DDR4" or "DDR5"; None for what is no kind of ours."""
    name = f"{memory.lower()}-{channels}"
    return GB_S[RamKind(name)] if name in set(RamKind) else None
