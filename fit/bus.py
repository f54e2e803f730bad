"""The bus between RAM and the card, over which a prompt copies what lies in RAM.

llama.cpp computes prompts on the card even where weights lie in RAM: with every micro-batch it copies the matrices of
the layers that are there, of a mixture the experts that some token of the micro-batch uses (ggml-backend.cpp,
ggml_backend_sched_compute_splits). GB is 10^9 bytes.
"""

from fit.flags import Flags
from fit.prompt import micro_batches
from fit.specs import GpuSpec
from fit.units import GB
from fit.weights import Weights
from fit.workload import MICRO_BATCH_TOKENS

# 16 lanes of PCI Express, one way: 8, 16 and 32 GT/s a lane, 128 of 130 bits (PCI-SIG, base specifications).
LANES_GB_S = {"3.0": 15.75, "4.0": 31.51, "5.0": 63.02}
# What copies from pinned RAM reach of that: packets have headers (PCI Express base specification; bandwidthTest of
# NVIDIA's CUDA samples prints 12 to 13 GB/s on 3.0 and 26 to 27 on 4.0).
BUS_SHARE = 0.85
# The PCI Express of each generation of chips, as the makers' data sheets say it. Some cards have fewer than 16 lanes.
PCIE = {
    "Kepler": "3.0",
    "Kepler 2.0": "3.0",
    "Maxwell": "3.0",
    "Maxwell 2.0": "3.0",
    "Pascal": "3.0",
    "Volta": "3.0",
    "Turing": "3.0",
    "Ampere": "4.0",
    "Ada Lovelace": "4.0",
    "Hopper": "5.0",
    "Blackwell": "5.0",
    "Blackwell Ultra": "5.0",
    "GCN 2.0": "3.0",
    "GCN 4.0": "3.0",
    "GCN 5.0": "3.0",
    "GCN 5.1": "4.0",
    "RDNA 1.0": "4.0",
    "RDNA 2.0": "4.0",
    "RDNA 3.0": "4.0",
    "RDNA 4.0": "5.0",
    "CDNA 1.0": "4.0",
    "CDNA 2.0": "4.0",
    "CDNA 3.0": "5.0",
    "CDNA 4.0": "5.0",
    "Xe-HPG": "4.0",
    "Xe2-HPG": "4.0",
    "Xe2": "5.0",
    "Xe-HPC": "5.0",
}


def bus_gb_s(gpu: GpuSpec) -> float | None:
    """GB/s that copies to the card reach; None where it shares its memory, or no bus of its generation is known."""
    generation = None if gpu.unified_memory else PCIE.get(gpu.chip_architecture)
    return LANES_GB_S[generation] * BUS_SHARE if generation else None


def copied_gb(weights: Weights, flags: Flags, prompt: int, micro_batch: int) -> float:
    """GB that a prompt copies to the card, all micro-batches together."""
    batches = micro_batches(prompt, micro_batch)
    return sum(count * _copied_bytes(weights, flags, tokens) for count, tokens in batches) / GB


def _copied_bytes(weights: Weights, flags: Flags, tokens: int) -> float:
    """Bytes copied for one micro-batch of so many tokens."""
    layer_ends, expert_ends = weights.copied_ends if tokens == MICRO_BATCH_TOKENS else weights.copied_by(tokens)
    whole = min(flags.layers_in_ram(len(weights.layers) + weights.draft_layers), len(weights.layers))
    experts = min(max(whole, flags.cpu_moe_layers), len(weights.layers))
    return layer_ends[whole] + expert_ends[experts] - expert_ends[whole]
