"""The compute buffer: as large as the largest stage of the graph."""

import pytest

from fit.buffers import compute_bytes, output_bytes
from fit.kv_cache import CacheType
from tests.fit.architectures import LATENT, WINDOWED, architecture, group, layout

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
