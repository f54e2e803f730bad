"""What a token reads of a cache and passes of layers, counted by hand."""

import pytest

from fit.architecture import Architecture
from fit.mixers import ShortConvolution
from fit.reading import reading
from tests.fit.architectures import LATENT, RECURRENT, WINDOWED, architecture, attention, group, mixture

CELL = 2 * 128 * 2


@pytest.mark.parametrize(
    ("of", "bytes_at_4096"),
    [
        (architecture(), 8 * 4096 * CELL),
        (WINDOWED, (2 * 4096 + 6 * 1536) * CELL),
        (LATENT, 0),
        (RECURRENT, 2 * 4096 * CELL + 8 * 4 * (3 * (512 + 32) + 16 * 512)),
    ],
    ids=["grouped queries", "a window", "a latent", "a state"],
)
def test_keys_values_and_states_are_read_at_f16(of: Architecture, bytes_at_4096: int) -> None:
    assert reading(of).caches.size_bytes(4096) == bytes_at_4096


def test_a_latent_is_told_apart() -> None:
    latents = reading(LATENT).latents
    assert latents
    assert latents.size_bytes(4096) == 8 * 4096 * (128 + 32) * 2
    assert reading(architecture()).latents is None


def test_a_layer_that_shares_a_cache_reads_it_all_the_same() -> None:
    sharing = architecture(blocks=(group(n=4), group(n=4, mixers=(attention(kv="shared"),))))
    assert reading(sharing).caches == reading(architecture()).caches
    elsewhere = architecture(blocks=(group(n=4), group(n=4, mixers=(attention(kv="cross"),))))
    assert 2 * reading(elsewhere).caches.size_bytes(4096) == reading(sharing).caches.size_bytes(4096)


def test_layers_are_counted_by_kind() -> None:
    convolution = architecture(blocks=(group(mixers=(ShortConvolution(d_conv=4),)), group(n=2)))
    both = architecture(blocks=(group(mixers=(*RECURRENT.blocks[0].mixers, attention())),))
    counts = {
        name: (read.layers, read.expert_layers, read.linear_layers)
        for name, read in (
            ("dense", reading(architecture())),
            ("mixture", reading(mixture())),
            ("recurrent", reading(RECURRENT)),
            ("convolution", reading(convolution)),
            ("both", reading(both)),
        )
    }
    assert counts == {
        "dense": (8, 0, 0),
        "mixture": (8, 8, 0),
        "recurrent": (10, 0, 8),
        "convolution": (10, 0, 0),
        "both": (8, 0, 8),
    }
