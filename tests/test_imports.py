"""Imports point one way: fit <- catalog <- fitpages <- config, and no kind of page leans on another."""

import ast
import re
import sys
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from tests.house.import_graph import Graph, circle, module_graph
from tests.house.sources import write
from tests.processes import ROOT

OWN = {"fit", "catalog", "fitpages", "config", "tests"}
MAY_NOT: dict[str, Set[str]] = {
    "fit": OWN - {"fit"},
    "catalog": {"fitpages", "config", "tests"},
    "fitpages": {"config", "tests"},
}


def imports(package: Path) -> Iterator[tuple[str, str]]:
    """Each import in a package as the file's name with the line, and the top-level package that it reaches."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in _reached(node, package.name):
                yield f"{path.relative_to(package.parent)}:{getattr(node, 'lineno', 0)}", name


def _reached(node: ast.AST, own: str) -> list[str]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [own if node.level else node.module or ""]
    elif isinstance(node, ast.Call) and _called(node.func) in ("import_module", "__import__"):
        modules = [str(argument.value) for argument in node.args[:1] if isinstance(argument, ast.Constant)]
    else:
        modules = []
    return [module.partition(".")[0] for module in modules]


def _called(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def offences(package: Path, forbidden: Set[str]) -> list[str]:
    """Where a package imports what it may not."""
    return [f"{where} imports {name}" for where, name in imports(package) if name in forbidden]


def leanings(graph: Graph) -> list[str]:
    """Where a kind of page imports another kind; what several use is in `common`, which imports no kind."""
    return sorted(
        f"{module} imports {imported}"
        for module, imports in graph.items()
        for imported in imports
        if _kind(module) and _kind(imported) not in ("", "common", _kind(module))
    )


def _kind(module: str) -> str:
    """The name under fitpages/pages that a module is in or is; "" elsewhere."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["fitpages", "pages"] and len(parts) > 2 else ""


def mentions(package: Path, word: str) -> list[str]:
    """Files of a package in which a word stands, in whatever case."""
    return [path.name for path in sorted(package.rglob("*")) if path.is_file() and _stands_in(path, word)]


def _stands_in(path: Path, word: str) -> bool:
    return path.suffix != ".pyc" and bool(re.search(rf"\b{word}", path.read_text(encoding="utf-8"), re.IGNORECASE))


@pytest.mark.parametrize("package", list(MAY_NOT))
def test_a_package_imports_nothing_of_the_packages_above_it(package: str) -> None:
    assert offences(ROOT / package, MAY_NOT[package]) == []


def test_fit_imports_only_the_standard_library_and_itself() -> None:
    reached = {name for _, name in imports(ROOT / "fit")}
    assert "fit" in reached
    assert reached - {"fit"} <= sys.stdlib_module_names


def test_fit_does_not_know_the_framework_even_by_name() -> None:
    assert mentions(ROOT / "fit", "django") == []


@pytest.mark.parametrize(("package", "reaches"), [("catalog", "fit"), ("fitpages", "catalog")])
def test_the_walk_sees_the_imports_that_there_are(package: str, reaches: str) -> None:
    assert reaches in {name for _, name in imports(ROOT / package)}


@pytest.mark.parametrize(
    "line",
    [
        "import django",
        "import os, django.db",
        "from django.db import models",
        "import django as framework",
        "def late():\n    from django import db",
        "if TYPE_CHECKING:\n    import django",
        "import importlib; importlib.import_module('django.db')",
        "__import__('django')",
    ],
)
def test_the_walk_catches_an_offending_file_wherever_it_stands(tmp_path: Path, line: str) -> None:
    package = tmp_path / "fit"
    (package / "deeper").mkdir(parents=True)
    (package / "innocent.py").write_text("import decimal\nfrom . import deeper\nfrom fit.units import GB\n")
    assert offences(package, {"django"}) == []
    assert mentions(package, "django") == []
    (package / "deeper" / "offender.py").write_text(f"{line}\n")
    assert [offence.partition(":")[0] for offence in offences(package, {"django"})] == ["fit/deeper/offender.py"]
    assert mentions(package, "django") == ["offender.py"]


def test_an_import_from_the_own_package_is_not_taken_for_one_from_another(tmp_path: Path) -> None:
    package = tmp_path / "fit"
    package.mkdir()
    (package / "module.py").write_text("from .config import units\nfrom . import catalog\nimport fit.fitpages\n")
    assert {name for _, name in imports(package)} == {"fit"}


def test_no_kind_of_page_imports_another() -> None:
    assert leanings(module_graph()) == []


def test_no_module_imports_itself_by_a_way_round() -> None:
    assert circle(module_graph()) == []


def test_the_graph_has_the_modules_and_the_imports_that_there_are() -> None:
    graph = module_graph()
    assert len(graph) > 130
    assert {"fit.kv_cache", "fit.weights"} <= graph["fit.memory"]
    assert "fitpages.pages.common.page" in graph["fitpages.pages.about"]
    assert "fitpages.pages.about" in graph["fitpages.views.pages"]


@pytest.mark.parametrize(
    "line",
    [
        "from fitpages.pages.pair.speed import curve",
        "from fitpages.pages.pair import speed",
        "import fitpages.pages.pair.speed",
        "from ..pair import speed",
        "from ..pair.speed import curve",
        "def late():\n    from fitpages.pages import about",
        "if TYPE_CHECKING:\n    from fitpages.pages.about import AboutPage",
    ],
)
def test_a_kind_that_leans_on_another_is_caught(tmp_path: Path, line: str) -> None:
    files = {
        "fitpages/pages/pair/speed.py": "from fitpages.pages.common import pager\n",
        "fitpages/pages/about.py": "",
        "fitpages/pages/common/pager.py": "",
        "fitpages/pages/guides/tiers.py": "from fitpages.pages.common.pager import cut\nfrom . import local\n",
        "fitpages/pages/guides/local.py": "",
        "fitpages/views.py": "from fitpages.pages.guides import local\n",
    }
    assert leanings(module_graph(write(tmp_path, files))) == []
    files["fitpages/pages/guides/local.py"] = f"{line}\n"
    (offence,) = leanings(module_graph(write(tmp_path, files)))
    assert offence.startswith("fitpages.pages.guides.local imports fitpages.pages.")


def test_common_may_not_lean_on_a_kind(tmp_path: Path) -> None:
    files = {"fitpages/pages/about.py": "", "fitpages/pages/common/page.py": "from fitpages.pages import about\n"}
    assert leanings(module_graph(write(tmp_path, files))) == ["fitpages.pages.common.page imports fitpages.pages.about"]


@pytest.mark.parametrize("last", ["from fit.a import x", "from fit import a", "if TYPE_CHECKING:\n    import fit.a"])
def test_a_circle_is_caught(tmp_path: Path, last: str) -> None:
    files = {"fit/a.py": "from fit.b import y\n", "fit/b.py": "from fit.deeper import c\n", "fit/deeper/c.py": ""}
    assert circle(module_graph(write(tmp_path, files))) == []
    ring = circle(module_graph(write(tmp_path, {**files, "fit/deeper/c.py": f"{last}\n"})))
    assert set(ring) == {"fit.a", "fit.b", "fit.deeper.c"}
    assert ring[0] == ring[-1]
