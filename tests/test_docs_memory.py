"""Figures in the page on usable memory, and in what the changelog says of it, are the code's."""

import re

from fit import displays, drivers, systems
from fit.units import GIB
from tests.processes import ROOT
from tests.truth.desk import Desk
from tests.truth.offer_rows import SEEN, difference


def _text(name: str) -> str:
    return re.sub(r"\s+", " ", (ROOT / name).read_text(encoding="utf-8"))


def test_the_page_on_usable_memory_states_the_constants() -> None:
    text = _text("docs/usable-memory.md")
    of = drivers
    reserves = (of.PASCAL_RESERVE_MIB, of.VOLTA_RESERVE_MIB, of.NVIDIA_RESERVE_MIB, of.LARGE_RESERVE_MIB)
    assert "{} MiB (Pascal), {} (Volta), {}, {} from 45 GiB on".format(*reserves) in text
    small, middle, large = (mib for _, mib in of.CUDA_CONTEXT_MIB)
    assert f"{small} MiB up to 16 GiB, {middle} to 32 GiB, {large} above" in text
    assert f"{of.METAL_OVERHEAD_MIB} MiB |" in text
    assert f"{of.OTHER_CONTEXT_MIB} MiB |" in text
    assert f"least {of.ARC_SHARE} of it" in text
    (size, share), *further, (_, largest) = systems.METAL_SHARES
    shares = ", ".join([f"{share} up to {size} GiB", *(f"{share} to {size}" for size, share in further)])
    assert f"{shares}, and {largest} above" in text


def test_the_page_on_usable_memory_states_what_systems_and_displays_take() -> None:
    text = _text("docs/usable-memory.md")
    assert f"at most {systems.SYSTEM_MIB // 1024} GiB for the system" in text
    assert systems.SYSTEM_SHARE == 1 / 4
    assert f"sees {systems.SEEN_SHARE} of the nameplate less {systems.UNSEEN_MIB} MiB" in text
    assert f"{systems.WINDOWS_SHARE} of the memory" in text
    assert systems.OLD_METAL_SHARES == (2 / 3, 3 / 4)
    assert f"3/4 from {systems.OLD_METAL_GIB} GiB on" in text
    assert f"| Linux desktop | {displays.DESKTOP_MIB} MiB |" in text
    assert f"| Windows desktop | {displays.WINDOWS_MIB} MiB |" in text
    assert f"Windows takes {displays.WINDOWS_MIB - displays.DESKTOP_MIB} MiB more" in text


def test_the_page_on_usable_memory_states_how_near_it_is() -> None:
    text, desk = _text("docs/usable-memory.md"), Desk()
    by_size = sorted((difference(desk, seen) for seen in SEEN), key=abs)
    assert f"holds {len(SEEN)} totals" in text
    assert f"half are within {100 * abs(by_size[len(SEEN) // 2]):.1f}%" in text
    assert f"Jetson Orin Nano with {100 * by_size[-1]:+.1f}%" in text
    assert f"free memory with {100 * by_size[-2]:+.1f}%" in text
    middle, worst = (f"{100 * abs(by_size[place]):.1f}%" for place in (len(SEEN) // 2, -1))
    assert f"Of {len(SEEN)} totals that people reported the median error is {middle} and the worst {worst}" in _text(
        "CHANGELOG.md"
    )
    left_gib = desk.gpu("ryzen-ai-max-plus-395-128").offer.total_bytes / GIB
    assert f"128 GB {left_gib:.1f} GiB instead of 118" in _text("CHANGELOG.md")
