"""What follows from an architecture is worked out once, whatever the contexts of its models."""

from dataclasses import replace

from fit.architecture_figures import figures_of
from tests.fit.architectures import architecture, model


def test_models_of_one_architecture_share_its_figures() -> None:
    first = model(architecture())
    other = replace(first, native_context=4096, slug="other")
    assert first.memory
    assert other.memory
    assert first.memory is not other.memory
    accountings = first.memory.at("Q4_K_M"), other.memory.at("Q4_K_M")
    assert accountings[0]
    assert accountings[1]
    assert accountings[0].weights is accountings[1].weights
    assert accountings[0].native_context != accountings[1].native_context


def test_the_whole_file_is_that_of_the_weights() -> None:
    figures = figures_of(architecture())
    alone, weights = figures.whole_files["Q4_K_M"], figures.weights["Q4_K_M"]
    assert alone == weights.whole == (weights.file_bytes, weights.vram_bytes, 0, 0)
    assert figures.with_draft_layers is figures.architecture
