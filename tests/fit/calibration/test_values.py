"""The values that a solver moves, and the constants that they stand for."""

import math

import pytest

from fit.calibration.values import MIXES, constants_of, usual_backends, values_of
from fit.observation import Observation
from tests.fit.observations import GB, observation, work

ROWS = [
    observation(slug="plain", card="a"),
    observation(slug="vulkan", card="b", backend="Vulkan", runtime="ollama"),
    observation(slug="again", card="a", work=work(GB, mixture=True, mix="MXFP4", cache_bytes=GB)),
    observation(
        slug="unnamed", card="c", backend="", work=work(GB, linear_layers=4, latent_bytes=1, quantized_cache=True)
    ),
    observation(slug="apple", card="d", speed_class="apple", backend="Metal", work=work(GB)),
    observation(slug="slow", card="e", speed_class="apple", backend="Metal", work=work(GB)),
    observation(slug="whole", card="e", backend="Metal", speed_class="apple", work=work(GB, mix="F16 and Q8_0")),
]
VALUES = {value.name: value for value in values_of(ROWS)}


def touched(*name: str) -> set[str]:
    return {row.slug for row in ROWS if VALUES[name].touches(row)}


def test_there_is_a_value_for_each_class_program_backend_and_mix() -> None:
    assert {name for name in VALUES if name[0] in ("efficiency", "layer_ms")} == {
        ("efficiency", "usual"),
        ("efficiency", "apple"),
        ("layer_ms", "usual"),
        ("layer_ms", "apple"),
    }
    assert {name for name in VALUES if name[0] in ("backend", "runtime", "runtime_ms")} == {
        ("backend", "usual", "Vulkan"),
        ("runtime", "ollama"),
        ("runtime_ms", "ollama"),
    }
    assert {name[1] for name in VALUES if name[0] == "mixes"} == set(MIXES)


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        (("efficiency", "usual"), {"plain", "vulkan", "again", "unnamed"}),
        (("layer_ms", "apple"), {"apple", "slow", "whole"}),
        (("backend", "usual", "Vulkan"), {"vulkan"}),
        (("runtime", "ollama"), {"vulkan"}),
        (("runtime_ms", "ollama"), {"vulkan"}),
        (("mixes", "MXFP4"), {"again"}),
        (("mixes", "F16 and Q8_0"), {"whole"}),
        (("expert_layer",), {"again"}),
        (("expert_share",), {"again"}),
        (("linear_layer",), {"unnamed"}),
        (("cache_read",), {"again"}),
        (("latent_read",), {"unnamed"}),
        (("quantized_cache", "CUDA"), {"unnamed"}),
        (("quantized_cache", "other"), set()),
    ],
    ids=lambda name: " ".join(name) if isinstance(name, tuple) else "",
)
def test_a_value_touches_the_measurements_that_it_explains(name: tuple[str, ...], slugs: set[str]) -> None:
    assert touched(*name) == slugs


def test_the_usual_backend_of_a_class_is_that_of_most_cards() -> None:
    def rows(*pairs: tuple[str, str]) -> list[Observation]:
        return [observation(slug=card + backend, card=card, backend=backend) for card, backend in pairs]

    assert usual_backends(rows(("a", "ROCm"), ("b", "Vulkan"), ("c", "Vulkan"), ("d", ""))) == {"usual": "Vulkan"}
    assert usual_backends(rows(("a", "Vulkan"), ("b", "ROCm"))) == {"usual": "ROCm"}
    assert usual_backends(rows(("a", ""))) == {"usual": ""}


def test_constants_are_what_the_values_stand_for() -> None:
    numbers = {name: math.log(0.5) for name in VALUES}
    constants = constants_of({**numbers, ("quantized_cache", "CUDA"): math.log(3)}, usual_backends(ROWS))
    usual = constants.classes["usual"]
    assert (usual.efficiency, usual.layer_ms, usual.backend) == pytest.approx((0.5, 0.5, "CUDA"))
    assert usual.backends == pytest.approx({"Vulkan": 0.5})
    assert constants.quantized_cache == pytest.approx({"CUDA": 3, "other": 1})
    assert (constants.expert_layer, constants.mixes["MXFP4"], constants.mixes["other mixes"]) == pytest.approx(
        (0.5, 0.5, 1)
    )
    assert (constants.runtimes["ollama"].factor, constants.runtimes["ollama"].ms) == pytest.approx((0.5, 0.5))


def test_a_card_of_no_known_class_has_the_middle_of_all() -> None:
    numbers = dict.fromkeys(VALUES, 0.0)
    numbers["efficiency", "usual"], numbers["layer_ms", "apple"] = math.log(0.25), math.log(4)
    other = constants_of(numbers, usual_backends(ROWS)).other
    assert (other.efficiency, other.layer_ms, other.backend) == pytest.approx((0.5, 2, ""))
