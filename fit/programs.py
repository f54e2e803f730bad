"""Programs that run a model with llama.cpp inside, and what each makes of a token's time.

Constants are those of llama.cpp's own benchmark, which times nothing but tokens. Pages say what its server makes, for
that is what the printed command starts: sampling, text and requests take a little of every token.
"""

from fit.decode_time import MS_PER_S
from fit.speed_constants import Runtime, SpeedConstants

BENCHMARK, SERVER = "llama.cpp", "llama.cpp server"
AS_BENCHMARKED = Runtime(factor=1, ms=0)


def tokens_s(ms: float, program: str, constants: SpeedConstants) -> float:
    """Tokens per second that a program makes where the benchmark takes so many milliseconds a token."""
    runtime = constants.runtimes.get(program, AS_BENCHMARKED)
    return MS_PER_S / (ms / runtime.factor + runtime.ms)


def benchmark_ms(speed: float, program: str, constants: SpeedConstants) -> float:
    """Milliseconds that the benchmark would take where a program makes so many tokens per second."""
    runtime = constants.runtimes.get(program, AS_BENCHMARKED)
    return max(0.0, MS_PER_S / speed - runtime.ms) * runtime.factor
