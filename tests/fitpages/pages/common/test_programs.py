"""Other programs are said with what they reach of the speed of llama.cpp's own benchmark."""

from fit.speed_constants import Runtime
from fitpages.pages.common.programs import runtimes

PLAIN = Runtime(factor=1, ms=0)


def test_programs_are_said_by_their_names_with_both_figures() -> None:
    others = {"llama.cpp": PLAIN, "ollama": Runtime(factor=1, ms=0.594), "llamafile": Runtime(factor=0.847, ms=1.1)}
    assert runtimes(others) == "Ollama 100% and 0.6 ms more for a token and llamafile 85% and 1.1 ms more for a token"


def test_programs_that_reach_the_same_are_not_said() -> None:
    assert runtimes({"llama.cpp": PLAIN}) == runtimes({}) == ""
