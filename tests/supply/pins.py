"""The versions that requirements files name: what the project asks for, and what is pinned."""

import re
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.processes import ROOT

RUNTIME, DEVELOPMENT = "requirements", "requirements-dev"


class Pin(NamedTuple):
    """A version that is installed where its marker holds; `hashes` are of the files that it may come as."""

    name: str
    version: str
    is_for_here: bool
    hashes: tuple[str, ...]


def asked(name: str, root: Path = ROOT) -> list[Requirement]:
    """What NAME.in asks for itself, without what it includes."""
    return [Requirement(line) for line in _lines(root / f"{name}.in") if not line.startswith("-")]


def pinned(name: str, root: Path = ROOT) -> list[Pin]:
    """What NAME.txt installs, in its order."""
    return [_pin(line) for line in _lines(root / f"{name}.txt")]


def _pin(line: str) -> Pin:
    text, *hashes = re.split(r"\s+--hash=", line)
    requirement = Requirement(text)
    version = re.fullmatch(r"==([\w.]+)", str(requirement.specifier))
    is_for_here = requirement.marker is None or requirement.marker.evaluate()
    return Pin(canonicalize_name(requirement.name), version[1] if version else "", is_for_here, tuple(hashes))


def _lines(path: Path) -> list[str]:
    """The lines that say something, put together where they go on."""
    whole = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in whole.splitlines())
    return [line for line in lines if line]
