"""The document of the constants of prompts is read whole, or refused."""

import dataclasses
from typing import Any

import pytest

from fit.prefill_constants import of_class, read_prefill
from tests.fit.constants import prefill_constants


def document() -> dict[str, Any]:
    return dataclasses.asdict(prefill_constants())


def test_what_was_written_is_read() -> None:
    assert read_prefill(document()) == prefill_constants()


def test_what_is_read_cannot_be_changed() -> None:
    constants = read_prefill(document())
    for name in ("classes", "generations", "backends", "programs", "machines", "unseen", "other_models"):
        with pytest.raises(TypeError):
            getattr(constants, name)["new"] = 1


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(prefill_constants())])
def test_without_any_part_it_is_an_error(name: str) -> None:
    with pytest.raises(KeyError):
        read_prefill({key: value for key, value in document().items() if key != name})


def test_what_a_class_has_of_its_own_is_named_after_it() -> None:
    assert of_class("apple", "Apple M5") == "apple, Apple M5"
