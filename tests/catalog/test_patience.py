"""How long whoever asks will wait."""

from catalog.patience import patience_s, within


def test_it_is_as_long_as_the_innermost_block_says() -> None:
    assert patience_s(25) == 25
    with within(3):
        with within(1):
            assert patience_s(25) == 1
        assert patience_s(25) == 3
    assert patience_s(25) == 25
