"""What a driver lets a process ask for on a card with memory of its own, and what the process itself then takes.

From totals that drivers reported, card by card (docs/usable-memory.md). MiB is 2^20 bytes.
"""

from fit.gpu_memory import Ecc, MemoryFacts, Reporter, nameplate_gib, nameplate_mib

# The context of a process: CUDA's, by the size of the card up to (GiB); ROCm's and Level Zero's; Metal's buffers.
CUDA_CONTEXT_MIB = ((17, 300), (33, 450), (float("inf"), 600))
OTHER_CONTEXT_MIB = 350
METAL_OVERHEAD_MIB = 100
# What the driver keeps of what nvidia-smi reports, where CUDA's own total is not known.
PASCAL_RESERVE_MIB, VOLTA_RESERVE_MIB, NVIDIA_RESERVE_MIB, LARGE_RESERVE_MIB = 90, 250, 450, 640
LARGE_GIB = 45
# Cards with HBM up to this size are of the Volta generation or before it.
VOLTA_GIB = 32
# Error correction that is kept in the memory takes a sixteenth: of one card 49,140 MiB were seen, and 46,068.
ECC_LEAVES = 15 / 16
# Of a Radeon the driver keeps 16 MiB; of an Arc it reports at least 99%, on four cards of 12 to 32 GB.
RADEON_RESERVE_MIB = 16
ARC_SHARE = 0.99


def process_mib(gpu: MemoryFacts) -> int:
    """What a process takes of the GPU's memory besides the model."""
    if gpu.vendor == "Apple":
        return METAL_OVERHEAD_MIB
    if gpu.vendor == "NVIDIA":
        return next(mib for up_to, mib in CUDA_CONTEXT_MIB if nameplate_gib(gpu) < up_to)
    return OTHER_CONTEXT_MIB


def driver_total_mib(gpu: MemoryFacts, ecc: Ecc) -> float:
    """What a process may ask for in all on a card with memory of its own, its context included."""
    total = _with_ecc(gpu, ecc)
    if gpu.reported_mib is not None and gpu.reported_by != Reporter.NVIDIA_SMI.value:
        return total
    if gpu.vendor == "NVIDIA":
        return total - _driver_reserve_mib(gpu)
    if gpu.reported_mib is not None:
        return total
    return total * ARC_SHARE if gpu.vendor == "Intel" else total - RADEON_RESERVE_MIB


def _with_ecc(gpu: MemoryFacts, ecc: Ecc) -> float:
    """The total with error correction on or off: a reported one is of the card's usual state."""
    if gpu.reported_mib is None:
        return nameplate_mib(gpu) * (ECC_LEAVES if ecc is Ecc.ON else 1)
    if ecc is Ecc(gpu.ecc):
        return gpu.reported_mib
    return gpu.reported_mib * ECC_LEAVES if ecc is Ecc.ON else gpu.reported_mib / ECC_LEAVES


def _driver_reserve_mib(gpu: MemoryFacts) -> int:
    if gpu.speed_class == "nvidia-pascal":
        return PASCAL_RESERVE_MIB
    if nameplate_gib(gpu) >= LARGE_GIB:
        return LARGE_RESERVE_MIB
    is_volta = gpu.speed_class == "nvidia-hbm" and nameplate_gib(gpu) <= VOLTA_GIB
    return VOLTA_RESERVE_MIB if is_volta else NVIDIA_RESERVE_MIB
