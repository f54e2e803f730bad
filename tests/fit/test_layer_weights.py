"""Layers are measured in few steps, and as if tensor after tensor was."""

import pytest

from fit.architecture import Architecture
from fit.layer_weights import layers_of
from fit.quant_mixes import BASE_TYPES
from fit.tensor_types import stored_bytes
from fit.tensors import draft_layers, layer_tensors, layers
from fit.type_chooser import TypeChooser
from tests.fit.architectures import SHAPES, layout, mixture
from tests.fit.workloads import DRAFTED

EIGHT = [mixture(gguf=layout(q8_head_mix=True)), mixture(gguf=layout(mxfp4_experts=True)), DRAFTED]


@pytest.mark.parametrize("mix", BASE_TYPES)
@pytest.mark.parametrize("of", [*SHAPES, *EIGHT])
def test_a_layer_takes_what_its_tensors_take_one_after_the_other(of: Architecture, mix: str) -> None:
    slow, quick = TypeChooser(of, mix), TypeChooser(of, mix)
    for stack, first in ((layers(of), 0), (draft_layers(of), len(layers(of)))):
        totals = [
            sum(stored_bytes(tensor, slow.type_of(tensor, index)) for tensor in layer_tensors(of, group))
            for index, group in enumerate(stack, start=first)
        ]
        assert [layer.total for layer in layers_of(of, quick, stack, first)] == totals


def test_of_a_mix_some_layers_are_larger_and_those_alike_are_one() -> None:
    of = SHAPES[0]
    measured = list(layers_of(of, TypeChooser(of, "Q4_K_M"), layers(of), 0))
    assert len({layer.total for layer in measured}) == len({id(layer) for layer in measured}) == 2
