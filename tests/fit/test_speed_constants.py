"""The file of the speed estimate's constants: what it says, and that nothing else is taken for it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from fit.mix_families import FAMILIES
from fit.speed_constants import PATH, Range, load_constants, read, to_text
from tests.fit.constants import decode_class, speed_constants

SHIPPED = load_constants()
CLASSES = {**SHIPPED.classes, "other": SHIPPED.other}
PREFILL = {**SHIPPED.prefill.classes, "other": SHIPPED.prefill.other}
RANGES = {
    "laptops": SHIPPED.laptops,
    **{
        f"{name}, {kind} {state}": getattr(getattr(constants, state), kind)
        for name, constants in CLASSES.items()
        for state in ("unseen", "measured")
        for kind in ("dense", "mixture")
    },
}


def test_what_was_written_is_read() -> None:
    assert read(json.loads(to_text(speed_constants()))) == speed_constants()


def test_the_file_is_what_would_be_written_of_it() -> None:
    assert to_text(SHIPPED) == PATH.read_text(encoding="utf-8")


def test_numbers_are_written_to_four_digits() -> None:
    written = json.loads(to_text(speed_constants(card_ms=0.0123456, held_out={"one": [123.456, 1.0, 2.0]})))
    assert (written["card_ms"], written["held_out"]) == (0.01235, {"one": [123.5, 1.0, 2.0]})


def without(*path: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for name in path[:-1]:
            document = document[name]
        del document[path[-1]]

    return change


def with_more(*path: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for name in path:
            document = document[name]
        document["more"] = 1

    return change


@pytest.mark.parametrize(
    "change",
    [
        *(without(name) for name in json.loads(to_text(speed_constants()))),
        without("classes", "usual", "efficiency"),
        without("other", "unseen", "mixture"),
        without("other", "measured", "dense", "cards"),
        without("prefill", "classes", "usual", "dense"),
        without("prefill", "terms"),
        without("machines", "quick", "models"),
        without("laptops", "low"),
        without("runtimes", "ollama", "ms"),
        with_more(),
        with_more("classes", "usual"),
        with_more("classes", "usual", "unseen"),
        with_more("prefill", "other", "mixture"),
        with_more("prefill", "machines", "measured"),
        with_more("classes"),
        with_more("machines"),
        with_more("runtimes"),
    ],
)
def test_a_document_of_another_shape_is_an_error(change: Callable[[Any], None]) -> None:
    document = json.loads(to_text(speed_constants()))
    change(document)
    with pytest.raises((KeyError, TypeError)):
        read(document)


@pytest.mark.parametrize("document", [[], {}, {"classes": {}}])
def test_what_is_no_such_document_is_an_error(document: Any) -> None:
    with pytest.raises((KeyError, TypeError)):
        read(document)


def test_constants_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        SHIPPED.classes["new"] = decode_class()  # type: ignore[index]  # refused, as tested


@pytest.mark.parametrize("name", CLASSES)
def test_the_share_of_the_bandwidth_is_one_that_a_card_can_reach(name: str) -> None:
    assert 0 < CLASSES[name].efficiency <= 0.92
    assert CLASSES[name].layer_ms > 0
    assert all(factor > 0 for factor in CLASSES[name].backends.values())
    assert CLASSES[name].backend not in CLASSES[name].backends


@pytest.mark.parametrize("name", PREFILL)
def test_some_of_the_arithmetic_is_reached(name: str) -> None:
    assert PREFILL[name].utilization > 0
    assert 0 < PREFILL[name].attention < 1
    for span in (PREFILL[name].dense, PREFILL[name].mixture):
        assert 0 < span.low <= 1 <= span.high


@pytest.mark.parametrize("of_range", RANGES.values(), ids=RANGES)
def test_every_range_is_around_its_estimate(of_range: Range) -> None:
    assert 0 < of_range.low <= 1 <= of_range.high
    assert of_range.cards >= 0


def test_constants_for_all_are_physical() -> None:
    assert 0 < SHIPPED.expert_share <= 1
    assert min(SHIPPED.expert_layer, SHIPPED.linear_layer, SHIPPED.card_ms, SHIPPED.card_share) >= 0
    assert 0 < min(SHIPPED.ram_layers, SHIPPED.ram_experts) <= max(SHIPPED.ram_layers, SHIPPED.ram_experts) <= 1
    assert min(SHIPPED.cache_read, SHIPPED.latent_read) > 0
    assert all(factor >= 1 for factor in SHIPPED.quantized_cache.values())
    assert all(0 < runtime.factor <= 1 and runtime.ms >= 0 for runtime in SHIPPED.runtimes.values())
    assert all(extra > 0 for extra in SHIPPED.old_build_ms.values())
    assert set(SHIPPED.mixes) == set(FAMILIES)
    assert 1 == SHIPPED.mixes["other mixes"] < SHIPPED.mixes["F16 and Q8_0"] < SHIPPED.mixes["MXFP4"]
    assert all(machine.factor > 0 and machine.models > 0 for machine in SHIPPED.machines.values())


def test_every_held_out_prediction_is_within_its_range() -> None:
    assert len(SHIPPED.held_out) > 400
    assert all(0 < low <= tokens_s <= high for tokens_s, low, high, *_ in SHIPPED.held_out.values())
    assert all(after > 0 for _, _, _, *two in SHIPPED.held_out.values() for after in two)
