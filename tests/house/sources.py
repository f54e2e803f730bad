"""The modules of the site as syntax trees, for tests about how the code is laid out."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.processes import ROOT

PACKAGES = ("fit", "catalog", "fitpages")


@dataclass(frozen=True)
class Source:
    """One file of Python."""

    path: Path
    folder: Path

    @property
    def name(self) -> str:
        """Its path from the folder above its package: "fit/memory.py"."""
        return str(self.path.relative_to(self.folder))

    @property
    def module(self) -> str:
        """As it is imported: "fit.memory", and "fit" for its __init__."""
        return ".".join(self.path.relative_to(self.folder).with_suffix("").parts).removesuffix(".__init__")

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


def sources(folder: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> Iterator[Source]:
    """Every file of the packages in a folder but migrations, which Django writes."""
    for package in packages:
        for path in sorted((folder / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield Source(path, folder)


def write(folder: Path, files: dict[str, str]) -> Path:
    """A made-up tree: each file with its text, and an __init__ in every package that has none."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for package in path.relative_to(folder).parents[:-1]:
            (folder / package / "__init__.py").touch()
    return folder
