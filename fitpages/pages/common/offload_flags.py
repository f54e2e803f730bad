"""How llama.cpp is told to keep a part of a model in RAM."""

from fit.placement import Offload


def offload_flags(offload: Offload) -> str:
    """The flags of llama-server: experts of some layers in RAM, or whole layers."""
    if offload.cpu_moe_layers:
        return f"-ngl 99 --n-cpu-moe {offload.cpu_moe_layers}"
    return f"-ngl {offload.gpu_layers}"
