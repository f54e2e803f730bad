"""What a program makes of a token's time, and back."""

import pytest

from fit.programs import BENCHMARK, SERVER, benchmark_ms, tokens_s
from tests.fit.constants import speed_constants

CONSTANTS = speed_constants()


@pytest.mark.parametrize(
    ("program", "expected"), [(BENCHMARK, 10), (SERVER, 10 / 0.9 + 0.5), ("ollama", 10 / 0.9 + 0.5), ("other", 10)]
)
def test_a_program_takes_a_share_and_milliseconds_more(program: str, expected: float) -> None:
    assert 1000 / tokens_s(10, program, CONSTANTS) == pytest.approx(expected)
    assert benchmark_ms(1000 / expected, program, CONSTANTS) == pytest.approx(10)


def test_a_program_that_is_faster_than_its_own_milliseconds_leaves_none_to_the_benchmark() -> None:
    assert benchmark_ms(5000, SERVER, CONSTANTS) == 0
