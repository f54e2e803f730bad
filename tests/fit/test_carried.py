"""What of a cache in RAM is on the card at once."""

from fit.carried import Carried, carried
from fit.kv_cache import CacheType
from tests.fit.architectures import LATENT, RECURRENT, WINDOWED, architecture

# A row of keys, or of values, of two heads of 64.
ROW_F16, ROW_Q8 = 2 * 128, 34 * 4


def test_keys_of_the_next_layer_come_while_a_layer_is_computed_where_it_is_in_ram_too() -> None:
    assert carried(architecture(), CacheType.F16) == (Carried(1, 2 * ROW_F16, 0), Carried(2, 3 * ROW_F16, 0))


def test_a_quantized_layer_is_carried_with_its_copy_at_f16() -> None:
    copy = 2 * ROW_F16
    assert carried(architecture(), CacheType.Q8_0) == (
        Carried(1, 2 * ROW_Q8 + copy, 0),
        Carried(2, 3 * ROW_Q8 + copy, 0),
    )


def test_a_layer_with_a_window_is_carried_with_its_own_cells_only() -> None:
    one_window = architecture(blocks=WINDOWED.blocks, layer_pattern=(0, 0, 1))
    assert set(carried(one_window, CacheType.F16)) == {
        Carried(1, 0, 2 * ROW_F16),
        Carried(2, 0, 3 * ROW_F16),
        Carried(3, ROW_F16, 2 * ROW_F16),
        Carried(3, 2 * ROW_F16, 0),
        Carried(4, 2 * ROW_F16, ROW_F16),
    }


def test_a_latent_is_carried_as_keys_and_as_values() -> None:
    assert carried(LATENT, CacheType.F16) == (Carried(1, 2 * 320, 0), Carried(2, 3 * 320, 0))


def test_nothing_is_carried_for_a_state() -> None:
    states = architecture(blocks=RECURRENT.blocks[:1])
    assert carried(states, CacheType.F16) == (Carried(1, 0, 0),)
