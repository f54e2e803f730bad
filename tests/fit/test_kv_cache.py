"""Caches: what each kind of layer keeps for a context."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.architecture import Architecture
from fit.kv_cache import CacheType, CacheTypes, cache_bytes, cache_parts, cache_profile, cells
from fit.mixers import Indexer, LatentAttention
from fit.workload import Workload
from tests.fit.architectures import LATENT, RECURRENT, SHAPES, WINDOWED, architecture, attention, group, layout
from tests.fit.test_states import compressed


@pytest.mark.parametrize(("context", "expected"), [(1, 256), (256, 256), (257, 512), (1000, 1024), (8192, 8192)])
def test_cells_are_rounded_up_to_256(context: int, expected: int) -> None:
    assert cells(context) == expected


@pytest.mark.parametrize(
    ("cache_type", "bytes_of_32"), list(zip(CacheType, [64, 64, 34, 24, 22, 20, 18, 18], strict=True))
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


CELL = 2 * 128 * 2
LATENT_MIXER = LATENT.blocks[0].mixers[0]
COMPRESSED = architecture(blocks=(group(n=3, mixers=(compressed(4),)), group(n=2, mixers=(compressed(128),))))


def served(of: Architecture, context: int, **settings: int | bool) -> int:
    """Bytes of cache under other settings of the server than the usual ones."""
    return cache_profile(of, CacheType.F16).size_bytes(context, Workload(**settings))


def test_slots_that_share_a_cache_share_its_cells_and_each_looks_back_over_its_own_window() -> None:
    assert served(architecture(), 32768, slots=4) == cache_bytes(architecture(), 32768)
    assert served(WINDOWED, 32768, slots=4) == (6 * (4 * 1024 + 512) + 2 * 32768) * CELL


def test_slots_with_a_cache_of_their_own_divide_the_context() -> None:
    assert served(WINDOWED, 32768, slots=4, unified=False) == 4 * (6 * 1536 + 2 * 8192) * CELL
    assert served(architecture(), 1000, slots=4, unified=False) == 8 * 4 * 256 * CELL


@pytest.mark.parametrize("unified", [True, False])
def test_a_state_is_kept_for_each_slot(unified: bool) -> None:
    state = cache_profile(RECURRENT, CacheType.F16).state_bytes
    assert served(RECURRENT, 4096, slots=4, unified=unified) == cache_bytes(RECURRENT, 4096) + 3 * state


def test_a_larger_batch_widens_windows_alone_and_whole_windows_keep_every_cell() -> None:
    assert served(WINDOWED, 32768, micro_batch_tokens=2048) == (6 * 3072 + 2 * 32768) * CELL
    assert served(WINDOWED, 32768, slots=2, whole_window=True) == 8 * 32768 * CELL


def test_without_flash_attention_values_are_as_wide_as_the_widest_layers() -> None:
    uneven = architecture(blocks=(group(n=6), group(n=2, mixers=(attention(v_head_dim=16),))))
    assert served(uneven, 4096, flash_attention=False) - served(uneven, 4096) == 2 * 4096 * 2 * (64 - 16) * 2
    assert served(architecture(), 4096, flash_attention=False) == cache_bytes(architecture(), 4096)


def test_compressed_attention_keeps_a_window_and_a_cell_for_several_tokens_and_can_be_told_apart() -> None:
    parts = {name: part.size_bytes(131072) for name, part in cache_parts(COMPRESSED).items()}
    assert parts == {
        ("keys", "windowed"): 5 * 768 * 512 * 2,
        ("keys", "ratio 4"): 3 * 32768 * 512 * 2,
        ("index", "ratio 4"): 3 * 32768 * 128 * 2,
        ("keys", "ratio 128"): 2 * 1024 * 512 * 2,
    }
    states = cache_profile(COMPRESSED, CacheType.F16).state_bytes
    assert sum(parts.values()) + states == cache_bytes(COMPRESSED, 131072)


def test_a_short_context_still_has_256_compressed_cells() -> None:
    assert cache_parts(COMPRESSED)["keys", "ratio 128"].size_bytes(8192) == 2 * 256 * 512 * 2


def test_a_latent_may_be_cached_as_keys_and_values_of_every_head() -> None:
    expanded = architecture(blocks=LATENT.blocks, gguf=layout(latent_expanded=True))
    assert cache_bytes(expanded, 4096) == 8 * 4096 * 8 * (64 + 32 + 64) * 2


@pytest.mark.parametrize(
    ("index", "elements"),
    [
        (Indexer(heads=4, head_dim=32), 32),
        (Indexer(heads=4, head_dim=32, cached_dim=96), 96),
        (Indexer(heads=4, head_dim=32, shared_layer=True), 0),
    ],
)
def test_an_index_is_cached_beside_the_latent_at_its_own_width(index: Indexer, elements: int) -> None:
    assert isinstance(LATENT_MIXER, LatentAttention)
    indexed = architecture(blocks=(group(mixers=(replace(LATENT_MIXER, indexer=index),)),))
    assert cache_bytes(indexed, 4096) - cache_bytes(LATENT, 4096) == 8 * 4096 * elements * 2


@pytest.mark.parametrize(
    ("kept", "bytes_of_a_cell"),
    [
        (CacheTypes(CacheType.Q8_0, CacheType.Q4_0), 4 * (34 + 18)),
        (CacheTypes(CacheType.F16, CacheType.Q5_1), 4 * (64 + 24)),
        (CacheTypes(CacheType.IQ4_NL, CacheType.BF16), 4 * (18 + 64)),
        (CacheTypes(CacheType.Q4_0, CacheType.Q4_0), 4 * (18 + 18)),
    ],
)
def test_keys_and_values_can_be_of_types_of_their_own(kept: CacheTypes, bytes_of_a_cell: int) -> None:
    assert cache_bytes(architecture(), 4096, kept) == 8 * 4096 * bytes_of_a_cell
    assert cache_bytes(LATENT, 4096, kept) == cache_bytes(LATENT, 4096, kept.keys)


def test_one_type_stands_for_both() -> None:
    for kept in CacheType:
        assert cache_profile(RECURRENT, kept) == cache_profile(RECURRENT, CacheTypes(kept, kept))


def test_types_are_named_widest_first() -> None:
    sizes = [cache_bytes(architecture(), 4096, kept) for kept in CacheType]
    assert sizes == sorted(sizes, reverse=True)


@given(context=st.integers(1, 50_000), slots=st.integers(1, 8), shape=st.sampled_from([*SHAPES, COMPRESSED]))
def test_more_slots_that_share_a_cache_never_keep_less(context: int, slots: int, shape: Architecture) -> None:
    assert served(shape, context, slots=slots) <= served(shape, context, slots=slots + 1)


@given(parts=st.integers(1, 20), slots=st.integers(1, 8), shape=st.sampled_from(SHAPES))
def test_slots_with_whole_parts_of_a_context_never_keep_less_than_one(
    parts: int, slots: int, shape: Architecture
) -> None:
    context = 256 * slots * parts
    assert served(shape, context, slots=slots, unified=False) >= served(shape, context)
