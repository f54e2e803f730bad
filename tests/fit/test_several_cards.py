"""Several cards by layer and by tensor, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.several_cards import MOST_GAIN, TENSOR_SPLIT, Run, split_ms
from tests.fit.constants import speed_constants

times = st.floats(0.01, 1000)
counts = st.integers(1, 16)


def ms(run: Run, *, cuda: bool = True, reading: float = 30, layers: float = 6) -> float:
    return split_ms(reading, layers, run, speed_constants(), cuda)


def test_cards_read_at_once_by_tensor() -> None:
    assert (Run(4).at_once, Run(4, TENSOR_SPLIT).at_once) == (1, 4)


def test_one_card_takes_what_it_takes() -> None:
    assert ms(Run()) == ms(Run(1, TENSOR_SPLIT)) == 36


def test_by_layer_each_further_card_adds_a_hand_over() -> None:
    assert ms(Run(4)) == pytest.approx(36 + 3 * 0.4)
    assert ms(Run(4), cuda=False) == pytest.approx(36 * 1.3)


def test_by_tensor_each_card_reads_its_part_and_gains_no_more_than_was_measured() -> None:
    assert ms(Run(2, TENSOR_SPLIT), reading=20, layers=16) == pytest.approx(26)
    assert ms(Run(2, TENSOR_SPLIT)) == pytest.approx(36.4 / MOST_GAIN)
    assert ms(Run(8, TENSOR_SPLIT)) == pytest.approx(ms(Run(8)) / MOST_GAIN)


@given(reading=times, layers=times, count=counts, cuda=st.booleans())
def test_more_cards_are_never_faster_by_layer_and_by_tensor_gain_no_more_than_was_seen(
    reading: float, layers: float, count: int, cuda: bool
) -> None:
    few, many = (ms(Run(of), cuda=cuda, reading=reading, layers=layers) for of in (count, count + 1))
    assert few <= many
    by_tensor = ms(Run(count, TENSOR_SPLIT), cuda=cuda, reading=reading, layers=layers)
    assert few / MOST_GAIN * (1 - 1e-12) <= by_tensor <= few
