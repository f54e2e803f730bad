"""Buffers for what is copied to a card while it computes."""

from dataclasses import replace

from fit.architecture import Experts
from fit.buffers import graph
from fit.copies import Copies
from fit.kv_cache import CacheType
from tests.fit.architectures import architecture, group, mixture

MASK = 2 * 512 * 8192
HIDDEN = 4 * 512 * 512


def copies(of: object = None) -> Copies:
    model = of or architecture()
    return Copies(model, graph(model, CacheType.F16), 8192)


def test_a_pipeline_keeps_the_inputs_of_the_graph_four_times() -> None:
    plain = copies().graph.size_bytes(8192)
    assert copies().of_cards(3, pipeline=False) == [plain] * 3
    first, *others = copies().of_cards(3, pipeline=True)
    assert first == plain + 3 * MASK + 16 * 512 * 512
    assert others == [plain + 3 * MASK + 32 * 512 * 512] * 2
    assert copies().of_ram(pipeline=False) == 2 * HIDDEN + MASK
    assert copies().of_ram(pipeline=True) == 2 * HIDDEN + MASK + 3 * (MASK + HIDDEN)


def test_a_matrix_from_ram_is_on_the_card_with_two_results_of_a_gated_part() -> None:
    assert copies().for_layers(8, 10**8) == 10**8 + 4 * 512 * (2 * 1024 + 5 * 512) + MASK
    small = 1000
    assert copies().for_layers(8, small) == max(
        copies().graph.carried_bytes(8192), small + copies().graph.size_bytes(8192)
    )


def test_the_cache_of_one_layer_in_ram_comes_without_keys_of_another() -> None:
    held = replace(copies(), context=32768)
    cells, besides = 32768 * 2 * 128, 3 * HIDDEN + 4 * MASK
    assert [held.for_layers(count, 0) - besides for count in (1, 2, 8)] == [2 * cells, 3 * cells, 3 * cells]


def test_beside_a_matrix_of_a_mixture_the_whole_buffer_is_held() -> None:
    assert copies(mixture()).for_layers(8, 10**8) == 10**8 + copies(mixture()).graph.size_bytes(8192)


def test_experts_from_ram_take_their_matrix_and_what_they_compute() -> None:
    width = 2 * (2 * 256 + 512) + 512
    assert copies(mixture()).for_experts(10**6) == 10**6 + 4 * 512 * width + MASK
    experts = Experts(experts=16, active=2, size=256, shared=256)
    shared = copies(architecture(blocks=(group(ffn=experts),)))
    assert shared.for_experts(10**6) == 10**6 + 4 * 512 * (width + 512) + MASK
    plain = Experts(experts=16, active=2, size=256, plain=True, latent=128)
    assert copies(architecture(blocks=(group(ffn=plain),))).for_experts(0) == 4 * 512 * (2 * (256 + 128) + 2048) + MASK
