"""Jinja2's private names that the tricks of the template environment stand on are there, and take what they took."""

import inspect
from collections.abc import Callable

import jinja2
import markupsafe
import pytest
from jinja2.compiler import CodeGenerator

PARAMETERS = {
    "_output_child_pre": (CodeGenerator, ["self", "node", "frame", "finalize"], "escaped"),
    "_output_child_post": (CodeGenerator, ["self", "node", "frame", "finalize"], "escaped"),
    "visit_Template": (CodeGenerator, ["self", "node", "frame"], "escaped"),
    "visit_Getattr": (CodeGenerator, ["self", "node", "frame"], "attributes"),
    "_parse": (jinja2.Environment, ["self", "source", "name", "filename"], "flat"),
}


def sentence(name: str, trick: str) -> str:
    """What the next person needs to know."""
    return (
        f"{name} is private and changed with Jinja2 {jinja2.__version__} or MarkupSafe: adapt the trick “{trick}” in "
        "fitpages/serving/environment.py, or take it out of PAGES_TRICKS and delete it. Pages are the same without."
    )


@pytest.mark.parametrize("name", PARAMETERS)
def test_methods_that_are_overridden_take_what_they_took(name: str) -> None:
    owner, parameters, trick = PARAMETERS[name]
    method: Callable[..., object] | None = getattr(owner, name, None)
    assert method is not None, sentence(name, trick)
    undecorated = inspect.unwrap(method)
    assert list(inspect.signature(undecorated).parameters) == parameters, sentence(name, trick)


def test_the_escape_of_a_plain_string_gives_a_plain_string() -> None:
    escape: Callable[[str], str] | None = getattr(markupsafe, "_escape_inner", None)
    assert escape is not None, sentence("_escape_inner", "escaped")
    escaped = escape("<b>&\"'")
    assert (type(escaped), escaped) == (str, "&lt;b&gt;&amp;&#34;&#39;"), sentence("_escape_inner", "escaped")


def test_the_compiler_says_whether_a_value_is_finalized_in_the_source() -> None:
    info = getattr(CodeGenerator, "_FinalizeInfo", None)
    assert info is not None, sentence("_FinalizeInfo", "escaped")
    assert "src" in info._fields, sentence("_FinalizeInfo", "escaped")
