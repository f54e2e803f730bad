"""A file is whole, or not there."""

from contextlib import suppress
from pathlib import Path

from catalog.backup.partial import partial_file


def test_it_takes_its_place_when_it_is_written_and_is_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("before")
    with partial_file(target) as partial:
        partial.write_text("after")
        assert target.read_text() == "before"
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("after", 0o600)
    assert list(tmp_path.iterdir()) == [target]


def test_one_that_fails_leaves_the_former_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("before")
    with suppress(OSError), partial_file(target) as partial:
        partial.write_text("half")
        raise OSError("The disk is full.")
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]
