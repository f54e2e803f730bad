"""The template environment of the public pages."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr, Getattr, Template
from markupsafe import Markup, _escape_inner, escape

from fitpages import addresses
from fitpages.serving.flat_templates import flat

FRAGMENTS_KEPT = 16384


def escaped(value: object) -> str:
    """The value as HTML. Strings are most of a page, and need not become Markup only to be joined."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


class PagesCode(CodeGenerator):
    """Writes `escaped` where Jinja2 would write its own `escape`, which does the same at twice the cost of a page."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            return super()._output_child_pre(node, frame, finalize)
        return self.write("environment.escaped(")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:
        """`page.title` is the attribute itself, and no search for an item of that name."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class PagesEnvironment(Environment):
    """Jinja2, strict: a name that a page does not have is an error, not an empty space."""

    code_generator_class = PagesCode
    escaped = staticmethod(escaped)

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        """Pages are compiled flat, unless templates are reloaded: only a page's own file is watched."""
        page = super()._parse(source, name, filename)
        return page if self.auto_reload else flat(page, self._tree)

    def _tree(self, name: str) -> Template:
        assert self.loader
        source, filename, _ = self.loader.get_source(self, name)
        return super()._parse(source, name, filename)


def environment(**options: Any) -> PagesEnvironment:
    """The environment with the filter `fragment`."""
    made = PagesEnvironment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    render = _fragments(made)
    # Templates that are reloaded when they change must not be answered from memory.
    made.globals["addresses"] = addresses
    made.filters["fragment"] = render if made.auto_reload else lru_cache(maxsize=FRAGMENTS_KEPT)(render)
    return made


def _fragments(made: Environment) -> Callable[[Hashable, str], Markup]:
    def fragment(part: Hashable, template_name: str) -> Markup:
        """A part of a page that many pages share, rendered once; the template knows it as `part`."""
        return Markup(made.get_template(template_name).render(part=part))

    return fragment
