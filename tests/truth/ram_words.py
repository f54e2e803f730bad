"""RAM as people write it: DDR4-3200 dual channel, 2x DDR5-5600, ddr5-2; how much of it they say."""

import re
from decimal import Decimal
from typing import NamedTuple

from catalog.models import Benchmark

# The longer names first, for LPDDR5 begins LPDDR5X.
KIND = re.compile(r"(LPDDR5X|LPDDR5|LPDDR4X|(?<![A-Z])DDR[345])", re.IGNORECASE)
SPEED = re.compile(r"DDR\dX?[- ]?(\d{4,5})\b", re.IGNORECASE)
BANDWIDTH = re.compile(r"(\d+(?:\.\d+)?) ?GB/s", re.IGNORECASE)
CHANNELS = (
    re.compile(r"\bDDR\d-(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"\b(\d{1,2}) ?x ?DDR\d", re.IGNORECASE),
    re.compile(r"\b(\d{1,2}|single|dual|two|quad|four|six|octa|eight|twelve)[- ]channels?\b", re.IGNORECASE),
)
NUMBERS = {"single": 1, "dual": 2, "two": 2, "quad": 4, "four": 4, "six": 6, "octa": 8, "eight": 8, "twelve": 12}
CHANNEL_BYTES = 8


class Ram(NamedTuple):
    """Kind, channels and bandwidth on paper in GB/s, each empty where the words do not say it; and the words."""

    kind: str
    channels: int | None
    gb_s: Decimal | None
    label: str


def read(words: str) -> Ram:
    """What the words say, and nothing that they do not."""
    if words.strip().lower() in ("", "not stated"):
        return Ram("", None, None, "")
    kind, channels = _kind(words), _channels(words)
    return Ram(kind, channels, _gb_s(words, kind, channels), words.strip())


def _kind(words: str) -> str:
    match = KIND.search(words)
    return Benchmark.RamKind(match[1].upper()).value if match else ""


def _channels(words: str) -> int | None:
    for pattern in CHANNELS:
        if match := pattern.search(words):
            text = match[1].lower()
            return int(text) if text.isdigit() else NUMBERS[text]
    return None


def _gb_s(words: str, kind: str, channels: int | None) -> Decimal | None:
    """As stated, else by transfers a second and channels of 64 bits; channels of soldered RAM have other widths."""
    if match := BANDWIDTH.search(words):
        return Decimal(match[1])
    speed = SPEED.search(words)
    if not (speed and channels) or kind.startswith("LP"):
        return None
    return Decimal(speed[1]) * CHANNEL_BYTES * channels / 1000
