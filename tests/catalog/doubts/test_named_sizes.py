"""A size in a name is held against what the makers of models count, and a digit's slip is asked about."""

import pytest

from catalog.doubts import named_sizes
from fit.architecture import Architecture
from fit.architecture_document import read
from tests.catalog.doubts.beside import checks, model

WIDE = {
    **{"hidden_size": 2000, "vocab_size": 500_000, "tie_embeddings": True},
    "blocks": [
        {
            **{"n": 2, "norm_params": 0, "ffn": {"type": "glu", "size": 4000}},
            "mixers": [{"type": "gqa", "heads": 2, "kv_heads": 2, "head_dim": 64}],
        }
    ],
}


def asked(name: str, parameters: float, active: float | None = None, of: Architecture | None = None) -> list[str]:
    row = model(name=name, parameters=int(parameters), active_parameters=active and int(active))
    return checks(named_sizes.doubts(row, of))


@pytest.mark.parametrize(
    ("name", "parameters", "active"),
    [
        ("Plain 8B", 8.03e9, None),
        ("One digit, cut off 1B", 1.67e9, None),
        ("A tenth 0.3B", 0.36e9, None),
        ("What experts share is there once 8x22B", 140.6e9, 39e9),
        ("Mixture 30B-A3B", 30.5e9, 3.3e9),
        ("Mixture 1B-A400M", 1.33e9, 0.43e9),
        ("Two sizes 1B-7B", 7.2e9, None),
        ("Version 3.5", 8e9, None),
    ],
)
def test_what_makers_count_is_not_asked_about(name: str, parameters: float, active: float | None) -> None:
    assert asked(name, parameters, active) == []


@pytest.mark.parametrize(
    ("name", "parameters", "active", "check"),
    [
        ("Plain 70B", 50.6e9, None, "size_in_name"),
        ("Plain 70B", 86e9, None, "size_in_name"),
        ("Mixture 8x22B", 40.6e9, None, "size_in_name"),
        ("Mixture 30B-A3B", 20.5e9, 3.3e9, "size_in_name"),
        ("Mixture 30B-A3B", 30.5e9, 13.3e9, "active_size_in_name"),
        ("Without tables E4B", 14e9, None, "size_in_name"),
    ],
)
def test_a_slip_of_a_digit_is(name: str, parameters: float, active: float | None, check: str) -> None:
    assert asked(name, parameters, active) == [check]


def test_the_embedding_may_be_left_out() -> None:
    of = read(WIDE)
    assert asked("Wide 7B", 8.5e9) == ["size_in_name"]
    assert asked("Wide 7B", 8.5e9, of=of) == []
    assert asked("Mixture 30B-A3B", 30e9, 4.5e9) == ["active_size_in_name"]
    assert asked("Mixture 30B-A3B", 30e9, 4.5e9, of=of) == []
