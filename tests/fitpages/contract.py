"""What templates show of the classes of pages, read from both: which fields they name, and which names there are not.

A template is followed with the types of its names: through loops, `with`, includes, the template that it extends, and
fragments, which know their page's part as `part`.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, nodes

from fitpages import addresses

# A type of a value, or a module; None where nothing is known of it.
Kind = Any
Scope = Mapping[str, Kind]


@dataclass
class Reading:
    """What was read so far: `shown` are fields and properties with their class, `unknown` names that no class has."""

    shown: set[tuple[type, str]] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    _fragments: set[tuple[str, str]] = field(default_factory=set)
    _macros: dict[str, nodes.Macro] = field(default_factory=dict)

    @cached_property
    def _templates(self) -> Environment:
        return Environment(loader=FileSystemLoader(settings.BASE_DIR / "templates"))

    def page(self, page_class: type) -> None:
        """Read the template of this class of pages."""
        self._template(page_class.template, {"page": page_class, "addresses": addresses})  # type: ignore[attr-defined]

    def _template(self, name: str, scope: Scope) -> None:
        assert self._templates.loader
        source, _, _ = self._templates.loader.get_source(self._templates, name)
        self._visit(self._templates.parse(source, name), scope)

    def _visit(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.For():
                self._visit_all(node.body, {**scope, **_bound(node.target, _item(self._kind(node.iter, scope)))})
                self._visit_all(node.else_, scope)
            case nodes.With():
                kinds = [self._kind(value, scope) for value in node.values]
                names = [_bound(target, kind) for target, kind in zip(node.targets, kinds, strict=True)]
                self._visit_all(node.body, {**scope, **{name: kind for bound in names for name, kind in bound.items()}})
            case nodes.Macro(name=name):
                self._macros[name] = node
            case nodes.Include(template=nodes.Const(value=name)) | nodes.Extends(template=nodes.Const(value=name)):
                self._template(name, scope)
            case nodes.Expr():
                self._kind(node, scope)
            case _:
                self._visit_all(node.iter_child_nodes(), scope)

    def _visit_all(self, body: Any, scope: Scope) -> None:
        for node in body:
            self._visit(node, scope)

    def _kind(self, node: nodes.Node, scope: Scope) -> Kind:
        match node:
            case nodes.Name(name=name):
                return scope.get(name)
            case nodes.Getattr(node=owner, attr=name):
                return self._attribute(self._kind(owner, scope), name)
            case nodes.Getitem(node=owner, arg=nodes.Const(value=int(index))):
                return _item(self._kind(owner, scope), index)
            case nodes.Filter(name="fragment", node=part, args=[nodes.Const(value=name)]) if part is not None:
                return self._fragment(name, self._kind(part, scope))
            case nodes.Call(node=nodes.Name(name=name), args=arguments) if name in self._macros:
                macro, kinds = self._macros[name], [self._kind(argument, scope) for argument in arguments]
                names = [argument.name for argument in macro.args]
                return self._visit_all(macro.body, {**scope, **dict(zip(names, kinds, strict=False))})
        self._visit_all(node.iter_child_nodes(), scope)
        return None

    def _fragment(self, name: str, part: Kind) -> None:
        if (name, str(part)) not in self._fragments:
            self._fragments.add((name, str(part)))
            self._template(name, {"part": part, "addresses": addresses})

    def _attribute(self, owner: Kind, name: str) -> Kind:
        """The type of an attribute, which is noted; of several owners it is the union, and one must have it."""
        owners = [option for option in _options(owner) if _has(option, name)]
        if not owners and _options(owner):
            self.unknown.append(f"{getattr(owner, '__name__', owner)}.{name}")
        return _union([self._of_class(option, name) for option in owners])

    def _of_class(self, owner: Kind, name: str) -> Kind:
        if isinstance(owner, ModuleType):
            return None
        getter = _getter(owner, name)
        if (owner, name) not in self.shown:
            self.shown.add((owner, name))
            for read in _read_by(getter) if getter else ():
                self._attribute(owner, read)
        return get_type_hints(getter).get("return") if getter else get_type_hints(owner).get(name)


def _has(owner: Kind, name: str) -> bool:
    return hasattr(owner, name) or (not isinstance(owner, ModuleType) and name in get_type_hints(owner))


def _getter(owner: type, name: str) -> Any:
    """The function behind a property; None for a field."""
    attribute = inspect.getattr_static(owner, name, None)
    return getattr(attribute, "fget", None) or getattr(attribute, "func", None)


def _read_by(getter: Any) -> Iterator[str]:
    """What a property reads of its own object."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(getter)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            yield node.attr


def _options(kind: Kind) -> list[Kind]:
    """The types that a value may have, without None and what is not known."""
    if get_origin(kind) in (Union, UnionType):
        return [option for part in get_args(kind) for option in _options(part)]
    return [] if kind in (None, NoneType) else [kind]


def _union(kinds: list[Kind]) -> Kind:
    named = [kind for kind in kinds if kind is not None]
    return Union[tuple(named)] if named else None  # noqa: UP007  # made from a list


def _item(kind: Kind, index: int = 0) -> Kind:
    """The type of an item of a tuple."""
    arguments = [
        argument for option in _options(kind) if get_origin(option) is tuple for argument in [get_args(option)]
    ]
    return _union([options[min(index, len(options) - 1 - (options[-1] is ...))] for options in arguments])


def _bound(target: nodes.Node, kind: Kind) -> dict[str, Kind]:
    """The names that a loop or `with` binds."""
    if isinstance(target, nodes.Name):
        return {target.name: kind}
    items = target.items if isinstance(target, nodes.Tuple) else []
    return {name: bound for index, item in enumerate(items) for name, bound in _bound(item, _item(kind, index)).items()}


def parts(kind: Kind) -> Iterator[type]:
    """The classes of `fitpages` that a type is made of, and those that their fields are made of."""
    seen: set[type] = set()
    waiting = [kind]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if isinstance(kind, type) and kind.__module__.startswith("fitpages.") and kind not in seen:
            seen.add(kind)
            yield kind
            waiting += [get_type_hints(kind)[name] for name in field_names(kind)]


def field_names(part: type) -> list[str]:
    """The fields of a dataclass or a named tuple."""
    return [entry.name for entry in fields(part)] if is_dataclass(part) else list(getattr(part, "_fields", ()))
