"""The time of a token by hand, term by term."""

from decimal import Decimal
from typing import Any

import pytest

from fit.decode_time import card_of, class_name, least_ms, token_ms
from fit.several_cards import TENSOR_SPLIT, Run
from fit.units import GB
from fit.work import Work
from tests.builders import gpu_spec
from tests.fit.constants import decode_class, speed_constants

CONSTANTS = speed_constants()
USUAL = card_of(gpu_spec(bandwidth_gb_s=Decimal(1000), speed_class="usual"), CONSTANTS)
PLAIN = Work(weights_bytes=4 * GB, cache_bytes=GB, layers=32)
# Milliseconds of a GB at half of 1,000 GB/s.
A_GB = 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 4 * A_GB + 1.2 * A_GB + 3.2),
        ({"cache_bytes": 0}, 4 * A_GB + 3.2),
        ({"latent_bytes": GB}, (4 + 1.2 + 2) * A_GB + 3.2),
        ({"quantized_cache": True}, 4 * A_GB + 1.5 * 1.2 * A_GB + 3.2),
        ({"mix": "F16 and Q8_0"}, 5.2 * A_GB / 1.1 + 3.2),
        ({"mix": "MXFP4"}, 5.2 * A_GB / 1.2 + 3.2),
        ({"mix": "unheard of"}, 5.2 * A_GB + 3.2),
        ({"linear_layers": 24}, 5.2 * A_GB + 3.2 + 24 * 0.25 * 0.1),
        ({"expert_layers": 16}, 5.2 * A_GB / 0.8 + 3.2 + 16 * 0.5 * 0.1),
        ({"ram_layer_bytes": GB}, 4.2 * A_GB + 3.2 + 1000 / 100 / 0.4),
        ({"ram_expert_bytes": GB}, 4.2 * A_GB + 3.2 + 1000 / 100 / 0.2),
        ({"ram_layer_bytes": GB, "ram_cache_bytes": GB / 2}, 3.6 * A_GB + 3.2 + 1500 / 100 / 0.4),
    ],
    ids=lambda changes: ", ".join(changes) if isinstance(changes, dict) else "",
)
def test_every_term_adds_what_it_says(changes: dict[str, Any], expected: float) -> None:
    assert token_ms(PLAIN._replace(**changes), USUAL, CONSTANTS, Run(ram_gb_s=100)) == pytest.approx(expected)


def test_where_nobody_says_what_ram_there_is_its_pace_is_between_the_usual_ends() -> None:
    work = PLAIN._replace(ram_layer_bytes=GB)
    slow, middle, fast = (token_ms(work, USUAL, CONSTANTS, Run(ram_gb_s=pace)) for pace in (51.2, None, 89.6))
    assert slow > middle > fast


def test_another_backend_and_the_card_itself_are_factors_of_what_is_on_the_card() -> None:
    work = PLAIN._replace(ram_layer_bytes=GB)
    on_card, in_ram = 4.2 * A_GB + 3.2, 1000 / 100 / 0.4
    spec = gpu_spec(slug="quick", bandwidth_gb_s=Decimal(1000), speed_class="usual")
    for backend, factor in (("", 1.2), ("CUDA", 1.2), ("Vulkan", 1.2 * 0.75)):
        card = card_of(spec, CONSTANTS, backend)
        assert card.backend == (backend or "CUDA")
        assert token_ms(work, card, CONSTANTS, Run(ram_gb_s=100)) == pytest.approx(on_card / factor + in_ram)


def test_a_quantized_cache_costs_more_where_the_backend_is_another() -> None:
    card = USUAL._replace(backend="Vulkan")
    assert token_ms(PLAIN._replace(quantized_cache=True), card, CONSTANTS) == pytest.approx((4 + 2 * 1.2) * A_GB + 3.2)


def test_no_token_takes_less_than_the_bandwidth_on_paper() -> None:
    quick = USUAL._replace(factor=5)
    assert token_ms(PLAIN, quick, CONSTANTS) == pytest.approx(5)
    assert token_ms(PLAIN, quick, CONSTANTS, Run(2, TENSOR_SPLIT)) == pytest.approx(2.5)
    efficient = USUAL._replace(decode_class=decode_class(efficiency=0.9, layer_ms=0.0))
    whole = Work(weights_bytes=4 * GB, mix="MXFP4")
    assert token_ms(whole, efficient, CONSTANTS) == pytest.approx(4)


def test_what_bandwidth_takes_counts_ram_where_its_pace_is_named() -> None:
    work = PLAIN._replace(ram_layer_bytes=GB)
    assert least_ms(work, 1000) == pytest.approx(4)
    assert least_ms(work, 1000, 100) == pytest.approx(4 + 10)


@pytest.mark.parametrize(
    ("of", "chip", "name"),
    [
        ("nvidia-hbm", "Pascal", "nvidia-hbm, Pascal"),
        ("nvidia-hbm", "Volta", "nvidia-hbm"),
        ("nvidia-pascal", "Pascal", "nvidia-pascal"),
        ("", "Pascal", ""),
    ],
)
def test_a_chip_without_integer_dot_products_is_apart(of: str, chip: str, name: str) -> None:
    assert class_name(of, chip) == name


@pytest.mark.parametrize("name", ["", "unheard of"])
def test_a_card_of_no_known_class_has_the_constants_of_others(name: str) -> None:
    card = card_of(gpu_spec(bandwidth_gb_s=Decimal(1000), speed_class=name), CONSTANTS)
    assert (card.decode_class, card.backend, card.factor) == (CONSTANTS.other, "", 1)
