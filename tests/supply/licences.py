"""`make licences`: writes docs/licences.md, the licence of every package, as the package itself says it."""

import json
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from tests.processes import ROOT
from tests.supply.pins import DEVELOPMENT, RUNTIME, Pin, pinned

PAGE = ROOT / "docs" / "licences.md"
# What packages say that are only for other platforms, read from their files.
ELSEWHERE = {"colorama": "BSD License", "tzdata": "Apache-2.0"}
NOT_STATED = "not stated"
# Licences that ask nothing of code that imports the package. The LGPL asks that the package can be replaced by another
# version of it, which whoever installs it from a requirements file can.
COMPATIBLE = {
    "0BSD",
    "Apache Software License",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MIT License",
    "PSF-2.0",
}
HEAD = """# Licences

The site is under the MIT licence (`LICENSE`), and contains no code of others: it is installed beside these packages.
Each line says what the package itself says. `make licences` writes this page; tests compare it with what is installed,
and hold what the site runs with to licences that ask nothing of code that imports it. Libraries that wheels carry
within them, such as libpq in psycopg-binary, are listed by the packages, not here.
"""
TABLES = {
    "What the site runs with": "Installed by `make run`, from `requirements.txt`.",
    "What working on it needs besides": "Run by `make check`, `make test` and other commands; no part of the site.",
    "What its browser tests need": "From `package-lock.json`.",
}


class Licensed(NamedTuple):
    """A package, its version and the licence that it states."""

    name: str
    version: str
    licence: str


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")


def page() -> str:
    """The page about licences, in Markdown."""
    lists = zip(TABLES.items(), (runtime(), development(), browser_tests()), strict=True)
    return HEAD + "".join(_table(title, about, packages) for (title, about), packages in lists)


def _table(title: str, about: str, packages: list[Licensed]) -> str:
    rows = "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in packages)
    return f"\n## {title}\n\n{about}\n\n| package | version | licence |\n|---|---|---|\n{rows}"


def runtime() -> list[Licensed]:
    return [_licensed(pin) for pin in pinned(RUNTIME)]


def development() -> list[Licensed]:
    """Those of the development that the site does not run with."""
    of_site = {pin.name for pin in pinned(RUNTIME)}
    return [_licensed(pin) for pin in pinned(DEVELOPMENT) if pin.name not in of_site]


def browser_tests(root: Path = ROOT) -> list[Licensed]:
    """Those of npm, as its lock states them."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        Licensed(path.rpartition("node_modules/")[2], package["version"], package.get("license", NOT_STATED))
        for path, package in packages.items()
        if path
    ]


def _licensed(pin: Pin) -> Licensed:
    return Licensed(pin.name, pin.version, _of_installed(pin.name) or ELSEWHERE.get(pin.name, NOT_STATED))


def _of_installed(name: str) -> str:
    """What an installed package states; "" where it is not installed."""
    try:
        return stated(distribution(name))
    except PackageNotFoundError:
        return ""


def stated(package: Distribution) -> str:
    """The licence in a package's metadata: as an expression, else by its classifiers, else in a few words."""
    expression, text = (_field(package, name) for name in ("License-Expression", "License"))
    return expression or ", ".join(_classified(package)) or _words(text)


def _field(package: Distribution, name: str) -> str:
    return next(iter(package.metadata.get_all(name) or ()), "")


def _classified(package: Distribution) -> Iterator[str]:
    for classifier in package.metadata.get_all("Classifier") or []:
        if classifier.startswith("License :: OSI Approved :: "):
            yield classifier.rpartition(" :: ")[2]


def _words(text: str) -> str:
    """A name of a licence; a field that holds its whole text names none."""
    return text if 0 < len(text) <= 40 and "\n" not in text else NOT_STATED


def is_compatible(licence: str) -> bool:
    """Whether a package under this licence lets it be distributed beside code under the MIT licence."""
    parts = licence.replace(", ", " AND ").split(" AND ")
    return all(any(choice in COMPATIBLE for choice in part.split(" OR ")) for part in parts)


if __name__ == "__main__":
    main()
