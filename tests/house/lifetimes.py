"""Where code remembers answers by other means than the three of docs/decisions/three-lifetimes.md.

Read from the syntax trees: `lru_cache`, Django's caches, `functools.cache` on a function that takes arguments, and what
a module or a class keeps in a name that its functions fill.
"""

import ast
from collections.abc import Iterator
from typing import TypeAlias

from tests.house.sources import Source

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Line: TypeAlias = tuple[int, str]

FOREIGN_CACHES = {"lru_cache", "WeakKeyDictionary", "WeakValueDictionary", "django.core.cache"}
EMPTY_CALLS = {"dict", "set", "list", "OrderedDict", "Counter", "deque"}
FILLING = {"add", "append", "setdefault", "update", "extend", "appendleft"}


def other_caches(source: Source) -> list[str]:
    """Each as "module.name: what it is", in the order of lines."""
    lines = {*_foreign(source.tree), *_kept_by_argument(source.tree), *_rebound(source.tree), *_filled(source.tree)}
    return [f"{source.module}.{text}" for _, text in sorted(lines)]


def _foreign(tree: ast.Module) -> Iterator[Line]:
    for node in ast.walk(tree):
        for name in _used(node):
            if name in FOREIGN_CACHES:
                yield getattr(node, "lineno", 0), f"{name}: another kind of cache"


def _used(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(alias.name for alias in node.names)]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _kept_by_argument(tree: ast.Module) -> Iterator[Line]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and any(map(_is_cache, node.decorator_list)) and _takes_arguments(node):
            yield node.lineno, f"{node.name}: functools.cache for each choice of arguments"
        elif isinstance(node, ast.Call) and _is_cache(node.func):
            yield node.lineno, f"{ast.unparse(node)}: functools.cache of a function that may take arguments"


def _is_cache(expression: ast.expr) -> bool:
    return (isinstance(expression, ast.Name) and expression.id == "cache") or (
        isinstance(expression, ast.Attribute) and ast.unparse(expression) == "functools.cache"
    )


def _takes_arguments(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return bool(named or arguments.vararg or arguments.kwarg)


def _rebound(tree: ast.Module) -> Iterator[Line]:
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Global)):
        for name in node.names:
            yield node.lineno, f"{name}: a name of the module that a function binds anew"


def _filled(tree: ast.Module) -> Iterator[Line]:
    """Names of the module or of a class that start empty, and those of the module that a function fills."""
    for body in [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]:
        for name, value in _assigned(body):
            if _is_empty(value):
                yield value.lineno, f"{name}: starts empty, to be filled"
    names = {name for name, _ in _assigned(tree.body)}
    for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
        own = set(_bound(function))
        for line, name in _fillings(function):
            if name in names - own:
                yield line, f"{name}: filled by {function.name}"


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in body:
        if isinstance(statement, ast.Assign):
            yield from ((ast.unparse(target), statement.value) for target in statement.targets)
        elif isinstance(statement, ast.AnnAssign) and statement.value:
            yield ast.unparse(statement.target), statement.value


def _is_empty(value: ast.expr) -> bool:
    if not isinstance(value, ast.Call):
        return ast.unparse(value) in ("{}", "[]")
    maker = ast.unparse(value.func).rpartition(".")[2]
    return maker == "defaultdict" or (maker in EMPTY_CALLS and not value.args and not value.keywords)


def _bound(function: Function) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _fillings(function: Function) -> Iterator[Line]:
    for node in ast.walk(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                yield node.lineno, name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in FILLING:
                yield node.lineno, name
