"""Every name that a module binds: assignments, parameters, loops, attributes, imports and what they are called."""

import ast
from collections.abc import Iterator


def bindings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each name with its line."""
    for node in ast.walk(tree):
        if name := _bound_name(node):
            yield getattr(node, "lineno", 0), name


def _bound_name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.arg(arg=name) | ast.alias(asname=name) | ast.ExceptHandler(name=name):
            return name
        case ast.MatchAs(name=name) | ast.MatchStar(name=name) | ast.MatchMapping(rest=name):
            return name
    return None
