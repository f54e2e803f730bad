"""`python -m tests.house.sizes`: how long functions are in each package, and which files are long.

Lines of a function are counted from its `def` to its end, with its docstring.
"""

import ast
from collections.abc import Iterator
from statistics import median, quantiles

from tests.house.sources import PACKAGES, Source, sources
from tests.processes import ROOT

MOST_LINES = 250
MEASURED = (*PACKAGES, "config", "tests")


def main() -> None:
    print("package      functions  median  90th percentile  longest")
    for package in MEASURED:
        print(_line(package, sorted(_lengths(sources(ROOT, (package,))))))
    for source in long_files(sources(ROOT, MEASURED)):
        print(f"{source.name} has {lines(source)} lines, more than {MOST_LINES}.")


def _line(package: str, lengths: list[int]) -> str:
    p90 = quantiles(lengths, n=10)[-1]
    return f"{package:12} {len(lengths):9,}  {median(lengths):6.0f}  {p90:15.0f}  {lengths[-1]:7}"


def _lengths(files: Iterator[Source]) -> Iterator[int]:
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1


def long_files(files: Iterator[Source]) -> list[Source]:
    """Those that a reader cannot keep in mind."""
    return [source for source in files if lines(source) > MOST_LINES]


def lines(source: Source) -> int:
    return len(source.text.splitlines())


if __name__ == "__main__":
    main()
