"""The machines by memory and bandwidth: the first decides what runs, the second how fast."""

from typing import NamedTuple

from catalog.snapshot import PublishedGpu, Snapshot
from fit.gpu_memory import nameplate_gib
from fitpages.matching.machine_kinds import is_had, is_plain
from fitpages.pages.common.field_plot import FieldPlot, Point, field_plot

# Machines that most readers know, of every kind and size; those that come first are named first.
SHOWN = (
    *("rtx-3060-12", "rtx-5090", "m4-max-128", "h100-80-sxm", "rtx-3090", "cpu-ddr5-64", "rtx-4060", "dgx-spark"),
    *("m3-ultra-512", "m4-16", "l4", "mi300x", "rtx-5080", "rtx-pro-6000-blackwell", "m4-pro-48", "rtx-a6000"),
    *("a100-80", "rtx-4090", "m4-max-64", "rtx-5070", "rtx-5060-ti-16", "ryzen-ai-max-plus-395-128", "m2-ultra-192"),
)
MEMORY_GIB = (8, 16, 32, 64, 128, 256, 512)


class MachinePlot(NamedTuple):
    """The drawing, and `text` for those who do not see it."""

    plot: FieldPlot
    text: str


def machine_plot(snapshot: Snapshot) -> MachinePlot | None:
    """Of those that people have; None of fewer than two."""
    public = (snapshot.gpus.get(slug) for slug in SHOWN)
    machines = [gpu for gpu in public if gpu and is_had(gpu)]
    plot = field_plot([_point(gpu) for gpu in machines], x_values=MEMORY_GIB)
    if plot is None:
        return None
    return MachinePlot(plot, f"{len(machines)} machines by their memory across and their bandwidth upwards")


def _point(gpu: PublishedGpu) -> Point:
    """Hollow where the memory is shared."""
    name = f"No GPU, {gpu.memory_type}" if is_plain(gpu) else gpu.name.removeprefix("Apple ").removeprefix("NVIDIA ")
    return Point(name, nameplate_gib(gpu.spec), float(gpu.spec.bandwidth_gb_s), gpu.spec.unified_memory)
