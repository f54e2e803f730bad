"""Which module of the site imports which, read from the syntax trees. An import for types alone counts."""

import ast
from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.house.sources import PACKAGES, Source, sources
from tests.processes import ROOT

Graph = Mapping[str, Set[str]]


def module_graph(folder: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> Graph:
    """Each module with the modules of the same packages that it imports itself."""
    modules = {source.module: source for source in sources(folder, packages)}
    return {name: set(_imported(source, modules.keys())) for name, source in modules.items()}


def circle(graph: Graph) -> list[str]:
    """Modules that import each other in a ring, the first again at the end; none where there is no such ring."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imported(source: Source, modules: Set[str]) -> Iterator[str]:
    for node in ast.walk(source.tree):
        for name in _names(node, source):
            if name in modules:
                yield name
            elif (package := name.rpartition(".")[0]) in modules:
                yield package


def _names(node: ast.AST, source: Source) -> list[str]:
    """What an import names: modules, or names of modules, in full."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = _absolute(node, source)
        return [f"{module}.{alias.name}" for alias in node.names]
    return []


def _absolute(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return node.module or ""
    package = source.path.relative_to(source.folder).parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])
