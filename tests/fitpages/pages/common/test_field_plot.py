"""A field of points: where they stand on logarithmic axes, and which names have room."""

import re

import pytest

from fitpages.pages.common.field_plot import BOX, MOST_NAMES, FieldPlot, Point, field_plot


def plot(*points: Point) -> FieldPlot:
    drawn = field_plot(points, "$")
    assert drawn
    return drawn


def places(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h0", path)]


def test_equal_ratios_are_equal_distances_and_more_is_right_and_up() -> None:
    drawn = plot(Point("A", 100, 1), Point("B", 1000, 10), Point("C", 10000, 100))
    (ax, ay), (bx, by), (cx, cy) = places(drawn.filled + drawn.named)
    assert bx - ax == pytest.approx(cx - bx, abs=1)
    assert ay - by == pytest.approx(by - cy, abs=1)
    assert 0 < ax < bx < cx < BOX
    assert 0 < cy < by < ay < BOX


def test_hollow_points_and_named_ones_are_apart() -> None:
    drawn = plot(Point("A", 100, 1), Point("B", 10000, 100, is_hollow=True))
    assert len(places(drawn.named)) == len(places(drawn.named_hollow)) == 1
    assert drawn.filled == drawn.hollow == ""


def test_ticks_stand_between_the_ends_with_their_unit() -> None:
    drawn = plot(Point("A", 90, 2), Point("B", 4000, 50))
    assert [tick.text for tick in drawn.x_ticks] == ["$100", "$300", "$1,000", "$3,000"]
    assert [tick.text for tick in drawn.y_ticks] == ["3", "10", "30"]
    assert all(0 < float(tick.at) < 100 for tick in (*drawn.x_ticks, *drawn.y_ticks))


def test_of_two_names_at_one_place_the_first_is_written() -> None:
    crowd = [Point(f"A name {number}", 1000 + number, 10) for number in range(30)]
    drawn = plot(Point("Far", 100, 1), *crowd)
    assert [name.text for name in drawn.names][:1] == ["Far"]
    assert len(drawn.names) < 4


def test_no_more_names_than_can_be_read_and_a_few_of_them_on_a_phone() -> None:
    drawn = plot(*(Point(f"P{number}", 2**number, 2**number) for number in range(30)))
    assert len(drawn.names) == MOST_NAMES
    assert 0 < sum(name.is_few for name in drawn.names) < MOST_NAMES


def test_a_name_at_the_right_edge_stands_to_the_left() -> None:
    drawn = plot(Point("At the left", 100, 1), Point("At the right edge", 100000, 100))
    assert {name.text: name.is_left for name in drawn.names} == {"At the left": False, "At the right edge": True}


def test_one_point_is_no_field() -> None:
    assert field_plot([Point("A", 1, 1)]) is None
    assert field_plot([]) is None
