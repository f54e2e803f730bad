"""Prose with links in it has a space where a sentence has one."""

from fitpages.pages.pair.pieces import Piece, spaced


def test_pieces_have_a_space_between_them_but_before_a_stop() -> None:
    pieces = spaced([Piece("It is"), Piece("an H80", "/run/x/"), Piece("."), Piece("So")])
    assert "".join(piece.text for piece in pieces) == "It is an H80. So"
    assert [piece.address for piece in pieces if piece.address] == ["/run/x/"]


def test_a_comma_and_a_semicolon_are_stops_too_and_nothing_begins_with_a_space() -> None:
    assert "".join(piece.text for piece in spaced(map(Piece, ("One", ", two", "; three", "four")))) == (
        "One, two; three four"
    )
    assert spaced([]) == ()
