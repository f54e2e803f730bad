"""A published file against the computed size of its level, the files beside it, and its own names."""

import datetime
from typing import Any

import pytest

from catalog.doubts import files
from fit.model_memory import ModelMemory
from tests.catalog.doubts.beside import checks, file, level, model, others

OF, AT = model(release_date=datetime.date(2026, 5, 1)), level()
ALONE = others(models=[OF])


def computed() -> int:
    memory = ALONE.whole_model(OF).spec.memory
    assert isinstance(memory, ModelMemory)
    return memory.nearest_file_bytes("Q4_K_M", 0)


@pytest.mark.parametrize(("share", "asked"), [(1.04, []), (1.06, ["size_of_level"]), (0.94, ["size_of_level"])])
def test_five_percent_off_the_level_is_asked_about(share: float, asked: list[str]) -> None:
    assert checks(files.doubts(file(OF, AT, size_bytes=round(share * computed())), ALONE)) == asked


def test_what_the_size_was_rounded_to_is_room() -> None:
    odd = {"size_bytes": round(1.06 * computed()), "rounding_bytes": 100_000}
    assert "size_of_level" not in checks(files.doubts(file(OF, AT, **odd), ALONE))


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"rounding_bytes": 9_000_000}, "rounding_of_size"),
        ({"rounding_bytes": 200_000}, "rounding"),
        ({"token_list_bytes": 700_000}, "token_list"),
        ({"file_name": "Test-3.5-8M-Q5_K_M.gguf", "repository": "tests/a"}, "label_in_file_name"),
        ({"label": "Q5_K_M", "file_name": ""}, "label_of_level"),
        ({"publisher": "test"}, "publisher_of_repository"),
        ({"repository": "tests/Test-3.5-9M-GGUF"}, "model_in_repository"),
        ({"repository": "tests/Test-3.6-8M-GGUF"}, "model_in_repository"),
        ({"file_name": "Test-2.5-8M-Q4_K_M.gguf"}, "model_in_file_name"),
        ({"name": "Test 3.6 8M Q4_K_M"}, "model_in_name"),
        ({"seen_in": "2099-01"}, "date_to_come"),
        ({"seen_in": "2025-06"}, "date_before_release"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(files.doubts(file(OF, AT, **{"size_bytes": computed(), **values}), ALONE))


@pytest.mark.parametrize(
    "values", [{}, {"rounding_bytes": 100_000}, {"token_list_bytes": 30_000}, {"seen_in": "2026-08"}]
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    size = computed() + values.get("token_list_bytes", 0)
    assert checks(files.doubts(file(OF, AT, **{"size_bytes": size, **values}), ALONE)) == []


@pytest.mark.parametrize(("share", "asked"), [(1.3, []), (1.5, ["size_of_level"]), (0.9, ["size_of_level"])])
def test_a_label_of_a_publishers_own_is_held_against_other_files_of_that_label(share: float, asked: list[str]) -> None:
    label = {"label": "UD-Q4_K_XL", "file_name": "", "repository": ""}
    beside = [file(OF, None, pk=n, slug=f"f{n}", **label, size_bytes=round(n / 10 * computed())) for n in (11, 12, 13)]
    own = file(OF, None, **label, size_bytes=round(share * computed()))
    assert checks(files.doubts(own, others(models=[OF], files=beside))) == asked


def test_a_list_of_tokens_is_that_of_other_files_of_the_model() -> None:
    beside = [file(OF, AT, pk=2, slug="f2", token_list_bytes=30_000)]
    own = file(OF, AT, size_bytes=computed() + 34_000, token_list_bytes=34_000)
    assert checks(files.doubts(own, others(models=[OF], files=beside))) == ["token_list"]
