"""Findings side by side: the best of each, and of models and machines the pairs."""

from fitpages.matching.pairs import Pair
from fitpages.matching.search_results import MOST_PAIRS, Results, side_by_side
from fitpages.matching.search_words import Asked
from tests.published import published_gpu, published_model

MODELS = tuple(published_model(f"Test {size}B", size * 10**9, None) for size in (1, 2, 3, 4))
GPUS = tuple(published_gpu(f"RTX {size}", size, 500) for size in (10, 20, 30, 40))


def together(*sides: Results) -> Results:
    return side_by_side(sides, 12)


def models(*places: int) -> Results:
    return Results(Asked(()), models=tuple(MODELS[place] for place in places))


def gpus(*places: int) -> Results:
    return Results(Asked(()), gpus=tuple(GPUS[place] for place in places))


def pairs(*places: tuple[int, int]) -> Results:
    found_pairs = tuple(Pair(MODELS[model], GPUS[gpu]) for model, gpu in places)
    return Results(Asked(()), found_pairs)


def places(results: Results) -> list[tuple[int, int]]:
    return [(MODELS.index(pair.model), GPUS.index(pair.gpu)) for pair in results.pairs]


def test_the_first_of_each_comes_before_the_second_of_any() -> None:
    assert together(models(0, 1, 2), models(3, 1)).models == tuple(MODELS[place] for place in (0, 3, 1, 2))
    assert together(gpus(0, 2), gpus(1)).gpus == (GPUS[0], GPUS[1], GPUS[2])
    assert side_by_side([gpus(0, 2), gpus(1)], 2).gpus == (GPUS[0], GPUS[1])


def test_a_model_of_one_part_is_held_against_the_machines_of_all() -> None:
    assert places(together(gpus(0, 2), pairs((0, 1), (0, 2)))) == [(0, 0), (0, 1)]
    assert places(together(gpus(0), gpus(1), models(0))) == [(0, 0), (0, 1)]
    assert places(together(models(0), pairs((1, 1)))) == [(0, 1), (1, 1)]


def test_models_of_a_size_are_several_and_no_more_than_there_is_room_for() -> None:
    assert places(together(gpus(0), pairs((0, 1), (1, 1), (2, 1), (3, 1)))) == [
        (model, gpu) for model in (0, 1, 2) for gpu in (0, 1)
    ]
    many = together(*(pairs((model, gpu)) for model in range(3) for gpu in range(3)), gpus(0))
    assert len(many.pairs) == MOST_PAIRS
    assert places(together(gpus(0), gpus(1), gpus(2), pairs((0, 3), (1, 3)))) == [(0, gpu) for gpu in range(4)]


def test_no_model_that_was_asked_for_gives_way_to_machines() -> None:
    together_on_four = together(models(0), models(1), *(gpus(place) for place in range(4)))
    assert places(together_on_four) == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]


def test_parts_that_are_pairs_stay_these_pairs() -> None:
    assert places(together(pairs((0, 1), (2, 2)), pairs((1, 0)))) == [(0, 1), (1, 0)]


def test_machines_alone_or_models_alone_make_no_pairs() -> None:
    assert together(gpus(0), gpus(1)).pairs == together(models(0), models(1)).pairs == ()


def test_what_is_the_name_of_nothing_is_no_part() -> None:
    nothing = Results(Asked(()), unknown=("a",))
    assert places(together(nothing, pairs((0, 1), (0, 2)))) == [(0, 1), (0, 2)]
    assert together(gpus(0, 2), nothing) == Results(Asked(()), gpus=(GPUS[0], GPUS[2]), unknown=("a",))
    assert places(together(pairs((0, 1)), nothing, pairs((1, 0)))) == [(0, 1), (1, 0)]
    assert together(nothing, nothing).unknown == ("a",)


def test_words_that_no_name_has_are_told_of_every_part_once() -> None:
    sides = [Results(Asked(()), unknown=words) for words in (("a", "b"), ("b", "c"))]
    assert together(*sides).unknown == ("a", "b", "c")
