"""A model and a machine are found by slug, by name, or as the search understands it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.popularity import common_machines, common_models
from fitpages.pages.browse.finder_fields import gpu_field, model_field


@pytest.mark.parametrize("typed", ["small-8b", "Small 8B", " SMALL 8b ", "smal 8b", "small"])
def test_a_model_is_found_however_it_is_written(small: Snapshot, typed: str) -> None:
    field = model_field({"model": typed}, small, common_models(small))
    assert field.record is small.models["small-8b"]
    assert (field.value, field.error) == ("Small 8B", "")
    assert "Large 70B" in field.names


@pytest.mark.parametrize("typed", ["rtx-24", "nvidia rtx 24", "24gb"])
def test_a_machine_is_found_by_its_memory_too(small: Snapshot, typed: str) -> None:
    field = gpu_field({"gpu": typed}, small, common_machines(small))
    assert field.record is small.gpus["rtx-24"]
    assert "RX 16 Laptop" not in field.names


@pytest.mark.parametrize("typed", ["zzzz", "small 8b zzzz", "rtx 24", "\x00zzzz", "z" * 500])
def test_what_is_no_model_is_said_and_stays_in_the_field(small: Snapshot, typed: str) -> None:
    field = model_field({"model": typed}, small, ())
    assert field.record is None
    assert field.value == typed.replace("\x00", "")[:100]
    assert field.error == f"No model is called “{field.value[:40]}”. Try fewer words."


def test_nothing_typed_is_no_fault(small: Snapshot) -> None:
    for query in ({}, {"model": " ", "gpu": ""}):
        assert (model_field(query, small, ()).error, gpu_field(query, small, ()).error) == ("", "")
