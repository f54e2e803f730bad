"""A folder of files that is written whole, or stays as it was."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_folder(directory: Path, files: Mapping[str, str], *, gone: frozenset[str] = frozenset()) -> None:
    """Write the texts under their names, and take away those that are `gone`; raises OSError.

    First all of them into a new folder beside it, to the disk: a disk that is full has changed nothing. Then that
    folder becomes this one, or, where there are files already, each takes the place of the one of its name.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    partial = directory.with_name(f".{directory.name}.{os.getpid()}.partial")
    partial.mkdir()
    try:
        for name, text in files.items():
            _write(partial / name, text)
        _put_in_place(partial, directory, files, gone)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(partial: Path, directory: Path, files: Mapping[str, str], gone: frozenset[str]) -> None:
    if not directory.exists():
        partial.rename(directory)
        return
    for name in files:
        (partial / name).replace(directory / name)
    for name in gone - set(files):
        (directory / name).unlink(missing_ok=True)
