"""Pages are made flat when they are compiled: what a page extends and includes is put in, and becomes one function.

Otherwise every piece of a page passes through a generator for each template around it, which makes the page of a pair
cost a fifth more: the figures are in `environment`, with how to switch this off.
"""

from collections.abc import Callable

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

Tree = Callable[[str], nodes.Template]


def flat(page: nodes.Template, tree: Tree) -> nodes.Template:
    """`page` without inheritance and includes, if it extends a template; `tree` parses a template by its name.

    Names of templates must be literal, and a block must not ask for the one that it replaces.
    """
    extends = page.find(nodes.Extends)
    if extends is None:
        return page
    blocks = {block.name: block.body for block in page.find_all(nodes.Block)}
    prelude = [node for node in page.body if isinstance(node, nodes.Import | nodes.FromImport | nodes.Macro)]
    body = _Flattening(tree, blocks).inlined(extends.template)
    whole = nodes.Template(_at_once([*prelude, body]), lineno=1)
    assert page.environment
    whole.set_environment(page.environment)
    return whole


def _at_once(body: list[nodes.Node]) -> list[nodes.Node]:
    """The pieces of `body` joined before they are given, to a plain string: Markup would be one copy more."""
    whole = nodes.AssignBlock(nodes.Name("whole", "store"), None, [_with_autoescape(True, body)], lineno=1)
    return [_with_autoescape(False, [whole, nodes.Output([nodes.Name("whole", "load")], lineno=1)])]


def _with_autoescape(value: bool, body: list[nodes.Node]) -> nodes.Node:
    option = nodes.Keyword("autoescape", nodes.Const(value))
    return nodes.ScopedEvalContextModifier([option], body, lineno=1)


class _Flattening(NodeTransformer):
    """Puts templates in the place of includes, and the page's blocks in the place of those of what it extends."""

    def __init__(self, tree: Tree, blocks: dict[str, list[nodes.Node]]) -> None:
        self.tree = tree
        self.blocks = blocks

    def inlined(self, name: nodes.Expr) -> nodes.Scope:
        """The template of this name in a scope of its own."""
        scope = nodes.Scope(self.tree(name.as_const()).body, lineno=1)
        self.generic_visit(scope)
        return scope

    def visit_Include(self, node: nodes.Include) -> nodes.Scope:
        return self.inlined(node.template)

    def visit_Block(self, node: nodes.Block) -> nodes.Scope:
        scope = nodes.Scope(self.blocks.get(node.name, node.body), lineno=node.lineno)
        self.generic_visit(scope)
        return scope
