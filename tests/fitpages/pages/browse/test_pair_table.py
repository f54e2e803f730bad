"""A table of pairs has each once, in its order, and makes none before it is asked for."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.browse.pair_table import BY_GPU, BY_MODEL, DIAGONAL, PairTable

ORDERS = [BY_MODEL, BY_GPU, DIAGONAL]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("models", "gpus"), [(0, 0), (0, 2), (2, 0), (1, 1), (2, 3), (4, 2), (1, 4), (4, 1)])
def test_a_table_of_any_size_is_walked_to_its_end(small: Snapshot, models: int, gpus: int, order: str) -> None:
    of_models, of_gpus = small.models_by_size[:models], small.common_gpus[:gpus]
    table = PairTable(of_models, of_gpus, order)
    assert len(list(table)) == len(table) == models * gpus
    assert set(table) == {Pair(model, gpu) for model in of_models for gpu in of_gpus}
    assert list(reversed(table)) == list(table)[::-1]


@pytest.mark.parametrize("order", [BY_MODEL, BY_GPU])
def test_the_outer_side_changes_last(small: Snapshot, order: str) -> None:
    models, gpus = small.models_by_size, small.common_gpus
    table = PairTable(models, gpus, order)
    outer = [pair.model for pair in table] if order == BY_MODEL else [pair.gpu for pair in table]
    assert outer[0] is outer[1]
    assert table[len(table) - 1] == Pair(models[-1], gpus[-1])


def test_diagonals_go_by_the_sum_of_both_places(small: Snapshot) -> None:
    models, gpus = small.models_by_size, small.common_gpus[:3]
    places = [(models.index(pair.model), gpus.index(pair.gpu)) for pair in PairTable(models, gpus, DIAGONAL)]
    assert places[:6] == [(0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0)]
    assert [sum(of_pair) for of_pair in places] == sorted(sum(of_pair) for of_pair in places)


def test_a_slice_beyond_the_end_is_cut(small: Snapshot) -> None:
    table = PairTable(small.models_by_size[:1], small.common_gpus[:2], BY_MODEL)
    assert len(table[1:100]) == 1
    assert table[5:9] == []
    with pytest.raises(IndexError):
        table[2]
