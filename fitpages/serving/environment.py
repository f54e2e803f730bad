"""The template environment of the public pages: Jinja2, strict, with four tricks that make pages fast.

The setting PAGES_TRICKS names those in use; without any of them pages are the same bytes, only later. Microseconds to
build and render the page of a pair, the mean of 300 pages that were asked for before, on one machine:

    all four            475
    without escaped     563
    without attributes  492
    without flat        563
    without fragments   646
    without any         893
"""

import re
from collections.abc import Collection, MutableMapping
from enum import StrEnum
from typing import Any

from jinja2 import Environment, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.nodes import Expr, Getattr, Template
from markupsafe import Markup, escape

from fitpages import addresses
from fitpages.serving.flat_templates import flat
from fitpages.serving.rendered_pages import RenderedFragments

# A catalog of 428 models and 445 GPUs has about 30,000, a kilobyte each;
# most of them are lists of pairs that are seldom read.
FRAGMENTS_KEPT = 65_536
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Trick(StrEnum):
    """What can be done faster than Jinja2 does it by itself."""

    # Strings are most of a page, and need not become Markup only to be joined: MarkupSafe's own inner function.
    ESCAPED = "escaped"
    # `page.title` is the attribute itself, and no search for an item of that name.
    ATTRIBUTES = "attributes"
    # What a page extends and includes is put in when it is compiled.
    FLAT = "flat"
    # A part that many pages share is rendered once.
    FRAGMENTS = "fragments"


# Templates that are reloaded when they change: only a page's own file is watched, and nothing is answered from memory.
WHERE_RELOADED = frozenset({Trick.ESCAPED, Trick.ATTRIBUTES})


def escaped(value: object) -> str:
    """The value as HTML, of what is no plain string: the code of a template escapes those where they stand."""
    if type(value) is int:
        return str(value)
    return value if isinstance(value, Markup) else escape(value)


class Unindented(Extension):
    """Makes the indentation of templates one blank before they are compiled: for it pages were a sixth longer.

    One stays, for after a tag on a line of its own the indentation is all that stands between two words.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENTATION.sub(" ", source)


class PagesCode(CodeGenerator):
    """Writes the Python of a template, by the tricks of its environment."""

    environment: "PagesEnvironment"

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:
        if Trick.ESCAPED in self.environment.tricks:
            self.writeline("from markupsafe import _escape_inner")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """`escaped` where Jinja2 would write its own `escape`, which makes Markup of every string.

        Most are strings, for which it is not even called.
        """
        if self._escapes(frame, finalize):
            return self.write("(_escape_inner(value) if type(value := (")
        return super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._escapes(frame, finalize):
            return self.write(")) is str else environment.escaped(value))")
        return super()._output_child_post(node, frame, finalize)

    def _escapes(self, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
        """Whether a value is escaped in our own way."""
        own_way = Trick.ESCAPED in self.environment.tricks and finalize.src is None
        return own_way and not frame.eval_ctx.volatile and bool(frame.eval_ctx.autoescape)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:
        if Trick.ATTRIBUTES not in self.environment.tricks:
            return super().visit_Getattr(node, frame)
        self.visit(node.node, frame)
        return self.write(f".{node.attr}")


class PagesEnvironment(Environment):
    """Jinja2, strict: a name that a page does not have is an error, not an empty space."""

    code_generator_class = PagesCode
    escaped = staticmethod(escaped)

    def __init__(self, *, tricks: Collection[Trick], **options: Any) -> None:
        super().__init__(**options, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self.tricks = WHERE_RELOADED.intersection(tricks) if self.auto_reload else frozenset(tricks)
        self.add_extension(Unindented)
        self.fragments = RenderedFragments(self._fragment, most=FRAGMENTS_KEPT)
        self.globals["addresses"] = addresses
        self.filters["fragment"] = self.fragments.get if Trick.FRAGMENTS in self.tricks else self._fragment

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary, which takes a third of the time of Jinja2's own to copy for each page: nothing is added
        to the environment's after a template was loaded."""
        return {**self.globals, **(d or {})}

    def _fragment(self, part: object, template_name: str) -> Markup:
        """A part of a page; the template knows it as `part`."""
        return Markup(self.get_template(template_name).render(part=part))

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        page = super()._parse(source, name, filename)
        return flat(page, self._tree) if Trick.FLAT in self.tricks else page

    def _tree(self, name: str) -> Template:
        assert self.loader
        source, filename, _ = self.loader.get_source(self, name)
        return super()._parse(source, name, filename)


def environment(*, tricks: Collection[str] = tuple(Trick), **options: Any) -> PagesEnvironment:
    """The environment with these tricks; ValueError for one that there is not. Django names it in its settings."""
    options.pop("undefined", None)
    return PagesEnvironment(tricks=[Trick(name) for name in tricks], **options)
