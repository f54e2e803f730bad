"""A repository's name against its model, its publisher and its labels."""

from typing import Any

import pytest

from catalog.doubts import repositories
from tests.catalog.doubts.beside import checks, model, others, repository

OF = model()
OTHERS = others(repositories=[repository(OF, pk=2, slug="other", labels="Q8_0 UD-odd", publisher="bartowski")])


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"publisher": "test"}, "publisher_of_repository"),
        ({"name": "tests/Test-3.5-9M-GGUF"}, "model_in_name"),
        ({"name": "tests/Test-2.5-8M-GGUF"}, "model_in_name"),
        ({"labels": "Q4_K_N"}, "labels"),
        ({"seen_in": "2099"}, "date_to_come"),
        ({"publisher": "bartowsky", "name": "bartowsky/Test-3.5-8M-GGUF"}, "spelling"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(repositories.doubts(repository(OF, **values), OTHERS))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"labels": "UD-odd UD-Q4_K_XL"},
        {"name": "tests/Test_3.5_8M-gguf"},
        {"name": "test:8m", "kind_of_files": "ollama", "publisher": ""},
    ],
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    assert checks(repositories.doubts(repository(OF, **values), OTHERS)) == []
