"""An answer that is said to stay with other levels is the one that these give."""

from dataclasses import replace

import pytest

from fit.candidates import Candidates
from fit.levels import Levels
from fit.same_answer import stays
from fit.specs import QuantSpec
from fit.verdict import assess
from tests.builders import gpu_spec
from tests.fit.pairs import HEAVY, Q3_K_M, Q4_K_M, Q5_K_M, candidates

WHOLE = candidates(HEAVY)
# From a card that holds nothing of the model to one that holds the best level.
GIB = range(1, 300)


def without(quant: QuantSpec) -> Levels:
    parts = (tuple(level for level in part if level != quant) for part in WHOLE.levels if isinstance(part, tuple))
    always, lower, folded, made, wider, below, worthy = parts
    default = Q3_K_M if WHOLE.levels.default == quant else WHOLE.levels.default
    return Levels(always, lower, folded, default, made, wider, below, worthy)


@pytest.mark.parametrize(
    ("other", "some_stay"),
    [
        (replace(WHOLE, levels=without(Q4_K_M)), True),
        (replace(WHOLE, levels=without(Q5_K_M)), True),
        (replace(WHOLE, published_bytes={Q5_K_M.slug: 10**9}), True),
        (replace(WHOLE, levels=without(WHOLE.levels.worthy[0])), False),
    ],
)
def test_what_stays_is_answered_alike(other: Candidates, some_stay: bool) -> None:
    cards = [gpu_spec(speed_class="nvidia-gddr", reported_mib=1024 * gib) for gib in GIB]
    pairs = [(assess(WHOLE, card), assess(other, card)) for card in cards]
    staying = [after for before, after in pairs if stays(before, WHOLE, other)]
    assert staying == [before for before, _ in pairs if stays(before, WHOLE, other)]
    assert bool(staying) is some_stay
