"""A figure that changed while its sources did not is asked about."""

import datetime
from typing import Any

import pytest

from catalog.doubts import since_loaded
from catalog.models import Gpu
from tests.catalog.doubts.beside import card, checks, level
from tests.catalog.rows import SOURCE

LOADED = {"sources": [SOURCE], "power_w": 450, "memory_gb": 24, "release_date": "2022-10-12"}


def changed(**values: Any) -> Gpu:
    row = card(release_date=datetime.date(2022, 10, 12), loaded_record=LOADED)
    for name, value in values.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, []),
        ({"power_w": 350}, ["since_loaded"]),
        ({"power_w": 460}, []),
        ({"release_date": datetime.date(2021, 10, 12)}, ["since_loaded"]),
        ({"power_w": 350, "sources": f"{SOURCE}\nhttps://example.org/other"}, []),
        ({"power_w": 350, "loaded_record": None}, []),
        ({"power_w": None}, []),
    ],
)
def test_it_is_asked_of_figures_and_days_whose_sources_are_the_same(values: dict[str, Any], asked: list[str]) -> None:
    assert checks(since_loaded.doubts(changed(**values), set())) == asked


def test_the_sentence_has_both_figures() -> None:
    (doubt,) = since_loaded.doubts(changed(power_w=350), set())
    assert doubt.field == "power_w"
    assert ": 350 here, and 450 in the data that it was loaded from;" in doubt.says


def test_a_field_that_is_asked_about_already_is_asked_about_once() -> None:
    assert list(since_loaded.doubts(changed(power_w=350), {"power_w"})) == []


def test_what_editors_decide_has_no_source() -> None:
    row = level(order=55, loaded_record={"sources": [SOURCE], "order": 50})
    assert list(since_loaded.doubts(row, set())) == []
