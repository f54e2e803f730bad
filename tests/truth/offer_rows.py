"""What machines were seen to leave, against what we say: an audit of reported totals, less what a process takes."""

from dataclasses import replace

from fit.displays import Display
from fit.offer import offer
from fit.specs import GpuSpec
from fit.units import MIB
from tests.truth.desk import Desk

# Card, system, the limit that was set (MiB, None where it is the system's own), display, what was left (MiB), source.
Seen = tuple[str, str, int | None, str, int, str]
HEADLESS, WINDOWS = Display.HEADLESS.value, Display.WINDOWS.value
SEEN: tuple[Seen, ...] = (
    ("l40", "ecc-on", None, HEADLESS, 44828, "nvidia-smi 46,068 in nine logs"),
    ("a2", "ecc-on", None, HEADLESS, 14606, "nvidia-smi 15,356"),
    ("a16", "ecc-on", None, HEADLESS, 14606, "as a card of the same memory"),
    ("arc-pro-b70", "driver", None, HEADLESS, 32250, "SYCL 32,602 free"),
    ("arc-pro-b70", "driver", None, HEADLESS, 31440, "Vulkan 31,789 free"),
    ("jetson-orin-nano-8", "as-installed", None, HEADLESS, 5376, "4.7 to 5.8 GiB free, the middle"),
    ("jetson-agx-orin-64", "as-installed", None, HEADLESS, 56683, "CUDA 62,827"),
    ("jetson-thor", "as-installed", None, HEADLESS, 119604, "CUDA 125,748"),
    ("radeon-780m-16", "as-installed", None, HEADLESS, 7298, "GTT 7,648 of 16 GB"),
    ("radeon-780m-32", "as-installed", None, HEADLESS, 15646, "twice that of 16 GB, less a process"),
    ("ryzen-ai-max-plus-395-128", "as-installed", None, HEADLESS, 63968, "GTT 63,968"),
    ("ryzen-ai-max-plus-395-128", "raised", 98304, HEADLESS, 98304, "ROCm with ttm.pages_limit=25165824"),
    ("ryzen-ai-max-plus-395-128", "raised", 126976, HEADLESS, 126976, "GTT 126,976"),
    ("ryzen-ai-max-plus-395-128", "windows", None, HEADLESS, 114575, "96 GB set apart, llama.cpp's total"),
    ("m1-max-32", "macos-15", None, HEADLESS, 21845, "22,906.50 MB"),
    ("m4-max-36", "macos-15", None, HEADLESS, 27648, "28,991 MB"),
    ("m1-16", "macos-15", None, HEADLESS, 10922, "10,922.67 MiB"),
    ("dgx-spark", "as-installed", None, HEADLESS, 116426, "deviceQuery 122,570, the system's 6 GiB off"),
    ("rtx-spark-n1x-64", "windows", None, HEADLESS, 40896, "nvidia-smi 40,896, set apart by Windows"),
    ("rtx-5880-ada", "ecc-off", None, HEADLESS, 47798, "eight cards 383.11 GiB, ECC off"),
    ("rtx-5880-ada", "ecc-on", None, HEADLESS, 44828, "nvidia-smi 46,068, ECC on"),
    ("rtx-5070", "driver", None, WINDOWS, 10713, "11,013 free, a process off"),
    ("rtx-6000-ada", "ecc-off", None, HEADLESS, 47908, "CUDA 48,508 free, a process off"),
    ("rtx-pro-4000-blackwell", "driver", None, HEADLESS, 23532, "23.42 GiB"),
    ("m5-max-48", "macos-26", None, HEADLESS, 38338, "40,200.90 MB"),
    ("m4-32", "macos-26", None, HEADLESS, 25559, "26,800.60 MB"),
    ("m5-max-128", "macos-26", None, HEADLESS, 110100, "107.52 GiB"),
    ("m5-max-128", "raised", 114688, HEADLESS, 114688, "after sysctl"),
)


def left_mib(gpu: GpuSpec, seen: Seen) -> float:
    """What we say that the machine leaves, set up as it was."""
    _, key, limit_mib, display, _, _ = seen
    system = next(system for system in gpu.systems if system.key == key)
    if limit_mib is not None:
        system = replace(system, total_mib=limit_mib)
    return offer(gpu, system=system, display=Display(display)).total_bytes / MIB


def difference(desk: Desk, seen: Seen) -> float:
    """By how much ours is above what was seen, as a share."""
    return left_mib(desk.gpu(seen[0]), seen) / seen[4] - 1


def table(desk: Desk) -> str:
    """Each row on a line."""
    return "\n".join(
        f"{seen[0]:28}{seen[1]:14}{left_mib(desk.gpu(seen[0]), seen):10,.0f}{seen[4]:10,}"
        f"{100 * difference(desk, seen):+8.1f}%  {seen[5]}"
        for seen in SEEN
    )
