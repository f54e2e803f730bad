"""A word of a query is a word of a name, begins one, or is a slip away."""

import pytest

from fitpages.matching.search_names import Names
from fitpages.matching.search_weights import BEGINS, EQUAL, SLIP, weights, with_slips


def names(*words: str, nicknames: tuple[str, ...] = ()) -> Names:
    return Names(frozenset(words), frozenset(nicknames), frozenset())


@pytest.mark.parametrize(
    ("word", "weight"),
    [
        *(("4090", EQUAL), ("409", 0.0), ("rt", BEGINS), ("r", 0.0), ("090", 0.0)),
        *(("3", BEGINS), ("32", EQUAL), ("24", BEGINS), ("2", 0.0), ("halo", BEGINS), ("strix halo", EQUAL)),
    ],
)
def test_a_number_is_not_the_half_of_another(word: str, weight: float) -> None:
    of_record = names("rtx", "4090", "3n", "32", "24gb", "strix halo", nicknames=("strix", "halo"))
    assert weights([word], of_record) == (weight,)


def test_neighbours_that_a_name_writes_as_one_count_in_full() -> None:
    assert weights(["qwen", "3", "32b"], names("qwen3", "32b")) == (EQUAL, EQUAL, EQUAL)
    assert weights(["qwen", "3", "32b"], names("qwen", "qwen1.5", "32b")) == (EQUAL, 0.0, EQUAL)


def test_only_a_word_that_no_name_has_is_taken_for_a_slip() -> None:
    both = [names("gemma"), names("gemini")]
    rows = [weights(["gema"], of_record) for of_record in both]
    assert with_slips(["gema"], both, rows) == [(SLIP,), (0.0,)]
    met = [names("gemma"), names("gema")]
    rows = [weights(["gema"], of_record) for of_record in met]
    assert with_slips(["gema"], met, rows) == [(0.0,), (EQUAL,)]
