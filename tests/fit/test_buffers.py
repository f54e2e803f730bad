"""The compute buffer: as large as the largest stage of the graph."""

import pytest

from fit.architecture import NoFeedForward
from fit.buffers import compute_bytes, graph, output_bytes
from fit.kv_cache import CacheType
from fit.workload import Workload
from tests.fit.architectures import LATENT, RECURRENT, WINDOWED, architecture, attention, group, layout

MASK_8192 = 2 * 512 * 8192
FEED_FORWARD = 4 * 512 * (3 * 1024 + 3 * 512)


def test_it_holds_a_batch_of_the_widest_stage_and_the_mask_of_all_cells() -> None:
    assert compute_bytes(architecture(), 8192) == FEED_FORWARD + MASK_8192


def test_a_short_context_is_a_smaller_batch() -> None:
    assert compute_bytes(architecture(), 256) == FEED_FORWARD // 2 + 2 * 256 * 256


def test_a_window_has_a_mask_of_its_own_unless_the_file_ignores_it() -> None:
    assert compute_bytes(WINDOWED, 8192) - compute_bytes(architecture(), 8192) == 2 * 512 * 1536
    ignoring = architecture(blocks=WINDOWED.blocks, gguf=layout(ignores_window=True))
    assert compute_bytes(ignoring, 8192) == compute_bytes(architecture(), 8192)


@pytest.mark.parametrize("cache_type", [CacheType.Q8_0, CacheType.Q4_0])
def test_of_a_long_quantized_cache_a_layer_is_copied_as_f16(cache_type: CacheType) -> None:
    attention, copied = 4 * 512 * 2 * (512 + 8 * 64), 2 * 2 * 128 * 32768
    assert compute_bytes(architecture(), 32768, cache_type) == attention + 4 * MASK_8192 + copied


def test_latent_attention_is_wider_than_the_feed_forward_part() -> None:
    queries = 8 * (128 + 32 + 128 + 64 + 32 + 64)
    assert compute_bytes(LATENT, 8192, CacheType.Q8_0) == 4 * 512 * (2 * 512 + queries) + MASK_8192 + 2 * 160 * 8192


def test_the_output_of_one_token_is_its_vocabulary_in_floats() -> None:
    assert output_bytes(architecture(blocks=(group(),))) == 4 * 4096


def test_without_flash_attention_the_scores_of_all_heads_are_held_and_a_mask_of_32_bits() -> None:
    plain = graph(architecture(), CacheType.F16).size_bytes(8192, Workload(flash_attention=False))
    assert plain == 4 * 512 * (8 * 8192 + 512 + 3 * 512 + 2 * 128) + 2 * MASK_8192


def test_a_file_without_flash_attention_holds_the_scores_always() -> None:
    scored = graph(architecture(gguf=layout(no_flash_attention=True)), CacheType.F16).size_bytes(8192)
    assert scored == 4 * 512 * (8 * 8192 + 512 + 3 * 512 + 2 * 128) + 2 * MASK_8192


def test_each_slot_has_its_logits_and_its_state() -> None:
    wide = architecture(vocab_size=10**7)
    assert graph(wide, CacheType.F16).size_bytes(8192, Workload(slots=4)) == 4 * (4 * 10**7 + 512 * 512)
    state = 4 * 16 * 512
    layers = group(mixers=RECURRENT.blocks[0].mixers, ffn=NoFeedForward())
    recurrent = graph(architecture(blocks=(layers,)), CacheType.F16)
    assert recurrent.size_bytes(8192, Workload(slots=3)) - recurrent.size_bytes(8192) == 2 * state


def test_slots_with_a_cache_of_their_own_mask_only_their_part() -> None:
    masked = graph(WINDOWED, CacheType.F16)
    assert masked.mask_bytes(8192) == 2 * 512 * (8192 + 1536)
    assert masked.mask_bytes(8192, Workload(slots=4, unified=False)) == 2 * 512 * (2048 + 1536)
    assert masked.mask_bytes(8192, Workload(slots=4)) == 2 * 512 * (8192 + 4 * 1024 + 512)
    assert masked.mask_bytes(8192, Workload(whole_window=True)) == 2 * 512 * 2 * 8192


def test_layers_without_attention_need_no_mask() -> None:
    recurrent = architecture(blocks=(group(mixers=RECURRENT.blocks[0].mixers),))
    assert graph(recurrent, CacheType.F16).mask_bytes(8192) == 0


def test_ram_holds_the_hidden_states_twice_the_mask_and_rows_of_a_table_for_each_layer() -> None:
    assert graph(architecture(), CacheType.F16).host_bytes(8192) == 8 * 512 * 512 + MASK_8192
    tabled = architecture(blocks=(group(layer_input=32),))
    assert graph(tabled, CacheType.F16).host_bytes(8192) == 4 * 512 * (2 * 512 + 32 * 8) + MASK_8192


def test_a_cache_in_ram_is_carried_to_the_card_layer_by_layer() -> None:
    carried = graph(architecture(), CacheType.F16).size_bytes(32768, Workload(cache_in_ram=True))
    assert carried == 32768 * 2 * 3 * 128 + 12 * 512 * 512 + 4 * MASK_8192


def test_of_a_layer_with_a_window_only_its_own_cells_are_copied() -> None:
    windowed = architecture(blocks=(group(mixers=(attention(window=1024, kv_heads=8),)),))
    held, mask = 4 * 512 * 2 * (512 + 512), 2 * 512 * (32768 + 1536)
    assert compute_bytes(windowed, 32768, CacheType.Q8_0) == max(held + mask + 1536 * 2 * 1024, FEED_FORWARD + mask)


def test_a_latent_in_ram_is_carried_as_keys_and_as_values() -> None:
    assert graph(LATENT, CacheType.F16).carried_bytes(32768) == 32768 * 2 * 3 * 160 + 12 * 512 * 512 + 4 * MASK_8192
