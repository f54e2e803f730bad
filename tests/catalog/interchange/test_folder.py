"""A folder of files is written whole, or stays as it was."""

from pathlib import Path

import pytest

from catalog.interchange import folder
from catalog.interchange.folder import write_folder


def contents(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in directory.iterdir()}


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "a" / "b", {"one": "1\n", "two": "“2”"})
    assert contents(tmp_path / "a" / "b") == {"one": "1\n", "two": "“2”"}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


def test_what_else_is_in_a_folder_stays_but_for_what_is_gone(tmp_path: Path) -> None:
    target = tmp_path / "data"
    write_folder(target, {"one": "1", "old": "0", "README": "mine"})
    write_folder(target, {"one": "2"}, gone=frozenset({"old", "never"}))
    assert contents(target) == {"one": "2", "README": "mine"}


def test_a_disk_that_is_full_at_the_last_file_has_changed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, writes = tmp_path / "data", folder._write
    write_folder(target, {"one": "1", "two": "2"})

    def full(path: Path, text: str) -> None:
        if path.name == "two":
            raise OSError("No space left on device")
        writes(path, text)

    monkeypatch.setattr(folder, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(target, {"one": "3", "two": "4"})
    assert contents(target) == {"one": "1", "two": "2"}
    assert list(tmp_path.iterdir()) == [target]
