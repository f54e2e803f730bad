"""How far the figures are to be trusted, from what the page about accuracy says."""

from typing import NamedTuple

from catalog.snapshot import Snapshot
from fitpages.matching.comparison import ALL_CLASSES, speed_comparison
from fitpages.pages.common.memory_check import TOTAL, memory_checks
from fitpages.text import figures


class Trust(NamedTuple):
    """Median errors as shares, of how many answers and measurements, and the day of the catalog's last change.

    `speed` is "" where the calibration uses no measurement.
    """

    memory: str
    memory_rows: str
    speed: str
    speed_rows: str
    changed: str


def trust(snapshot: Snapshot) -> Trust:
    """Memory against llama.cpp's own answers; speed where each card was held out of the calibration."""
    memory, speed = memory_checks()[TOTAL], speed_comparison(snapshot).lines.get(ALL_CLASSES)
    return Trust(
        memory=figures.error(memory.median),
        memory_rows=f"{memory.rows:,}",
        speed=figures.error(speed.median) if speed else "",
        speed_rows=f"{speed.rows:,}" if speed else "",
        changed=figures.day(snapshot.revision.changed_at),
    )
