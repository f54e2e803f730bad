"""Exact accounting: caches, buffers, the longest context, what fits where."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit import placement
from fit.architecture import Architecture
from fit.kv_cache import CacheType, cache_bytes, cells, window_cells
from fit.memory import Accounting, Basis
from fit.needs import account
from fit.offer import offer
from fit.units import MIB
from tests.builders import gpu_spec, quant_spec
from tests.fit.architectures import (
    LATENT,
    RECURRENT,
    SHAPES,
    WINDOWED,
    architecture,
    attention,
    group,
    layout,
    mixture,
    model,
)

QUANT = quant_spec(mix="Q4_K_M")


def accounting(of: Architecture, mix: str = "Q4_K_M", **overrides: int) -> Accounting:
    accounted = account(model(of, **overrides), quant_spec(mix=mix))
    assert accounted is not None
    return accounted


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


@pytest.mark.parametrize("shape", SHAPES)
@given(offered=st.integers(10**6, 10**9))
def test_the_longest_context_fits_and_256_tokens_more_do_not(shape: Architecture, offered: int) -> None:
    accounted = accounting(shape)
    longest = accounted.longest_context(offered)
    if longest:
        assert accounted.total(longest) <= offered
    if longest < accounted.context_limit:
        assert accounted.total(min(longest + 256, accounted.context_limit)) > offered


@pytest.mark.parametrize("shape", SHAPES)
@given(contexts=st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
def test_more_context_never_needs_less(shape: Architecture, contexts: tuple[int, int]) -> None:
    accounted = accounting(shape)
    for cache_type in CacheType:
        assert accounted.total(min(contexts), cache_type) <= accounted.total(max(contexts), cache_type)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_better_quantization_never_needs_less(shape: Architecture) -> None:
    sizes = [accounting(shape, mix).weights_bytes for mix in ("Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0")]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("shape", SHAPES)
@given(offered=st.integers(10**6, 10**8), cards=st.integers(1, 4))
def test_more_cards_never_hold_less(shape: Architecture, offered: int, cards: int) -> None:
    accounted = accounting(shape)
    if placement.split(accounted, [offered] * cards, 8192):
        assert placement.split(accounted, [offered] * (cards + 1), 8192)
    if accounted.total(8192) <= offered:
        assert placement.split(accounted, [offered], 8192)


def test_every_layer_is_on_one_card_and_no_card_is_overfull() -> None:
    accounted = accounting(architecture())
    offered = accounted.total(8192) * 3 // 4
    placed = placement.split(accounted, [offered, offered], 8192)
    assert placed is not None
    assert sum(placed.layers) == 8
    assert all(used <= offered for used in placed.bytes_per_card)


def test_unequal_cards_each_take_what_they_hold() -> None:
    accounted = accounting(architecture())
    small, large = accounted.total(8192) // 2, accounted.total(8192)
    placed = placement.split(accounted, [small, large], 8192)
    assert placed is not None
    assert placed.layers[0] < placed.layers[1] or placed.layers[0] > 0


def test_experts_in_ram_make_room_and_are_as_few_as_it_takes() -> None:
    accounted = accounting(mixture())
    offered = accounted.total(8192) - accounted.weights.layers[0].experts - 1
    placed = placement.experts_in_ram(accounted, offered, 8192)
    assert placed is not None
    assert placed.cpu_moe_layers == 2
    assert placement.experts_in_ram(accounting(architecture()), offered // 2, 8192) is None


def test_layers_in_ram_leave_in_vram_as_many_as_fit() -> None:
    accounted = accounting(architecture())
    placed = placement.layers_in_ram(accounted, accounted.total(8192) // 2, 8192)
    assert placed is not None
    assert 0 < placed.gpu_layers < 8
    assert placed.vram_bytes <= accounted.total(8192) // 2
    assert placement.layers_in_ram(accounted, 1000, 8192) is None


def test_the_reference_is_8192_tokens_or_the_native_context() -> None:
    assert accounting(architecture()).reference_context == 8192
    assert accounting(architecture(), native_context=4096).reference_context == 4096
    assert accounting(architecture(), native_context=4096, extended_context=65536).context_limit == 65536


def test_a_published_file_is_preferred_and_said_to_be() -> None:
    computed = accounting(architecture())
    published = account(model(architecture()), QUANT, computed.weights.file_bytes + 1000)
    assert published is not None
    assert (published.basis, computed.basis) == (Basis.PUBLISHED, Basis.TENSORS)
    assert published.weights_bytes == computed.weights_bytes + 1000
    assert accounting(RECURRENT).basis is Basis.APPROXIMATE


def test_without_an_architecture_a_context_or_a_mix_there_is_no_accounting() -> None:
    assert account(model(architecture(), architecture=None), QUANT) is None
    assert account(model(architecture(), native_context=None), QUANT) is None
    assert account(model(architecture()), quant_spec(mix="")) is None


CUDA = {"vendor": "NVIDIA", "reported_mib": 24080, "reported_by": "cuda"}
SMI = {"vendor": "NVIDIA", "reported_mib": 24564, "reported_by": "nvidia-smi"}
RADEON = {"vendor": "AMD", "reported_mib": 24560, "reported_by": "rocm"}
MAC = {"vendor": "Apple", "unified_memory": True, "reported_mib": 18186, "reported_by": "metal"}
SHARED = {"vendor": "NVIDIA", "unified_memory": True, "reported_mib": 124610, "reported_by": "cuda"}


@pytest.mark.parametrize(
    ("figures", "expected_mib", "approximate"),
    [
        ({**CUDA, "drives_display": True}, 24080 - 450 - 600, False),
        (SMI, 24564 - 450 - 450, False),
        ({"vendor": "NVIDIA"}, 24 * 1024 - 450 - 450, True),
        ({**RADEON, "drives_display": True}, 24560 - 350 - 600, False),
        (MAC, 18186 - 100, False),
        (SHARED, 124610 - 6144, False),
    ],
)
def test_a_card_offers_what_is_reported_less_what_others_take(
    figures: dict[str, object], expected_mib: int, approximate: bool
) -> None:
    offered = offer(gpu_spec(**figures))
    assert offered.total_bytes == expected_mib * MIB
    assert offered.approximate is approximate


def test_a_headless_card_offers_what_a_desktop_would_take() -> None:
    headless, desktop = (gpu_spec(**CUDA, drives_display=shows) for shows in (False, True))
    assert offer(headless).total_bytes - offer(desktop).total_bytes == 600 * MIB
    assert (offer(headless).with_desktop, offer(desktop).with_desktop) == (False, True)


def test_macs_without_a_reported_limit_get_that_of_the_next_smaller_size() -> None:
    mac = gpu_spec(vendor="Apple", unified_memory=True, nameplate_gb=Decimal(96))
    assert offer(mac).total_bytes == int((96 * 1024 * 0.81 - 100) * MIB)
