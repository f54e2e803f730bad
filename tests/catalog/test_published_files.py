"""Which of several files of one model decides a level: the one that a command names."""

from itertools import pairwise

import pytest

from catalog.published_files import by_level, in_order, of_their_own, place_of
from tests.published import published_file

MAKER = "Makers"
IN_ORDER = ["ggml-org", MAKER, "bartowski", "unsloth"]


def chosen(*files: dict[str, object]) -> str:
    """The slug of the file that decides; each has the number of its place as its slug."""
    made = [published_file(**{"slug": str(place), **facts}) for place, facts in enumerate(files)]
    return by_level(made, MAKER)["q4-k-m"].slug


@pytest.mark.parametrize(("first", "second"), [*pairwise(IN_ORDER), ("unsloth", "anybody"), ("unsloth", "")])
def test_publishers_are_in_order(first: str, second: str) -> None:
    assert chosen({"publisher": second}, {"publisher": first}) == "1"
    assert chosen({"publisher": first}, {"publisher": second}) == "0"


def test_a_maker_who_is_in_the_order_keeps_that_place_and_an_unknown_one_is_nobody() -> None:
    assert place_of("ggml-org", "ggml-org") == 0
    assert place_of("bartowski", "bartowski") == 2
    assert place_of("", "") == place_of("anybody", "") == 4


def test_the_file_that_editors_prefer_comes_before_any_publisher() -> None:
    assert chosen({"publisher": "ggml-org"}, {"publisher": "anybody", "preferred": True}) == "1"


def test_of_one_publisher_an_exact_size_comes_first_then_the_latest_then_the_first_slug() -> None:
    rounded = {"rounding_bytes": 10**7, "seen_in": "2026-11"}
    assert chosen(rounded, {"seen_in": "2026-04"}) == "1"
    assert chosen({"seen_in": "2026-04"}, {"seen_in": "2026-04-30"}, {}) == "1"
    assert chosen({"slug": "b"}, {"slug": "a"}) == "a"


def test_a_projector_or_a_model_for_mlx_decides_nothing() -> None:
    others = [published_file(kind_of_file=kind, level="") for kind in ("projector", "mlx")]
    assert in_order(others, MAKER) == []
    assert of_their_own(others, MAKER) == {}


def test_files_without_a_level_are_apart_one_for_each_label() -> None:
    first = published_file(label="UD-Q4_K_XL", level="", publisher="unsloth")
    second = published_file(label="UD-Q4_K_XL", level="", publisher="anybody")
    level = published_file()
    assert of_their_own([second, first, level], MAKER) == {"UD-Q4_K_XL": first}
    assert by_level([second, first, level], MAKER) == {"q4-k-m": level}


def test_the_token_list_and_draft_layers_are_no_tensors_of_the_models_own_file() -> None:
    file = published_file(size_bytes=1000, token_list_bytes=10, draft_bytes=200)
    assert file.tensor_bytes == 790
    assert published_file(size_bytes=1000).tensor_bytes == 1000
