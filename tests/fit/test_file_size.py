"""When a published size takes the place of the computed one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.file_size import replaces_computed

STEP = 10_000_000
SIZES = st.integers(min_value=1, max_value=10**13)


@given(SIZES, SIZES)
def test_an_exact_size_always_does(file_bytes: int, computed: int) -> None:
    assert replaces_computed(file_bytes, None, computed)


@pytest.mark.parametrize(
    ("computed", "off", "replaces"),
    [
        (5_000_000_000, 50_000_000, False),
        (5_000_000_000, 50_000_001, True),
        (5_000_000_000, -50_000_001, True),
        (500_000_000, STEP, False),
        (500_000_000, STEP + 1, True),
        (500_000_000, -STEP, False),
    ],
    ids=["1%", "over 1%", "under 1%", "one step", "over a step", "a step below"],
)
def test_a_rounded_size_does_where_it_is_off_by_more_than_its_step_and_one_percent(
    computed: int, off: int, replaces: bool
) -> None:
    assert replaces_computed(computed + off, STEP, computed) is replaces


@given(SIZES, st.sampled_from([10**6, STEP, 10**8, 10**9, 2**30]), SIZES)
def test_a_rounded_size_never_moves_a_figure_by_less_than_it_is_known_to(
    file_bytes: int, step: int, computed: int
) -> None:
    off_by = abs(file_bytes - computed)
    assert replaces_computed(file_bytes, step, computed) == (off_by > step and 100 * off_by > computed)


@given(st.integers(min_value=10**8, max_value=10**13), st.sampled_from([10**6, STEP, 10**8, 2**30]))
def test_a_computed_size_that_was_only_rounded_stays(computed: int, step: int) -> None:
    assert not replaces_computed(round(computed / step) * step, step, computed)
