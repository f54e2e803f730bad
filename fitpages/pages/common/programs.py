"""Other programs than llama.cpp's own benchmark, and what they reach of its speed."""

from collections.abc import Mapping

from fit.speed_constants import Runtime
from fitpages.text import wording

# Programs as readers know them, by the names that the calibration has for them.
PROGRAMS = {"llamafile, Metal": "llamafile on Apple machines", "ollama": "Ollama", "llama.cpp server": "llama-server"}


def runtimes(others: Mapping[str, Runtime]) -> str:
    """What other programs reach of the speed of llama.cpp's own benchmark; "" where all reach the same."""
    told = [
        f"{PROGRAMS.get(program, program)} {runtime.factor:.0%} and {runtime.ms:.1f} ms more for a token"
        for program, runtime in others.items()
        if runtime.factor != 1 or runtime.ms
    ]
    return wording.listed(told) if told else ""
