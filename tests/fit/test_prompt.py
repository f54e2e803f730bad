"""The work of a prompt by hand: matrices, experts, attention, hidden states."""

import pytest

from fit.prompt import micro_batches, prompt_work, stack_work
from tests.fit.architectures import LATENT, RECURRENT, WINDOWED, architecture, mixture

# Of a layer 512 wide: queries and outputs of eight heads of 64, keys and values of two; gate, up and down of 1024.
ATTENTION_WEIGHTS = 2 * 512 * 512 + 2 * 512 * 128
LAYER_WEIGHTS = ATTENTION_WEIGHTS + 3 * 512 * 1024
# Scores and values of eight heads of 64.
OF_LAYER = 4 * 8 * 64


def test_every_token_is_multiplied_by_the_matrices_of_the_layers_and_not_by_the_head() -> None:
    stack = stack_work(architecture())
    assert (stack.dense, stack.experts, stack.layers, stack.linear_layers) == (8 * LAYER_WEIGHTS, 0, 8, 0)
    assert prompt_work(stack, 1000).dense_tflop == pytest.approx(2 * 8 * LAYER_WEIGHTS * 1000 / 1e12)


def test_of_a_mixture_a_token_is_multiplied_by_its_own_experts() -> None:
    stack = stack_work(mixture())
    assert stack.experts == pytest.approx(8 * 2 * 3 * 512 * 256)
    assert stack.dense == 8 * ATTENTION_WEIGHTS
    assert prompt_work(stack, 100).expert_tflop == pytest.approx(2 * 8 * 2 * 3 * 512 * 256 * 100 / 1e12)


def test_attention_goes_back_to_what_came_before_and_to_the_window() -> None:
    def attention(of: object, prompt: int, depth: int = 0) -> float:
        return prompt_work(stack_work(of), prompt, depth=depth).attention_tflop  # type: ignore[arg-type]

    whole = 8192 * 4096
    windowed = 1024 * 512 + 1024 * (8192 - 1024)
    assert attention(architecture(), 8192) == pytest.approx(8 * OF_LAYER * whole / 1e12)
    assert attention(WINDOWED, 8192) == pytest.approx(OF_LAYER * (6 * windowed + 2 * whole) / 1e12)
    assert attention(WINDOWED, 1024) == pytest.approx(attention(architecture(), 1024))
    assert attention(architecture(), 100, depth=1000) == pytest.approx(8 * OF_LAYER * 100 * 1050 / 1e12)
    assert attention(WINDOWED, 100, depth=2000) == pytest.approx(OF_LAYER * (6 * 100 * 1024 + 2 * 100 * 2050) / 1e12)
    assert attention(LATENT, 8192) == pytest.approx(8 * 2 * 8 * (64 + 32 + 64) * whole / 1e12)


@pytest.mark.parametrize(("prompt", "batches"), [(512, 1), (513, 2), (2048, 4), (1, 1)])
def test_layers_run_once_a_micro_batch(prompt: int, batches: int) -> None:
    work = prompt_work(stack_work(RECURRENT), prompt)
    assert (work.layer_batches, work.linear_batches) == (10 * batches, 8 * batches)
    assert prompt_work(stack_work(RECURRENT), prompt, micro_batch=4096).layer_batches == 10


def test_a_hidden_state_has_four_bytes_for_each_element_token_and_layer() -> None:
    assert prompt_work(stack_work(architecture()), 1000).hidden_gb == pytest.approx(4 * 512 * 8 * 1000 / 1e9)


def test_micro_batches_are_full_but_for_the_last() -> None:
    assert micro_batches(1300, 512) == ((2, 512), (1, 276))
    assert micro_batches(1024, 512) == ((2, 512),)
    assert micro_batches(5, 512) == ((1, 5),)
