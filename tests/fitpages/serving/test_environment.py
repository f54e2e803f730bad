"""The template environment: everything is escaped, a missing name is an error, a fragment is rendered once."""

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from fitpages.serving.environment import PagesEnvironment, environment
from fitpages.site import Link

HOSTILE = """<b title="it's">&"""
TEMPLATES = {
    "plain": "{{ page.text }}",
    "chosen": "{% if page.text %}{{ page.text ~ page.text }}{% endif %}",
    "item": "{% for link in page %}{{ link.text }}{% endfor %}",
    "whole": '{{ page|fragment("part") }}',
    "part": "<i>{{ part.text }}</i>",
    "number": "{{ page }}",
}


def environment_with(**options: bool) -> PagesEnvironment:
    return environment(loader=DictLoader(dict(TEMPLATES)), autoescape=True, auto_reload=False, **options)


@pytest.mark.parametrize(("name", "times"), [("plain", 1), ("chosen", 2)])
def test_strings_are_escaped(name: str, times: int) -> None:
    text = environment_with().get_template(name).render(page=Link(HOSTILE, "/"))
    assert text == "&lt;b title=&#34;it&#39;s&#34;&gt;&amp;" * times


def test_markup_and_its_kin_are_not_escaped_again() -> None:
    template = environment_with().get_template("number")
    assert template.render(page=Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert template.render(page=12) == "12"
    assert template.render(page=type("Kin", (str,), {})("<b>")) == "&lt;b&gt;"


def test_what_a_page_does_not_have_is_an_error() -> None:
    with pytest.raises(AttributeError):
        environment_with().get_template("plain").render(page=object())
    with pytest.raises(UndefinedError):
        environment_with().get_template("plain").render()


def test_a_fragment_is_escaped_inside_and_not_outside() -> None:
    assert environment_with().get_template("whole").render(page=Link(HOSTILE, "/")) == (
        "<i>&lt;b title=&#34;it&#39;s&#34;&gt;&amp;</i>"
    )


def test_a_fragment_is_rendered_once_for_equal_parts() -> None:
    pages = environment_with()
    template = pages.get_template("whole")
    assert template.render(page=Link("a", "/")) == "<i>a</i>"
    pages.loader.mapping["part"] = "changed {{ part.text }}"  # type: ignore[union-attr]  # a DictLoader
    pages.cache.clear()  # type: ignore[union-attr]  # there is one
    assert template.render(page=Link("a", "/")) == "<i>a</i>"
    assert template.render(page=Link("b", "/")) == "changed b"


def test_reloaded_templates_are_never_answered_from_memory() -> None:
    pages = environment(loader=DictLoader(dict(TEMPLATES)), autoescape=True, auto_reload=True)
    template = pages.get_template("whole")
    assert template.render(page=Link("a", "/")) == "<i>a</i>"
    pages.loader.mapping["part"] = "changed {{ part.text }}"  # type: ignore[union-attr]  # a DictLoader
    assert template.render(page=Link("a", "/")) == "changed a"


def test_what_an_expression_makes_is_escaped_as_a_whole() -> None:
    sums = {"sum": "{{ page.text + '<' }}{{ page.text if not page else '>' }}{{ page.text == '&' }}"}
    pages = environment(loader=DictLoader(sums), autoescape=True)
    assert pages.get_template("sum").render(page=Link("&", "/")) == "&amp;&lt;&gt;True"


def test_names_of_the_environment_are_names_of_each_template() -> None:
    pages = environment_with()
    pages.loader.mapping["global"] = "{{ addresses.HOME }}{{ more }}"  # type: ignore[union-attr]  # a DictLoader
    assert pages.get_template("global", globals={"more": 1}).render() == "/1"
