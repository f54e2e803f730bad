"""Parts of what lies on a device."""

from fit.parts import NOTHING, Parts


def test_parts_add_up_and_are_added_one_by_one() -> None:
    parts = Parts(1, 20, 300)
    assert parts.total_bytes == 321
    assert parts.plus(Parts(4, 0, 5)) == Parts(5, 20, 305)
    assert parts.plus(NOTHING) == parts
