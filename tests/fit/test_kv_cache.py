"""Caches: what each kind of layer keeps for a context."""

import pytest

from fit.kv_cache import CacheType, cache_bytes, cells, window_cells
from tests.fit.architectures import LATENT, RECURRENT, WINDOWED, architecture, attention, group, layout


@pytest.mark.parametrize(("context", "expected"), [(1, 256), (256, 256), (257, 512), (1000, 1024), (8192, 8192)])
def test_cells_are_rounded_up_to_256(context: int, expected: int) -> None:
    assert cells(context) == expected


def test_a_window_keeps_itself_and_one_batch_and_never_more_than_the_context() -> None:
    assert window_cells(32768, 1024) == 1536
    assert window_cells(512, 1024) == 512


@pytest.mark.parametrize(
    ("cache_type", "bytes_of_32"), [(CacheType.F16, 64), (CacheType.Q8_0, 34), (CacheType.Q4_0, 18)]
)
def test_an_ordinary_layer_keeps_keys_and_values_of_every_cell(cache_type: CacheType, bytes_of_32: int) -> None:
    assert cache_bytes(architecture(), 4096, cache_type) == 8 * 4096 * 2 * (128 // 32) * bytes_of_32


def test_latent_attention_keeps_one_latent_and_no_values() -> None:
    assert cache_bytes(LATENT, 4096) == 8 * 4096 * (128 + 32) * 2


def test_windowed_layers_stop_growing_unless_the_file_ignores_the_window() -> None:
    per_cell = 2 * 128 * 2
    assert cache_bytes(WINDOWED, 32768) == (6 * 1536 + 2 * 32768) * per_cell
    ignoring = architecture(blocks=WINDOWED.blocks, gguf=layout(ignores_window=True))
    assert cache_bytes(ignoring, 32768) == cache_bytes(WINDOWED, 32768, whole_window=True) == 8 * 32768 * per_cell


def test_a_recurrent_layer_keeps_the_same_state_whatever_the_context() -> None:
    state = 8 * 4 * (3 * (512 + 2 * 16) + 16 * 512)
    growth = cache_bytes(RECURRENT, 8192) - cache_bytes(RECURRENT, 4096)
    assert growth == 2 * 4096 * 2 * 128 * 2
    assert cache_bytes(RECURRENT, 4096) - growth == state


def test_layers_that_share_an_earlier_cache_have_none() -> None:
    sharing = architecture(blocks=(group(n=4), group(n=4, mixers=(attention(kv="shared"),))))
    assert cache_bytes(sharing, 4096) == cache_bytes(architecture(), 4096) // 2


def test_an_unknown_cache_type_is_refused() -> None:
    with pytest.raises(ValueError, match="'q3_0' is not a valid CacheType"):
        CacheType("q3_0")
