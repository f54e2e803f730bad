"""A model's parameters against its tensors, its header and its name; contexts, dates and spellings that can be."""

import copy
import datetime
from typing import Any

import pytest

from catalog.doubts import language_models
from tests.catalog.doubts.beside import checks, model, others
from tests.catalog.rows import ARCHITECTURE

OTHERS = others(models=[model(pk=2, slug="other", native_context=202_752)])


def with_layers(count: int) -> dict[str, Any]:
    document = copy.deepcopy(ARCHITECTURE)
    document["blocks"][0]["n"] = count  # type: ignore[index]
    return document


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"parameters": 81_146_880}, "parameters_by_architecture"),
        ({"architecture": with_layers(20)}, "parameters_by_architecture"),
        ({"architecture": None, "parameters": 81_146_880}, "size_in_name"),
        ({"architecture": {**ARCHITECTURE, "vocab_size": 100_000}}, "vocabulary"),
        ({"tower_parameters": 81_146_880}, "tower_parameters_of_all"),
        ({"draft_parameters": 81_146_880}, "draft_parameters_of_all"),
        ({"header_parameters": 81_146_880}, "header"),
        ({"header_parameters": 8_114_688, "tower_parameters": 60_000}, "header"),
        ({"native_context": 81_920}, "context"),
        ({"extended_context": 2_027_520}, "context"),
        ({"release_date": datetime.date(2016, 1, 1)}, "date_too_early"),
        ({"family": "Test3.5"}, "spelling"),
    ],
)
def test_a_slip_is_asked_about(values: dict[str, Any], check: str) -> None:
    assert check in checks(language_models.doubts(model(**values), OTHERS))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"native_context": 131_072},
        {"native_context": 202_752},
        {"extended_context": 200_000},
        {"header_parameters": 8_120_000},
        {"header_parameters": 8_174_688, "tower_parameters": 60_000},
        {"header_parameters": 8_626_688, "header_extra": "1000*512"},
        {"architecture": None, "parameters": 8_500_000, "name": "Test 1M-8M"},
        {"release_date": datetime.date(2024, 7, 1)},
    ],
)
def test_what_agrees_is_not(values: dict[str, Any]) -> None:
    assert checks(language_models.doubts(model(**values), OTHERS)) == []
