"""A card: arithmetic, dates and words against those of cards of the same architecture."""

from collections.abc import Iterator
from datetime import timedelta

from catalog.doubts import gpu_memory, kin
from catalog.doubts.dates import not_in_time
from catalog.doubts.doubt import Doubt, figure, percent_off
from catalog.doubts.others import Others, but
from catalog.models import Gpu

# Matrix units do a whole multiple of what the other units do; clocks and roundings move it by less.
MULTIPLE_PERCENT = 7
CORES_PERCENT = 6
FEWEST = 3
# After the last card of an architecture others still come, and some come before the first that the catalog has.
YEARS_APART = timedelta(days=3 * 365)


def doubts(row: Gpu, others: Others) -> Iterator[Doubt]:
    """Everything that is asked about a card."""
    yield from gpu_memory.doubts(row, others)
    yield from kin.doubts(row, others)
    alike = but(others.gpus, row, lambda other: _design(other) == _design(row))
    if row.chip_architecture and len(alike) >= FEWEST:
        yield from _tensor_multiple(row, alike)
        yield from _per_core(row, alike)
        yield from _class(row, alike)
        yield from _capability(row, alike)
        yield from _release(row, alike)
    yield from not_in_time(row, "release_date", row.release_date)


def _design(row: Gpu) -> tuple[str, str]:
    """The architecture, and the kind of memory: boards, cards and systems on a chip of one architecture differ."""
    return row.chip_architecture, gpu_memory.kind_of(row.memory_type)


def _tensor_multiple(row: Gpu, alike: list[Gpu]) -> Iterator[Doubt]:
    """FP16 over FP32: whole multiples, which cards of an architecture share."""
    own = _multiple(row)
    multiples = [multiple for other in alike if (multiple := _multiple(other))]
    if (
        own is None
        or len(multiples) < FEWEST
        or any(percent_off(own, other) <= MULTIPLE_PERCENT for other in multiples)
    ):
        return
    nearest = min(multiples, key=lambda other: percent_off(own, other))
    yield Doubt(
        "fp16_by_fp32",
        "fp16_tensor_tflops",
        f"FP16 is {figure(row.fp16_tensor_tflops or 0)} TFLOPS and FP32 {figure(row.fp32_tflops or 0)}, {figure(own)} "
        f"times as much; of another {row.chip_architecture} it is {figure(nearest)} times. Compare both with the data "
        "sheet: dense, not sparse.",
    )


def _multiple(row: Gpu) -> float | None:
    return (
        float(row.fp16_tensor_tflops) / float(row.fp32_tflops) if row.fp16_tensor_tflops and row.fp32_tflops else None
    )


def _per_core(row: Gpu, alike: list[Gpu]) -> Iterator[Doubt]:
    """Cores of one architecture do the same, up to the clock."""
    own, shares = _of_a_core(row), [share for other in alike if (share := _of_a_core(other))]
    if own is None or len(shares) < FEWEST:
        return
    room = 1 + CORES_PERCENT / 100
    if not min(shares) / room <= own <= max(shares) * room:
        yield Doubt(
            "fp32_by_cores",
            "fp32_tflops",
            f"{figure(row.fp32_tflops or 0)} TFLOPS by {figure(row.gpu_cores or 0)} cores are {figure(own)} a core; of "
            f"another {row.chip_architecture} it is {figure(min(shares, key=lambda share: percent_off(own, share)))}. "
            "Compare both with the data sheet.",
        )


def _of_a_core(row: Gpu) -> float | None:
    return float(row.fp32_tflops) / row.gpu_cores if row.fp32_tflops and row.gpu_cores else None


def _class(row: Gpu, alike: list[Gpu]) -> Iterator[Doubt]:
    classes = {other.speed_class for other in alike if other.segment == row.segment}
    if row.speed_class and classes and row.speed_class not in classes:
        yield Doubt(
            "class_of_architecture",
            "speed_class",
            f"The class is {row.speed_class}, but every other {row.get_segment_display()} with "
            f"{row.chip_architecture} is of {_either(classes)}. The "
            "estimate of its speed follows from the class.",
        )


def _capability(row: Gpu, alike: list[Gpu]) -> Iterator[Doubt]:
    capabilities = {other.compute_capability for other in alike if other.compute_capability}
    if row.compute_capability and capabilities and row.compute_capability not in capabilities:
        yield Doubt(
            "capability_of_architecture",
            "compute_capability",
            f"Compute capability is {row.compute_capability}, but every other {row.chip_architecture} has "
            f"{_either(capabilities)}. Compare with the vendor's list.",
        )


def _either(words: set[str]) -> str:
    return " or ".join(sorted(words))


def _release(row: Gpu, alike: list[Gpu]) -> Iterator[Doubt]:
    dates = sorted(other.release_date for other in alike if other.release_date)
    if not (row.release_date and dates):
        return
    if not dates[0] - YEARS_APART <= row.release_date <= dates[-1] + YEARS_APART:
        yield Doubt(
            "release_of_architecture",
            "release_date",
            f"It was first on sale on {row.release_date}, but other cards with {row.chip_architecture} from {dates[0]} "
            f"to {dates[-1]}. Compare the year.",
        )
