"""Rows: what a layer caches for a token."""

import pytest

from fit.cached_rows import CachedRow, cached_rows
from tests.fit.architectures import LATENT, architecture, attention, layout
from tests.fit.test_states import compressed

WINDOWED = attention(window=1024)


def test_attention_keeps_keys_values_and_an_index() -> None:
    assert list(cached_rows(architecture(), attention(index_dim=32))) == [
        CachedRow("keys", 128, 64),
        CachedRow("values", 128, 64),
        CachedRow("index", 32, 32),
    ]
    assert list(cached_rows(architecture(), attention(kv="shared"))) == []


def test_a_window_is_kept_unless_the_file_ignores_it() -> None:
    assert {row.window for row in cached_rows(architecture(), WINDOWED)} == {1024}
    assert {row.window for row in cached_rows(architecture(gguf=layout(ignores_window=True)), WINDOWED)} == {None}


@pytest.mark.parametrize(
    ("expanded", "rows"),
    [
        (False, [CachedRow("latent", 160, 160)]),
        (True, [CachedRow("keys", 8 * 96, 96), CachedRow("values", 8 * 64, 64)]),
    ],
)
def test_a_latent_is_kept_as_one_or_as_keys_and_values_of_every_head(expanded: bool, rows: list[CachedRow]) -> None:
    model = architecture(gguf=layout(latent_expanded=expanded))
    assert list(cached_rows(model, LATENT.blocks[0].mixers[0])) == rows


def test_a_row_says_in_which_cells_it_is_kept() -> None:
    assert [row.kept_in for row in cached_rows(architecture(), compressed(4))] == ["windowed", "ratio 4", "ratio 4"]
    assert {row.kept_in for row in cached_rows(architecture(), attention())} == {"all"}
