"""The ways a machine is set up, each with what it lets the GPU use: as shipped, and tuned.

Nothing here is of one machine: a rule follows from whose driver shares the memory, its size, and what the record says.
Figures and sources: docs/usable-memory.md. MiB is 2^20 bytes.
"""

from dataclasses import dataclass
from typing import Final

from fit.drivers import driver_total_mib, process_mib
from fit.gpu_memory import MIB_IN_GIB, Ecc, MemoryFacts, ShipsWith, nameplate_gib, nameplate_mib

# What a system with its desktop keeps of memory that the GPU shares: a quarter, and never more than this.
SYSTEM_MIB, SYSTEM_SHARE = 6 * MIB_IN_GIB, 0.25
# What a kernel sees of the memory: this share less a fixed part; on six machines of 8 to 128 GB within 2.3%.
SEEN_SHARE, UNSEEN_MIB = 0.97, 250
# Windows sets this share apart for an NVIDIA GPU without memory of its own: 40,896 of 65,536 MiB.
WINDOWS_SHARE = 0.625
# macOS 26's limit as a share of the memory, up to each size (GiB); larger machines get more.
METAL_SHARES = ((31, 0.74), (63, 0.78), (127, 0.81), (255, 0.84), (511, 0.87), (float("inf"), 0.906))
# The limit of macOS 15 and before: the first share up to the size (GiB), the second from there on.
OLD_METAL_SHARES, OLD_METAL_GIB = (2 / 3, 3 / 4), 36
PAGES_IN_MIB = 256

# Where the figures are from.
CARD: Final = "totals of each card, in its record"
ECC: Final = "XiongjieDai/GPU-Benchmarks-on-LLM-Inference: one card with 49,140 MiB and with 46,068"
HALF: Final = "https://github.com/antirez/ds4/issues/475 (63,968 of 131,072 MiB); Linux's default limit is half"
RAISED: Final = "https://github.com/noamsto/nix-amd-ai/issues/42 (the limit is what the parameter says, to the MiB)"
CARVED: Final = "https://github.com/unslothai/unsloth/pull/10418 (111.89 GiB with 96 of 128 set apart, 111.65 with 64)"
SET_APART: Final = (
    "https://www.amd.com/en/blogs/2025/faqs-amd-variable-graphics-memory-vram-ai-model-sizes-quantization-mcp-more.html"
)
INTEL: Final = "https://www.intel.com/content/www/us/en/support/articles/000101789/graphics.html (57% on newer drivers)"
WINDOWS: Final = (
    "https://github.com/openclaw/openclaw-windows-node/issues/1242 (nvidia-smi 40,896 of 65,536 MiB, CUDA says 51,480)"
)
SHARED: Final = "totals of each machine, in its record; what a system keeps was seen at 1.8 to 2.9 GiB of 8"
MACOS_26: Final = "https://github.com/antirez/ds4/pull/893, and logs of nine sizes"
MACOS_15: Final = "XiongjieDai/GPU-Benchmarks-on-LLM-Inference, https://github.com/ollama/ollama/issues/434"
SYSCTL: Final = "https://github.com/antirez/ds4/pull/893 (114,688 MiB after the command, lost at the next start)"


@dataclass(frozen=True, kw_only=True)
class System:
    """One way to set up a machine. `key` is its short name, `name` goes after "with" in a sentence.

    `total_mib` is what it lets the GPU use in all, `kept_mib` what the process takes of that besides the model or,
    where there is no limit but the memory, what the system needs. `command` sets it up; empty where nothing is to do.
    """

    key: str
    name: str
    total_mib: float
    kept_mib: float
    source: str
    command: str = ""


def systems(gpu: MemoryFacts) -> tuple[System, ...]:
    """The ways to set up a machine, at least one; first the usual one, which is how it ships."""
    if gpu.vendor == "Apple":
        return _macs(gpu)
    if not gpu.unified_memory:
        return _cards(gpu)
    if ShipsWith(gpu.ships_with) is ShipsWith.WINDOWS:
        return (_set_apart_by_windows(gpu),)
    if gpu.vendor == "AMD":
        return (_half(gpu, HALF), _raised_half(gpu), *_carved_out(gpu))
    return (_half(gpu, INTEL) if gpu.vendor == "Intel" else _all_of_it(gpu),)


def system_mib(gpu: MemoryFacts) -> float:
    """What a system with its desktop keeps for itself of memory that it shares with the GPU."""
    return min(SYSTEM_MIB, SYSTEM_SHARE * nameplate_mib(gpu))


def _cards(gpu: MemoryFacts) -> tuple[System, ...]:
    """Of a card with memory of its own: with error correction as it usually is, then the other way."""
    usual = Ecc(gpu.ecc)
    if usual is Ecc.NONE:
        return (_card(gpu, Ecc.NONE, "driver", "its driver's defaults", CARD),)
    states = (usual, Ecc.OFF if usual is Ecc.ON else Ecc.ON)
    commands = ("", f"sudo nvidia-smi -e {int(states[1] is Ecc.ON)}")
    return tuple(
        _card(gpu, state, f"ecc-{state.value}", f"ECC {state.value}", ECC, command)
        for state, command in zip(states, commands, strict=True)
    )


def _card(gpu: MemoryFacts, ecc: Ecc, key: str, name: str, source: str, command: str = "") -> System:
    total = driver_total_mib(gpu, ecc)
    return System(key=key, name=name, total_mib=total, kept_mib=process_mib(gpu), source=source, command=command)


def _all_of_it(gpu: MemoryFacts) -> System:
    """No limit but the memory itself, of which the system needs its part."""
    return System(
        key="as-installed",
        name="its system as installed",
        total_mib=gpu.reported_mib or _seen_mib(gpu),
        kept_mib=system_mib(gpu),
        source=SHARED,
    )


def _half(gpu: MemoryFacts, source: str) -> System:
    """Linux gives the GPU half of the memory that it sees, and so does Windows; the other half is the system's."""
    return System(
        key="as-installed",
        name="its system as installed",
        total_mib=gpu.reported_mib or _seen_mib(gpu) / 2,
        kept_mib=process_mib(gpu),
        source=source,
    )


def _raised_half(gpu: MemoryFacts) -> System:
    """Linux with its limit raised to all but the system's part of the memory that it sees."""
    seen = 2 * gpu.reported_mib if gpu.reported_mib else _seen_mib(gpu)
    total = int(seen - system_mib(gpu))
    return System(
        key="raised",
        name="Linux and its limit raised",
        total_mib=total,
        kept_mib=process_mib(gpu),
        source=RAISED,
        command=f"ttm.pages_limit={total * PAGES_IN_MIB}",
    )


def _carved_out(gpu: MemoryFacts) -> tuple[System, ...]:
    """With as much set apart for the GPU as can be: Windows adds half of the rest, ROCm on Linux counts no more."""
    if gpu.carve_out_gb is None:
        return ()
    apart = min(float(gpu.carve_out_gb) * MIB_IN_GIB, nameplate_mib(gpu))
    setting = f"{gpu.carve_out_gb:f} GB for the GPU"
    totals = {
        "bios": (f"Linux and {setting}", apart, SET_APART, f"BIOS, UMA frame buffer size: {setting}"),
        "windows": (
            f"Windows and {setting}",
            apart + (nameplate_mib(gpu) - apart) / 2,
            CARVED,
            f"AMD Software, Variable Graphics Memory: {setting}",
        ),
    }
    return tuple(
        System(key=key, name=name, total_mib=total, kept_mib=process_mib(gpu), source=source, command=command)
        for key, (name, total, source, command) in totals.items()
    )


def _set_apart_by_windows(gpu: MemoryFacts) -> System:
    return System(
        key="windows",
        name="Windows as installed",
        total_mib=gpu.reported_mib or WINDOWS_SHARE * nameplate_mib(gpu),
        kept_mib=process_mib(gpu),
        source=WINDOWS,
    )


def _macs(gpu: MemoryFacts) -> tuple[System, ...]:
    """macOS's limit for the GPU: of version 26, of those before it, and raised until the next start."""
    raised = int(nameplate_mib(gpu) - system_mib(gpu))
    limits = (
        ("macos-26", "macOS 26", gpu.reported_mib or nameplate_mib(gpu) * _metal_share(gpu), MACOS_26, ""),
        ("macos-15", "macOS 15 or older", nameplate_mib(gpu) * _old_metal_share(gpu), MACOS_15, ""),
        ("raised", "macOS and its limit raised", raised, SYSCTL, f"sudo sysctl iogpu.wired_limit_mb={raised}"),
    )
    return tuple(
        System(key=key, name=name, total_mib=total, kept_mib=process_mib(gpu), source=source, command=command)
        for key, name, total, source, command in limits
    )


def _metal_share(gpu: MemoryFacts) -> float:
    return next(share for up_to, share in METAL_SHARES if nameplate_gib(gpu) < up_to)


def _old_metal_share(gpu: MemoryFacts) -> float:
    return OLD_METAL_SHARES[nameplate_gib(gpu) >= OLD_METAL_GIB]


def _seen_mib(gpu: MemoryFacts) -> float:
    """What a kernel sees of the memory that it shares with a GPU, where nobody reported it."""
    return SEEN_SHARE * nameplate_mib(gpu) - UNSEEN_MIB
